package dev.jbpfilter.ruleset;

import java.util.Optional;

/** Argument checks that name the offending value. */
final class Check {
  private static final long UNSIGNED_32_MAX = 0xffff_ffffL;

  private Check() {}

  /** Refuses what has a problem. */
  static void requireNone(Optional<String> problem) {
    if (problem.isPresent()) {
      throw new IllegalArgumentException(problem.get());
    }
  }

  /** The exception for what the parser would report as {@code diagnostic}. */
  static IllegalArgumentException refusal(Diagnostic diagnostic) {
    return new IllegalArgumentException(text(diagnostic));
  }

  /** Message and hint in one line. */
  static String text(Diagnostic diagnostic) {
    String hint = diagnostic.hint();
    return hint == null ? diagnostic.message() : diagnostic.message() + " (" + hint + ")";
  }

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
