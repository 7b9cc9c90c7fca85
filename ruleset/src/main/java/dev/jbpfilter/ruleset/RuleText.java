package dev.jbpfilter.ruleset;

import java.util.Optional;

/** What is said of the options of a rule that are refused, read from a text or not. */
final class RuleText {
  private RuleText() {}

  static String duplicateOption(String keyword) {
    return "duplicate keyword \"" + keyword + "\" in rule";
  }

  static String invalidRate(String text) {
    return "invalid rate "
        + Printable.quote(text)
        + ": expecting a positive number followed by ns, us, ms or s";
  }

  /**
   * Why {@code mark} is refused; empty if it is not.
   *
   * @param mark what {@link NumberText#cBase} made of {@code text}
   */
  static Optional<String> markProblem(long mark, String text) {
    if (PayloadKind.MARK.isInBounds(mark)) {
      return Optional.empty();
    }
    if (mark == NumberText.INVALID) {
      return Optional.of(
          "mark value " + Printable.quote(text) + " can't be parsed, expecting a number");
    }
    return Optional.of(
        (mark == NumberText.NEGATIVE
                ? "mark should be positive, not "
                : "mark should be at most 0xffffffff, not ")
            + Printable.quote(text));
  }

  static void checkMark(long mark) {
    long read = mark < 0 ? NumberText.NEGATIVE : mark;
    Check.requireNone(markProblem(read, Long.toString(mark)));
  }
}
