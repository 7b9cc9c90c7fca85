package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.MapEntries;
import dev.jbpfilter.ruleset.SetElements;
import java.util.Arrays;
import java.util.List;

/**
 * The elements of several sets, each once, with the sets that hold it: an open hash table over
 * packed keys, so that a million elements make no million objects.
 */
final class Membership {
  private final int keyBytes;
  private final int valueBytes;
  private byte[] keys;
  private byte[] values;

  /** Number of the element in a slot and one; 0 if the slot is free. */
  private final int[] slots;

  private int count;

  Membership(int keyBytes, int valueBytes, List<SetElements> sets) {
    this.keyBytes = keyBytes;
    this.valueBytes = valueBytes;
    int most = 0;
    for (SetElements set : sets) {
      most += set.size();
    }
    keys = new byte[most * keyBytes];
    values = new byte[most * valueBytes];
    slots = new int[Integer.highestOneBit(Math.max(most, 1)) * 4];
    for (int member = 0; member < sets.size(); member++) {
      add(sets.get(member), member);
    }
  }

  /** All elements, in the order in which they first came. */
  MapEntries entries() {
    return MapEntries.of(
        count, Arrays.copyOf(keys, count * keyBytes), Arrays.copyOf(values, count * valueBytes));
  }

  private void add(SetElements set, int member) {
    byte[] elements = set.toByteArray();
    for (int at = 0; at < elements.length; at += keyBytes) {
      int entry = entry(elements, at);
      values[entry * valueBytes + member / Byte.SIZE] |= (byte) (1 << member % Byte.SIZE);
    }
  }

  /** The number of an element, which is added if it is new. */
  private int entry(byte[] elements, int at) {
    int slot = hash(elements, at) & slots.length - 1;
    while (slots[slot] != 0) {
      int start = (slots[slot] - 1) * keyBytes;
      if (Arrays.equals(keys, start, start + keyBytes, elements, at, at + keyBytes)) {
        return slots[slot] - 1;
      }
      slot = slot + 1 & slots.length - 1;
    }
    System.arraycopy(elements, at, keys, count * keyBytes, keyBytes);
    slots[slot] = ++count;
    return count - 1;
  }

  private int hash(byte[] elements, int at) {
    long hash = 0;
    for (int i = at; i < at + keyBytes; i++) {
      hash = (hash + (elements[i] & 0xff)) * 0x9e37_79b9_7f4a_7c15L;
      hash ^= hash >>> 29;
    }
    return (int) (hash >>> 16);
  }
}
