package dev.jbpfilter.cgen.lookup;

import java.util.Arrays;

/**
 * Different sets of boxes, numbered in the order in which they appear: a bit for each box, 64 in a
 * word, the first box in the lowest bit of the first word.
 */
final class BoxSets {
  /** What {@link #number} says when there is no room. */
  static final int FULL = -1;

  /** What {@link #firstOfBoth} says of sets that have no box in common. */
  static final int NO_BOX = -1;

  /** 32 MiB. */
  private static final int MOST_WORDS = 1 << 22;

  private final int words;
  private long[] bits;
  private long[] hashes = new long[16];
  private int count;

  /** Numbers of sets, plus 1, at or behind the place that their hash says; 0 where none is. */
  private int[] places = new int[64];

  /**
   * @param boxes how many there are
   */
  BoxSets(int boxes) {
    words = words(boxes);
    bits = new long[16 * words];
  }

  /** How many words a set of boxes has. */
  static int words(int boxes) {
    return (boxes + Long.SIZE - 1) / Long.SIZE;
  }

  /** The number of words of each set. */
  int words() {
    return words;
  }

  /** The number of sets. */
  int count() {
    return count;
  }

  /** Some 64 bits of a set. */
  long word(int set, int word) {
    return bits[set * words + word];
  }

  /**
   * The number of a set, which becomes one of these if it is not yet.
   *
   * @param hash the same for the same sets
   * @return {@link #FULL} if the sets would need too much memory
   */
  int number(long[] set, long hash) {
    int mask = places.length - 1;
    int place = (int) (hash >>> 32) & mask;
    while (places[place] != 0) {
      int number = places[place] - 1;
      int start = number * words;
      if (hashes[number] == hash && Arrays.equals(bits, start, start + words, set, 0, words)) {
        return number;
      }
      place = (place + 1) & mask;
    }
    if ((count + 1L) * words > MOST_WORDS) {
      return FULL;
    }
    if (count == hashes.length) {
      grow();
      return number(set, hash);
    }
    System.arraycopy(set, 0, bits, count * words, words);
    hashes[count] = hash;
    places[place] = ++count;
    return count - 1;
  }

  private void grow() {
    hashes = Arrays.copyOf(hashes, 2 * count);
    bits = Arrays.copyOf(bits, (int) Math.min(2L * count * words, MOST_WORDS));
    places = new int[4 * hashes.length];
    int mask = places.length - 1;
    for (int number = 0; number < count; number++) {
      int place = (int) (hashes[number] >>> 32) & mask;
      while (places[place] != 0) {
        place = (place + 1) & mask;
      }
      places[place] = number + 1;
    }
  }

  /** The boxes that are in a set and in another; gives their hash. */
  long intersect(int set, BoxSets others, int other, long[] into) {
    int left = set * words;
    int right = other * words;
    long hash = 0;
    for (int word = 0; word < words; word++) {
      long both = bits[left + word] & others.bits[right + word];
      into[word] = both;
      hash = hash * 0x9e3779b97f4a7c15L + both;
    }
    return mix(hash);
  }

  /** The first box that is in a set and in another, or {@link #NO_BOX}. */
  int firstOfBoth(int set, BoxSets others, int other) {
    int left = set * words;
    int right = other * words;
    for (int word = 0; word < words; word++) {
      long both = bits[left + word] & others.bits[right + word];
      if (both != 0) {
        return word * Long.SIZE + Long.numberOfTrailingZeros(both);
      }
    }
    return NO_BOX;
  }

  /** Spreads a number over 64 bits: the finalizer of SplitMix64. */
  static long mix(long number) {
    long mixed = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
