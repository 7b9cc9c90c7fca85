package dev.jbpfilter.cgen.lookup;

import java.util.Arrays;

/**
 * Builds the nodes of a trie from its last level up; nodes with the same entries become one. An
 * entry is a result, from which {@code base} is subtracted, or, with the highest bit set, where in
 * the table of nodes that of the next level begins, in bytes.
 */
final class TrieTables {
  /** Says that an entry is a node's place. */
  static final int CHILD = 0x8000_0000;

  private static final int HASH_FACTOR = 0x9e37_79b1;

  private final Intervals intervals;
  private final int base;
  private final int[] shifts;
  private final int nodeEntries;
  private final int[] root;

  /** Entries of the node that is being built at each level. */
  private final int[][] drafts;

  private final int[] slots;
  private int[] pool;
  private int nodes;

  /** The interval up to which values have been dealt with. */
  private int interval;

  /**
   * @param strides bits of each level; all but the first alike
   * @param nodes how many nodes there are at most, without the root
   */
  TrieTables(Intervals intervals, int base, int[] strides, int nodes) {
    this.intervals = intervals;
    this.base = base;
    this.shifts = shifts(intervals.bits(), strides);
    this.root = new int[1 << strides[0]];
    this.nodeEntries = strides.length == 1 ? 0 : 1 << strides[1];
    this.drafts = new int[strides.length][];
    drafts[0] = root;
    for (int level = 1; level < strides.length; level++) {
      drafts[level] = new int[nodeEntries];
    }
    this.slots = new int[Math.max(2, Integer.highestOneBit(nodes) << 2)];
    this.pool = new int[Math.min(nodes, 64) * nodeEntries];
    fill(0, 0);
  }

  /** How many bits are behind each level's. */
  static int[] shifts(int bits, int[] strides) {
    int[] shifts = new int[strides.length];
    int left = bits;
    for (int level = 0; level < strides.length; level++) {
      left -= strides[level];
      shifts[level] = left;
    }
    return shifts;
  }

  /** Fills a level's draft for the values from one on. */
  private void fill(int level, long low) {
    int[] entries = drafts[level];
    int shift = shifts[level];
    long rest = (1L << shift) - 1;
    int entry = 0;
    while (entry < entries.length) {
      long start = low + ((long) entry << shift);
      while (Long.compareUnsigned(intervals.end(interval), start) < 0) {
        interval++;
      }
      long end = intervals.end(interval);
      if (Long.compareUnsigned(end, start + rest) < 0) {
        fill(level + 1, start);
        entries[entry++] = CHILD | share(drafts[level + 1]) * nodeEntries * Integer.BYTES;
      } else {
        long last = end - low;
        boolean all = Long.compareUnsigned(last >>> shift, entries.length) >= 0;
        int to = all ? entries.length : (int) (last >>> shift) + ((last & rest) == rest ? 1 : 0);
        Arrays.fill(entries, entry, to, intervals.result(interval) - base);
        entry = to;
      }
    }
  }

  /** The number of the node with these entries. */
  private int share(int[] entries) {
    // The highest bits of the product depend on all of the hash.
    int slot =
        (Arrays.hashCode(entries) * HASH_FACTOR) >>> Integer.numberOfLeadingZeros(slots.length - 1);
    while (slots[slot] != 0) {
      int at = (slots[slot] - 1) * nodeEntries;
      if (Arrays.equals(pool, at, at + nodeEntries, entries, 0, nodeEntries)) {
        return slots[slot] - 1;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    int at = nodes * nodeEntries;
    if (at == pool.length) {
      pool = Arrays.copyOf(pool, 2 * at);
    }
    System.arraycopy(entries, 0, pool, at, nodeEntries);
    slots[slot] = ++nodes;
    return nodes - 1;
  }

  /** Bytes of all nodes but the root. */
  int nodeBytes() {
    return nodes * nodeEntries * Integer.BYTES;
  }

  /** Writes all nodes but the root. */
  void putNodes(Tables tables, int at) {
    put(tables, at, pool, nodes * nodeEntries);
  }

  /** Writes the root. */
  void putRoot(Tables tables, int at) {
    put(tables, at, root, root.length);
  }

  private static void put(Tables tables, int at, int[] entries, int count) {
    for (int i = 0; i < count; i++) {
      tables.putInt(at + i * Integer.BYTES, entries[i]);
    }
  }
}
