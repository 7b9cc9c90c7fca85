package dev.jbpfilter.cgen.lookup;

import java.util.Arrays;

/**
 * Cuts one dimension at all bounds of its spans. Boxes are painted in order on what is still bare,
 * so that each cut is painted once, by the first box that holds it.
 */
final class IntervalSweep {
  private final Boxes boxes;
  private final int dimension;
  private final Column column;

  /** The lowest values of all cuts, ascending. */
  private final long[] starts;

  /** For each cut, itself if it is bare, else one that is nearer to the next bare one. */
  private final int[] bare;

  IntervalSweep(Boxes boxes, int dimension) {
    this.boxes = boxes;
    this.dimension = dimension;
    this.column = boxes.column(dimension);
    this.starts = cuts(column);
    this.bare = new int[starts.length + 1];
  }

  Intervals firstOutcomes() {
    Arrays.setAll(bare, i -> i);
    int[] results = new int[starts.length];
    Arrays.fill(results, boxes.none());
    for (int box = 0; box < boxes.size(); box++) {
      if (!column.constrains(box)) {
        paint(0, starts.length, results, boxes.outcome(box));
      }
      for (int span = column.firstSpan(box); span < column.endOfSpans(box); span++) {
        long high = column.high(span);
        int end = high == column.max() ? starts.length : cut(starts, high + 1);
        paint(cut(starts, column.low(span)), end, results, boxes.outcome(box));
      }
    }
    return new Intervals(dimension, column.bits(), starts, results);
  }

  private void paint(int from, int to, int[] results, int outcome) {
    for (int cut = nextBare(from); cut < to; cut = nextBare(cut + 1)) {
      results[cut] = outcome;
      bare[cut] = cut + 1;
    }
  }

  private int nextBare(int from) {
    int cut = from;
    while (bare[cut] != cut) {
      bare[cut] = bare[bare[cut]];
      cut = bare[cut];
    }
    return cut;
  }

  /** The number of the cut that starts at a value. */
  static int cut(long[] starts, long start) {
    int low = 0;
    int high = starts.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(starts[middle], start) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** All values at which spans of a column begin or the values behind them do, and 0; ascending. */
  static long[] cuts(Column column) {
    long[] cuts = new long[2 * column.spans() + 1];
    int count = 1;
    for (int span = 0; span < column.spans(); span++) {
      cuts[count++] = column.low(span);
      if (column.high(span) != column.max()) {
        cuts[count++] = column.high(span) + 1;
      }
    }
    sortUnsigned(cuts, count);
    int kept = 1;
    for (int i = 1; i < count; i++) {
      if (cuts[i] != cuts[kept - 1]) {
        cuts[kept++] = cuts[i];
      }
    }
    return Arrays.copyOf(cuts, kept);
  }

  /** Java sorts signed numbers: those with the highest bit flipped have the order of unsigned. */
  private static void sortUnsigned(long[] numbers, int count) {
    flip(numbers, count);
    Arrays.sort(numbers, 0, count);
    flip(numbers, count);
  }

  private static void flip(long[] numbers, int count) {
    for (int i = 0; i < count; i++) {
      numbers[i] ^= Long.MIN_VALUE;
    }
  }
}
