package dev.jbpfilter.ruleset;

import java.util.Arrays;
import java.util.List;

/** Collects the elements of a set and drops duplicates. */
public final class SetElementsBuilder {
  private static final int INITIAL_ELEMENTS = 16;

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
