package dev.jbpfilter.ruleset;

import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;

/**
 * Removes the elements of a set that match the same packets as one before them.
 *
 * <p>Elements are sorted by a hash, and those of equal hash compared. Sorting goes through memory
 * in order; a hash table of a million elements would wait for memory at each of them. So that
 * nobody can prepare elements of equal hash, the hash is chosen at random when the program starts,
 * from a family in which two different elements have equal hashes with a probability of 2^-32
 * (multiply-shift on vectors, Dietzfelbinger 1996).
 */
final class Duplicates {
  private static final int DIGIT_BITS = 11;
  private static final int DIGITS = 3;

  /** What the hash multiplies the 32-bit words of an element with, and what it adds. */
  private static final long[] COEFFICIENTS = coefficients();

  private final byte[] bytes;
  private final int size;
  private final int stride;
  private final boolean networks;

  private Duplicates(SetKey key, byte[] bytes, int size) {
    this.bytes = bytes;
    this.size = size;
    this.stride = key.size();
    this.networks = key.isNetwork();
  }

  private static long[] coefficients() {
    SplittableRandom random = new SplittableRandom();
    long[] coefficients = new long[SetKey.MAX_SIZE / Integer.BYTES + 1];
    for (int i = 0; i < coefficients.length; i++) {
      coefficients[i] = random.nextLong();
    }
    return coefficients;
  }

  /**
   * Moves the elements that stay to the front of {@code bytes}, in order.
   *
   * @param size the number of elements in {@code bytes}
   * @return the number of elements that stay
   */
  static int remove(SetKey key, byte[] bytes, int size) {
    Duplicates elements = new Duplicates(key, bytes, size);
    return elements.removeAll(elements.find(elements.sorted()));
  }

  /** A hash of the elements in {@code bytes}, in whatever order and spelling they are. */
  static int hash(SetKey key, byte[] bytes) {
    int stride = key.size();
    Duplicates elements = new Duplicates(key, bytes, bytes.length / stride);
    int hash = 0;
    for (int start = 0; start < bytes.length; start += stride) {
      hash += (int) elements.hash(start);
    }
    return hash;
  }

  /** For each element, its hash and below that its position; ascending. */
  private long[] sorted() {
    long[] entries = new long[size];
    for (int i = 0; i < size; i++) {
      entries[i] = hash(i * stride) << Integer.SIZE | i;
    }
    if (size < 1 << DIGIT_BITS) {
      Arrays.sort(entries);
      return entries;
    }
    long[] from = entries;
    long[] to = new long[size];
    for (int digit = 0; digit < DIGITS; digit++) {
      sort(from, to, Integer.SIZE + digit * DIGIT_BITS);
      long[] free = from;
      from = to;
      to = free;
    }
    return from;
  }

  /** Copies entries in the order of the digit at {@code shift}, otherwise as they were. */
  private static void sort(long[] from, long[] to, int shift) {
    int mask = (1 << DIGIT_BITS) - 1;
    int[] next = new int[mask + 2];
    for (long entry : from) {
      next[(int) (entry >>> shift & mask) + 1]++;
    }
    for (int i = 1; i <= mask; i++) {
      next[i] += next[i - 1];
    }
    for (long entry : from) {
      to[next[(int) (entry >>> shift & mask)]++] = entry;
    }
  }

  /** The positions of elements that are like one before. */
  private BitSet find(long[] sorted) {
    BitSet found = new BitSet();
    int group = 0;
    for (int i = 1; i < size; i++) {
      if (sorted[i] >>> Integer.SIZE != sorted[group] >>> Integer.SIZE) {
        group = i;
      }
      for (int j = group; j < i; j++) {
        if (same((int) sorted[j] * stride, (int) sorted[i] * stride)) {
          found.set((int) sorted[i]);
          break;
        }
      }
    }
    return found;
  }

  private int removeAll(BitSet duplicates) {
    int kept = duplicates.isEmpty() ? size : duplicates.nextSetBit(0);
    for (int i = kept; i < size; i++) {
      if (!duplicates.get(i)) {
        System.arraycopy(bytes, i * stride, bytes, kept * stride, stride);
        kept++;
      }
    }
    return kept;
  }

  /** 32 bits. */
  private long hash(int start) {
    int words = stride / Integer.BYTES;
    long hash = COEFFICIENTS[COEFFICIENTS.length - 1];
    for (int i = 0; i < words; i++) {
      hash += COEFFICIENTS[i] * Integer.toUnsignedLong(word(start, i));
    }
    int rest = 0;
    for (int i = words * Integer.BYTES; i < stride; i++) {
      rest = rest << Byte.SIZE | Byte.toUnsignedInt(bytes[start + i]);
    }
    return (hash + COEFFICIENTS[words] * rest) >>> Integer.SIZE;
  }

  private boolean same(int start, int other) {
    if (!networks) {
      return Arrays.equals(bytes, start, start + stride, bytes, other, other + stride);
    }
    for (int i = 0; i < stride / Integer.BYTES; i++) {
      if (word(start, i) != word(other, i)) {
        return false;
      }
    }
    return true;
  }

  /** Four bytes of the element at {@code start}, without the bits behind a prefix. */
  private int word(int start, int index) {
    int word = PayloadBytes.getInt(bytes, start + index * Integer.BYTES);
    if (!networks || index == 0) {
      return word;
    }
    int bits = PayloadBytes.prefixLength(bytes, start) - (index - 1) * Integer.SIZE;
    if (bits <= 0) {
      return 0;
    }
    return bits >= Integer.SIZE ? word : word & -1 << (Integer.SIZE - bits);
  }
}
