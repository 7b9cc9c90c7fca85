package dev.jbpfilter.cgen.lookup;

/**
 * What lookups cost, in nanoseconds: estimates by which structures are chosen. The constants are
 * fitted to measurements (doc/performance.md says by which command).
 */
public final class CostModel {
  /** A compare and branch that is not taken. */
  static final double COMPARE = 0.1;

  /** A branch that goes another way each time. */
  static final double MISPREDICTED = 5;

  /** An operation on registers. */
  static final double OPERATION = 0.25;

  /** The same, if others run beside it. */
  static final double PARALLEL_OPERATION = 0.1;

  static final int CACHE_LINE_BITS = 6;

  static final long CACHE_LINE = 1 << CACHE_LINE_BITS;

  /** The part of a load's time that is left if no branch waits for it: other work goes on. */
  static final double OVERLAPPED = 0.18;

  /** As many instructions can be under way at once. */
  private static final double WINDOW = 320;

  private static final long L1_BYTES = 32 << 10;
  private static final long L2_BYTES = 1 << 20;

  /** Page tables and other programs want caches, too. */
  private static final long L3_BYTES = 3 << 20;

  static final double L1_LOAD = 1.3;
  static final double L2_LOAD = 5;
  static final double L3_LOAD = 58;
  static final double MEMORY_LOAD = 165;

  private static final long PAGE_BYTES = 4096;
  private static final double CACHE_TAX = 0.7;

  private CostModel() {}

  /**
   * A load from a table of so many bytes, any of which may be meant, that others wait for. Each
   * cache holds the part of the table that fits.
   */
  static double load(long bytes) {
    double[] shares = shares(bytes);
    return shares[0] * L1_LOAD
        + shares[1] * L2_LOAD
        + shares[2] * L3_LOAD
        + shares[3] * MEMORY_LOAD;
  }

  /** The part of it that is left if no mispredicted branch waits for it, in a short lookup. */
  static double overlappedLoad(long bytes) {
    return OVERLAPPED * load(bytes);
  }

  /**
   * The part that is left of loads that wait for each other, in a lookup of so many instructions:
   * the longer it is, the less of the next work is under way meanwhile.
   */
  static double overlapped(int instructions) {
    return Math.clamp(instructions / WINDOW, OVERLAPPED, 1);
  }

  /**
   * What a structure is chosen by: its time, and what others lose by the cache that its tables
   * take, which a measurement of it alone does not show. A table of 64 KiB has to save two
   * nanoseconds.
   */
  static double cost(Structure structure) {
    double pages = 1 + (double) structure.bytes() / PAGE_BYTES;
    return structure.nanos() + CACHE_TAX * Math.log(pages);
  }

  /** Which parts of a table are in the first, the second, the third cache, and in none. */
  static double[] shares(long bytes) {
    double inL1 = Math.min(1, (double) L1_BYTES / bytes);
    double inL2 = Math.min(1, (double) L2_BYTES / bytes);
    double inL3 = Math.min(1, (double) L3_BYTES / bytes);
    return new double[] {inL1, inL2 - inL1, inL3 - inL2, 1 - inL3};
  }
}
