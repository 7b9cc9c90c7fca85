package dev.jbpfilter.cgen.lookup;

/**
 * What lookups cost, in nanoseconds: estimates by which structures are chosen. The constants are
 * fitted to measurements (doc/performance.md says by which command).
 */
public final class CostModel {
  /** A compare and branch that is not taken. */
  static final double COMPARE = 0.3;

  /** A branch that goes another way each time. */
  static final double MISPREDICTED = 5;

  /** An operation on registers. */
  static final double OPERATION = 0.25;

  /** The same, if others run beside it. */
  static final double PARALLEL_OPERATION = 0.12;

  static final long CACHE_LINE = 64;

  /** The part of a load's time that is left where other loads are under way meanwhile. */
  static final double OVERLAPPED = 0.5;

  private static final long L1_BYTES = 32 << 10;
  private static final long L2_BYTES = 1 << 20;
  private static final long L3_BYTES = 16 << 20;

  private CostModel() {}

  /** A load from a table of so many bytes, any of which may be meant, that others wait for. */
  static double load(long bytes) {
    if (bytes <= L1_BYTES) {
      return 1.5;
    }
    if (bytes <= L2_BYTES) {
      return 4;
    }
    return bytes <= L3_BYTES ? 14 : 40;
  }
}
