package dev.jbpfilter.ruleset;

/** Argument checks that name the offending value. */
final class Check {
  private static final long UNSIGNED_32_MAX = 0xffff_ffffL;

  private Check() {}

  static void unsigned32(String what, long value) {
    range(what, value, 0, UNSIGNED_32_MAX);
  }

  static void range(String what, long value, long low, long high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          what + " must be from " + low + " to " + high + ", not " + value);
    }
  }
}
