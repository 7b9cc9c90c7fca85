package dev.jbpfilter.cgen.analysis.lint;

import java.util.Arrays;

/** Makes spans, which are ascending and apart, of numbers in any order. */
final class SpanCollector {
  private long[] lows;
  private long[] highs;
  private int size;
  private boolean single = true;

  /**
   * @param expected how many there will be at least
   */
  SpanCollector(int expected) {
    lows = new long[Math.max(expected, 1)];
    highs = new long[lows.length];
  }

  /** Adds the numbers from low to high, both included and unsigned. */
  void add(long low, long high) {
    if (size == lows.length) {
      lows = Arrays.copyOf(lows, 2 * size);
      highs = Arrays.copyOf(highs, 2 * size);
    }
    // Signed order of these is unsigned order of those.
    lows[size] = low ^ Long.MIN_VALUE;
    highs[size++] = high ^ Long.MIN_VALUE;
    single &= low == high;
  }

  /** Adds where an interval begins. */
  void bound(long number) {
    add(number, number);
  }

  /**
   * Where intervals begin, with 0, in the order of signed numbers: each with its top bit changed.
   */
  long[] toBounds() {
    add(0, 0);
    Arrays.sort(lows, 0, size);
    int end = 0;
    for (int i = 0; i < size; i++) {
      if (i == 0 || lows[i] != lows[i - 1]) {
        lows[end++] = lows[i];
      }
    }
    return Arrays.copyOf(lows, end);
  }

  /** All that was added. */
  long[] toSpans() {
    if (single) {
      Arrays.sort(lows, 0, size);
      highs = lows;
    } else {
      sortPairs();
    }
    long[] spans = new long[2 * size];
    int end = 0;
    for (int i = 0; i < size; i++) {
      long high = highs[i] ^ Long.MIN_VALUE;
      boolean touches =
          end > 0 && (spans[end - 1] == -1L || (spans[end - 1] + 1 ^ Long.MIN_VALUE) >= lows[i]);
      if (!touches) {
        spans[end++] = lows[i] ^ Long.MIN_VALUE;
        spans[end++] = high;
      } else if (Long.compareUnsigned(high, spans[end - 1]) > 0) {
        spans[end - 1] = high;
      }
    }
    return Arrays.copyOf(spans, end);
  }

  private void sortPairs() {
    long[][] pairs = new long[size][];
    Arrays.setAll(pairs, i -> new long[] {lows[i], highs[i]});
    Arrays.sort(pairs, (one, other) -> Long.compare(one[0], other[0]));
    for (int i = 0; i < size; i++) {
      lows[i] = pairs[i][0];
      highs[i] = pairs[i][1];
    }
  }
}
