package dev.jbpfilter.fuzz;

import java.util.Arrays;
import java.util.function.Predicate;

/** What fuzzers check with. */
final class Fuzzing {
  private Fuzzing() {}

  /** Fails unless the condition holds. */
  static void require(boolean condition, String problem, Object... details) {
    if (!condition) {
      throw new AssertionError(problem + ": " + Arrays.toString(details));
    }
  }

  /**
   * Gives an input to a fuzzer, and names the input if that fails.
   *
   * @param shown the input as text; what is not ASCII is escaped as in Java
   */
  static <T> boolean check(Predicate<T> fuzzer, T input, String shown) {
    try {
      return fuzzer.test(input);
    } catch (RuntimeException | Error e) {
      throw new AssertionError(escape(e + "\nof the input\n" + shown), e);
    }
  }

  private static String escape(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = (c >= ' ' && c < 0x7f) || c == '\n';
      out.append(plain ? c : String.format("\\u%04x", (int) c));
    }
    return out.toString();
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
