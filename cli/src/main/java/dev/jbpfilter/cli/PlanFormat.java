package dev.jbpfilter.cli;

import java.util.Locale;

/** How {@code plan} prints. */
enum PlanFormat {
  TEXT,
  JSON,
  /** For Graphviz. */
  DOT,
  /** A picture. */
  SVG;

  /** The words behind {@code --format}. */
  static final String WORDS = "text, json, dot or svg";

  /** The format that {@code arguments}, whose words were checked, ask for. */
  static PlanFormat of(Arguments arguments) {
    return arguments
        .value(Option.PLAN_FORMAT)
        .map(word -> valueOf(word.toUpperCase(Locale.ROOT)))
        .orElse(TEXT);
  }
}
