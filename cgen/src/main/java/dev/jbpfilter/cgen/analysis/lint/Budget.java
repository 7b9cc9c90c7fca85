package dev.jbpfilter.cgen.analysis.lint;

/** How much work may still be done, so that no chain takes for ever. */
final class Budget {
  private long left;

  /**
   * @param units about ten nanoseconds each
   */
  Budget(long units) {
    left = units;
  }

  /** Takes some of it; returns whether there was as much. */
  boolean allows(int units) {
    left -= units;
    return left >= 0;
  }

  boolean isExhausted() {
    return left < 0;
  }
}
