package dev.jbpfilter.bytecode.assembler;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Guesses what was meant by a misspelt word. */
final class Suggestion {
  private static final int MAX_LENGTH = 64;

  private Suggestion() {}

  /** {@code did you mean …}, if a candidate is similar. */
  static @Nullable String of(String word, Collection<String> candidates) {
    String best = null;
    int bestDistance = Math.min(word.length(), Math.max(2, word.length() / 3) + 1);
    for (String candidate : candidates) {
      int distance = distance(word, candidate, bestDistance);
      if (distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return best == null ? null : "did you mean " + best + "?";
  }

  /**
   * How many characters have to be inserted, deleted or replaced.
   *
   * @param limit returned if it is as much or more
   */
  private static int distance(String from, String to, int limit) {
    if (Math.abs(from.length() - to.length()) >= limit
        || from.length() > MAX_LENGTH
        || to.length() > MAX_LENGTH) {
      return limit;
    }
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return Math.min(limit, row[to.length()]);
  }
}
