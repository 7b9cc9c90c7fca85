package dev.jbpfilter.cgen.lookup;

import java.util.Arrays;

/**
 * What boxes say about one dimension: for each box spans of values, ascending and apart, of which
 * one must hold the value; a box without spans holds all values. Values are unsigned.
 */
public final class Column {
  private final int bits;
  private final int[] first;
  private final long[] low;
  private final long[] high;

  /** As {@link BoxesBuilder} makes it; the arrays are taken over. */
  Column(int bits, int[] first, long[] low, long[] high) {
    this.bits = bits;
    this.first = first;
    this.low = low;
    this.high = high;
  }

  /** How many bits values have at most. */
  public int bits() {
    return bits;
  }

  /** The largest value, unsigned. */
  public long max() {
    return max(bits);
  }

  static long max(int bits) {
    return -1L >>> (Long.SIZE - bits);
  }

  /** The number of the first span of a box; those of the box end where the next box's begin. */
  public int firstSpan(int box) {
    return first[box];
  }

  /** One after the number of the last span of a box. */
  public int endOfSpans(int box) {
    return first[box + 1];
  }

  /** The number of spans of all boxes. */
  public int spans() {
    return low.length;
  }

  /** The lowest value of a span. */
  public long low(int span) {
    return low[span];
  }

  /** The highest value of a span. */
  public long high(int span) {
    return high[span];
  }

  /** Whether a box does not hold all values. */
  public boolean constrains(int box) {
    return first[box] != first[box + 1];
  }

  /**
   * How many leading bits are the same in all values of a box and decide alone whether it holds a
   * value: all bits for one value, 0 if it holds all; -1 if it is no such prefix.
   */
  public int prefix(int box) {
    int spans = first[box + 1] - first[box];
    if (spans == 0) {
      return 0;
    }
    long differ = low[first[box]] ^ high[first[box]];
    boolean aligned = (differ & (differ + 1)) == 0 && (low[first[box]] & differ) == 0;
    return spans == 1 && aligned ? bits - Long.bitCount(differ) : -1;
  }

  /** Whether a box holds a value. */
  public boolean contains(int box, long value) {
    if (!constrains(box)) {
      return true;
    }
    for (int span = first[box]; span < first[box + 1]; span++) {
      if (Long.compareUnsigned(low[span], value) <= 0
          && Long.compareUnsigned(value, high[span]) <= 0) {
        return true;
      }
    }
    return false;
  }

  /** Same spans of the same boxes. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Column that
        && bits == that.bits
        && Arrays.equals(first, that.first)
        && Arrays.equals(low, that.low)
        && Arrays.equals(high, that.high);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(low) + Arrays.hashCode(high);
  }
}
