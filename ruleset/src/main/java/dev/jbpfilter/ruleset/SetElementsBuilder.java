package dev.jbpfilter.ruleset;

import java.util.Arrays;
import java.util.List;

/** Collects the elements of a set and drops duplicates. */
public final class SetElementsBuilder {
  private static final int INITIAL_ELEMENTS = 16;
  private static final PayloadReader PAYLOADS = new PayloadReader(InterfaceResolver.none());

  private final SetKey key;
  private final int stride;
  private final boolean networks;
  private int size;

  /** The elements as written. */
  private byte[] bytes;

  /** The elements with the bits behind prefixes cleared; the same array unless networks. */
  private byte[] masked;

  /** Open addressing: positions of elements plus one, by hash of the masked bytes. */
  private int[] table;

  SetElementsBuilder(SetKey key) {
    this.key = key;
    this.stride = key.size();
    this.networks = key.isNetwork();
    this.bytes = new byte[INITIAL_ELEMENTS * stride];
    this.masked = networks ? bytes.clone() : bytes;
    this.table = new int[2 * INITIAL_ELEMENTS];
  }

  /**
   * Adds an element unless it is there.
   *
   * @throws IllegalArgumentException if the payloads do not fit the key
   */
  public SetElementsBuilder add(List<? extends Payload> element) {
    List<MatcherType> components = key.components();
    if (element.size() != components.size()) {
      throw new IllegalArgumentException(
          element + " has " + element.size() + " components, the key is " + key);
    }
    reserve();
    int offset = size * stride;
    for (int i = 0; i < components.size(); i++) {
      PayloadKind kind = components.get(i).payloadKind();
      Payload payload = element.get(i);
      if (!kind.accepts(payload)) {
        throw new IllegalArgumentException(
            components.get(i).keyword() + " does not accept " + payload);
      }
      PayloadBytes.encode(kind, payload, bytes, offset, false);
      if (networks) {
        PayloadBytes.encode(kind, payload, masked, offset, true);
      }
      offset += kind.size();
    }
    if (insert(size)) {
      size++;
    }
    return this;
  }

  public SetElementsBuilder add(Payload... element) {
    return add(List.of(element));
  }

  /**
   * Adds an element as it is written in a set's body.
   *
   * @param element components joined by {@code ,}
   * @throws IllegalArgumentException that says what the parser says, if it is refused
   */
  public SetElementsBuilder add(String element) {
    new ElementReader(key, PAYLOADS)
        .read(element, 0, element.length(), 0, this)
        .ifPresent(error -> {
          throw Check.refusal(error.get());
        });
    return this;
  }

  /**
   * Adds elements made of numbers alone, without an object for any of them.
   *
   * @param numbers what the {@link Payload}s of the components are made of, in order, for one
   *     element after another: one number for a port, protocol, type or code and for an IPv4
   *     address (an int will do), two for an IPv6 address (high and low half) and for an IPv4
   *     network (address and prefix length), three for an IPv6 network
   * @throws IllegalArgumentException if a number is out of bounds, with what the parser says, or
   *     the last element is not complete; the elements before are added
   */
  public SetElementsBuilder addNumbers(long... numbers) {
    int at = 0;
    while (at < numbers.length) {
      reserve();
      int offset = size * stride;
      for (MatcherType type : key.components()) {
        PayloadKind kind = type.payloadKind();
        int end = at + PayloadBytes.numbers(kind);
        if (end > numbers.length) {
          throw new IllegalArgumentException(
              numbers.length + " numbers are not a whole number of elements of " + key);
        }
        long second = at + 1 < end ? numbers[at + 1] : 0;
        long third = at + 2 < end ? numbers[at + 2] : 0;
        checkNumbers(type, numbers[at], end == at + 3 ? third : second);
        PayloadBytes.encode(kind, numbers[at], second, third, bytes, offset, false);
        if (networks) {
          PayloadBytes.encode(kind, numbers[at], second, third, masked, offset, true);
        }
        offset += kind.size();
        at = end;
      }
      if (insert(size)) {
        size++;
      }
    }
    return this;
  }

  private static void checkNumbers(MatcherType type, long first, long last) {
    PayloadKind kind = type.payloadKind();
    switch (kind) {
      case IPV4_ADDRESS -> Check.range("IPv4 address", first, Integer.MIN_VALUE, 0xffff_ffffL);
      case IPV4_NETWORK -> {
        Check.range("IPv4 address", first, Integer.MIN_VALUE, 0xffff_ffffL);
        Check.range("prefix length", last, 0, 32);
      }
      case IPV6_ADDRESS -> {}
      case IPV6_NETWORK -> Check.range("prefix length", last, 0, 128);
      case PORT, PROTOCOL, ICMP_TYPE, ICMPV6_TYPE, ICMP_CODE -> {
        if (!kind.isInBounds(first)) {
          BadValue value = new BadValue(type, Operator.IN, false, Long.toString(first));
          throw Check.refusal(PAYLOADS.refusal(value, Span.NONE));
        }
      }
      case INTERFACE, ETHERTYPE, PERCENTAGE, MARK, FLOW_HASH, DSCP, TCP_FLAGS ->
          throw new IllegalArgumentException(type.keyword() + " can't be in a set");
    }
  }

  public SetElements build() {
    return new SetElements(key, Arrays.copyOf(bytes, size * stride));
  }

  private void reserve() {
    if ((size + 1) * (long) stride > bytes.length) {
      int length = Math.toIntExact(Math.max(2L * bytes.length, (size + 1L) * stride));
      bytes = Arrays.copyOf(bytes, length);
      masked = networks ? Arrays.copyOf(masked, length) : bytes;
    }
    if (2 * (size + 1) > table.length) {
      table = new int[2 * table.length];
      for (int i = 0; i < size; i++) {
        insert(i);
      }
    }
  }

  /** Enters the element at {@code position} into the table; false if an equal one is there. */
  private boolean insert(int position) {
    int start = position * stride;
    int hash = 0;
    for (int i = start; i < start + stride; i++) {
      hash = 31 * hash + masked[i];
    }
    // Keys are often consecutive numbers: spread them over the table.
    hash *= 0x9e3779b9;
    int mask = table.length - 1;
    int slot = (hash ^ (hash >>> 15)) & mask;
    while (table[slot] != 0) {
      int other = (table[slot] - 1) * stride;
      if (Arrays.equals(masked, start, start + stride, masked, other, other + stride)) {
        return false;
      }
      slot = (slot + 1) & mask;
    }
    table[slot] = position + 1;
    return true;
  }
}
