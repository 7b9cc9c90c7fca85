package dev.jbpfilter.cli;

import java.util.Locale;

/** How chains are listed. */
enum ListFormat {
  /** For people, as bpfilter does. */
  TEXT,
  /** For programs; see {@link RulesetJson}. */
  JSON,
  /** In the rule language, to be read back. */
  RULES;

  /**
   * Refuses the format of rules, for commands that print something else.
   *
   * @throws UsageException if it is asked for
   */
  static void requireTextOrJson(Arguments arguments, Command command) {
    if (of(arguments) == RULES) {
      throw command.error(command.name() + " knows no --format rules, only text and json");
    }
  }

  /** The words behind {@code --format}. */
  static final String WORDS = "text, json or rules";

  /** The format that {@code arguments}, whose words were checked, ask for. */
  static ListFormat of(Arguments arguments) {
    return arguments
        .value(Option.FORMAT)
        .map(word -> valueOf(word.toUpperCase(Locale.ROOT)))
        .orElse(TEXT);
  }
}
