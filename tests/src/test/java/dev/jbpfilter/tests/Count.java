package dev.jbpfilter.tests;

/** What a counter holds. */
record Count(long packets, long bytes) {
  static final Count ZERO = new Count(0, 0);

  Count minus(Count other) {
    return new Count(packets - other.packets, bytes - other.bytes);
  }
}
