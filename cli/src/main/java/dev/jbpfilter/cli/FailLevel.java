package dev.jbpfilter.cli;

import dev.jbpfilter.cgen.analysis.lint.FindingLevel;
import java.util.Locale;

/** From which level on findings make {@code lint} fail. */
enum FailLevel {
  ADVICE,
  WARNING,
  DEAD,
  NEVER;

  /** The words behind {@code --fail-on}. */
  static final String WORDS = "advice, warning, dead or never";

  /** The level that {@code arguments}, whose words were checked, ask for. */
  static FailLevel of(Arguments arguments) {
    return arguments
        .value(Option.FAIL_ON)
        .map(word -> valueOf(word.toUpperCase(Locale.ROOT)))
        .orElse(ADVICE);
  }

  /** Whether a finding of a level counts. */
  boolean counts(FindingLevel level) {
    return switch (this) {
      case ADVICE -> true;
      case WARNING -> level.isAtLeast(FindingLevel.WARNING);
      case DEAD -> level.isAtLeast(FindingLevel.DEAD);
      case NEVER -> false;
    };
  }
}
