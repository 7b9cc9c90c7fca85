package dev.jbpfilter.cgen.lookup;

import java.util.Arrays;

/**
 * A function of one dimension's values that is constant on intervals: bounds, ascending, of which
 * the first is 0, and what holds from each of them on. Neighbours differ. Immutable.
 */
public final class Intervals {
  private final int dimension;
  private final int bits;
  private final long[] starts;
  private final int[] results;

  /** Takes the arrays over, and makes neighbours that are alike one. */
  Intervals(int dimension, int bits, long[] starts, int[] results) {
    this.dimension = dimension;
    this.bits = bits;
    int kept = 0;
    for (int i = 0; i < starts.length; i++) {
      if (kept == 0 || results[kept - 1] != results[i]) {
        starts[kept] = starts[i];
        results[kept++] = results[i];
      }
    }
    this.starts = Arrays.copyOf(starts, kept);
    this.results = Arrays.copyOf(results, kept);
  }

  /** The outcome of the first box, for each value of the only dimension that is constrained. */
  static Intervals of(Boxes boxes, int dimension) {
    return new IntervalSweep(boxes, dimension).firstOutcomes();
  }

  /** Which dimension the values are of. */
  public int dimension() {
    return dimension;
  }

  /** How many bits the values have. */
  public int bits() {
    return bits;
  }

  /** The number of intervals. */
  public int size() {
    return starts.length;
  }

  /** The lowest value of an interval. */
  public long start(int interval) {
    return starts[interval];
  }

  /** The highest value of an interval. */
  public long end(int interval) {
    return interval + 1 < starts.length ? starts[interval + 1] - 1 : Column.max(bits);
  }

  /** What holds on an interval. */
  public int result(int interval) {
    return results[interval];
  }

  /** The number of the interval that holds a value. */
  public int find(long value) {
    int low = 0;
    int high = starts.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (Long.compareUnsigned(starts[middle], value) <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
