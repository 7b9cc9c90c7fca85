package dev.jbpfilter.cli;

import org.jspecify.annotations.Nullable;

/** How chains are listed. */
enum ListFormat {
  /** For people, as bpfilter does. */
  TEXT("text"),
  /** For programs; see {@link RulesetJson}. */
  JSON("json"),
  /** In the rule language, to be read back. */
  RULES("rules");

  /** All words, for messages. */
  static final String WORDS = "text, json or rules";

  private final String word;

  ListFormat(String word) {
    this.word = word;
  }

  /** The format called {@code word}; null if there is none. */
  static @Nullable ListFormat of(String word) {
    for (ListFormat format : values()) {
      if (format.word.equals(word)) {
        return format;
      }
    }
    return null;
  }

  /** The format that checked arguments ask for. */
  static ListFormat of(Arguments arguments) {
    ListFormat format = of(arguments.value(Option.FORMAT).orElse(TEXT.word));
    return format == null ? TEXT : format;
  }
}
