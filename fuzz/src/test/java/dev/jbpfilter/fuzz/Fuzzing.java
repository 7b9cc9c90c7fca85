package dev.jbpfilter.fuzz;

import java.util.Arrays;

/** What fuzzers check with. */
final class Fuzzing {
  private Fuzzing() {}

  /** Fails unless the condition holds. */
  static void require(boolean condition, String problem, Object... details) {
    if (!condition) {
      throw new AssertionError(problem + ": " + Arrays.toString(details));
    }
  }

  /** Whether a message is one line that does not move the cursor. */
  static boolean isPrintable(String line) {
    for (int i = 0; i < line.length(); i++) {
      if (Character.isISOControl(line.charAt(i))) {
        return false;
      }
    }
    return !line.isEmpty();
  }
}
