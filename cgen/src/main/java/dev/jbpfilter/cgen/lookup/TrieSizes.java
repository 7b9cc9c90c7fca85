package dev.jbpfilter.cgen.lookup;

/**
 * How large the levels of a trie over intervals are, whatever its strides: for each number of low
 * bits, how many blocks of values that differ in these only contain a bound, so that a node is
 * needed to tell them apart; and how many intervals begin in such a block.
 */
final class TrieSizes {
  private final int[] nodes;
  private final int[] intervals;

  TrieSizes(Intervals over) {
    nodes = new int[Long.SIZE + 2];
    intervals = new int[Long.SIZE + 2];
    intervals[first(Long.SIZE, over, 0)]++;
    for (int i = 1; i < over.size(); i++) {
      int aligned = Long.numberOfTrailingZeros(over.start(i));
      int before = Long.numberOfTrailingZeros(over.start(i - 1));
      // The bound before this one is in the same block, and no block's start, in the others.
      int apart = Math.max(before, length(over.start(i) ^ over.start(i - 1)) - 1);
      nodes[aligned + 1]++;
      nodes[Math.max(apart, aligned) + 1]--;
      intervals[first(aligned, over, i)]++;
    }
    for (int bits = 1; bits < nodes.length; bits++) {
      nodes[bits] += nodes[bits - 1];
      intervals[bits] += intervals[bits - 1];
    }
  }

  /** The fewest bits such that an interval begins in a block that contains a bound. */
  private static int first(int aligned, Intervals over, int i) {
    int own = aligned + 1;
    return i + 1 < over.size() ? Math.min(own, length(over.start(i) ^ over.start(i + 1))) : own;
  }

  private static int length(long number) {
    return Long.SIZE - Long.numberOfLeadingZeros(number);
  }

  /** The number of blocks of so many low bits that contain a bound that is not their start. */
  int nodes(int bits) {
    return nodes[bits];
  }

  /** The number of intervals that begin in such blocks. */
  int intervals(int bits) {
    return intervals[bits];
  }
}
