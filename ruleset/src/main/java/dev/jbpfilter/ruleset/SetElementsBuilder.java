package dev.jbpfilter.ruleset;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Collects the elements of a set and drops duplicates. */
public final class SetElementsBuilder {
  private static final int INITIAL_ELEMENTS = 16;
  private static final PayloadReader PAYLOADS = new PayloadReader(InterfaceResolver.none());

  private final SetKey key;
  private final int stride;
  private int size;

  /** Where the next component of the element begun goes. */
  private int position;

  /** The elements as written, duplicates among them, and room for more. */
  private byte[] bytes;

  SetElementsBuilder(SetKey key) {
    this.key = key;
    this.stride = key.size();
    this.bytes = new byte[INITIAL_ELEMENTS * stride];
  }

  /** Reads elements as they are written. */
  static ElementReader reader(SetKey key) {
    return new ElementReader(key, PAYLOADS);
  }

  /**
   * Adds an element, unless an equal one is there.
   *
   * @throws IllegalArgumentException if the payloads do not fit the key
   */
  public SetElementsBuilder add(List<? extends Payload> element) {
    List<MatcherType> components = key.components();
    if (element.size() != components.size()) {
      throw new IllegalArgumentException(
          element + " has " + element.size() + " components, the key is " + key);
    }
    begin();
    for (int i = 0; i < components.size(); i++) {
      MatcherType type = components.get(i);
      if (!type.payloadKind().accepts(element.get(i))) {
        throw new IllegalArgumentException(type.keyword() + " does not accept " + element.get(i));
      }
      put(type.payloadKind(), element.get(i));
    }
    end();
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
    Supplier<Diagnostic> error = reader(key).read(element, 0, element.length(), 0, this);
    if (error != null) {
      throw Check.refusal(error.get());
    }
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
      begin();
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
        put(kind, numbers[at], second, third);
        at = end;
      }
      end();
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
    size = Duplicates.remove(key, bytes, size);
    return new SetElements(key, Arrays.copyOf(bytes, size * stride));
  }

  /** Makes room for an element, to be {@link #put} component by component; one begun is lost. */
  void begin() {
    if ((size + 1) * (long) stride > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.toIntExact(2L * bytes.length));
    }
    position = size * stride;
  }

  /** The next component, of a value within the bounds of {@code kind}. */
  void put(PayloadKind kind, Payload payload) {
    PayloadBytes.encode(kind, payload, bytes, position);
    position += kind.size();
  }

  /** The next component, of the numbers that {@link PayloadBytes#numbers} counts. */
  void put(PayloadKind kind, long first, long second, long third) {
    PayloadBytes.encode(kind, first, second, third, bytes, position);
    position += kind.size();
  }

  /** Keeps the element begun. */
  void end() {
    size++;
  }
}
