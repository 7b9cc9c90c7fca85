package dev.jbpfilter.cgen.lookup;

import java.util.Arrays;

/** Finds keys of some words among those before it, without an object for each. */
final class KeyIndex {
  private final int words;

  /** Number of the key in a slot and one; 0 if the slot is free. */
  private final int[] slots;

  /**
   * @param words of a key
   * @param most how many keys there may be
   */
  KeyIndex(int words, int most) {
    this.words = words;
    this.slots = new int[Integer.highestOneBit(Math.max(most, 1)) * 4];
  }

  /**
   * The number of a key that was added; {@code next} if there is no such key, which is then added
   * as that.
   *
   * @param key holds the key's words from {@code at} on
   * @param added holds the words of the keys that were added, and that of {@code next} on return
   */
  int find(long[] key, int at, long[] added, int next) {
    int slot = hash(key, at) & (slots.length - 1);
    while (slots[slot] != 0) {
      int start = (slots[slot] - 1) * words;
      if (Arrays.equals(added, start, start + words, key, at, at + words)) {
        return slots[slot] - 1;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    System.arraycopy(key, at, added, next * words, words);
    slots[slot] = next + 1;
    return next;
  }

  private int hash(long[] key, int at) {
    long hash = 0;
    for (int i = at; i < at + words; i++) {
      hash = (hash + key[i]) * 0x9e37_79b9_7f4a_7c15L;
      hash ^= hash >>> 32;
    }
    return (int) (hash >>> 16);
  }
}
