package dev.jbpfilter.ruleset;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The words that mean something: up to {@link #EVERY} everywhere, the others in some modes. */
enum Keyword {
  CHAIN("chain"),
  RULE("rule"),
  SET("set"),
  NOT("not"),
  COUNTER("counter"),
  ACCEPT("ACCEPT"),
  DROP("DROP"),
  CONTINUE("CONTINUE"),
  NEXT("NEXT"),
  REDIRECT("REDIRECT"),
  MARK("mark"),
  LOG("log"),
  EVERY("every"),
  IN("in"),
  OUT("out"),
  EQ("eq"),
  RANGE("range"),
  ANY("any"),
  ALL("all");

  private static final Keyword[][] BY_FIRST_LETTER = byFirstLetter();

  private final String word;

  Keyword(String word) {
    this.word = word;
  }

  /** The keyword that {@code text} has from {@code start} to {@code end}, if there is one. */
  static @Nullable Keyword at(String text, int start, int end) {
    if (start < end && text.charAt(start) < BY_FIRST_LETTER.length) {
      for (Keyword keyword : BY_FIRST_LETTER[text.charAt(start)]) {
        if (keyword.word.length() == end - start && text.startsWith(keyword.word, start)) {
          return keyword;
        }
      }
    }
    return null;
  }

  /** Whether the word can't be a name. */
  boolean isReserved() {
    return compareTo(EVERY) <= 0;
  }

  private static Keyword[][] byFirstLetter() {
    Keyword[][] table = new Keyword['z' + 1][0];
    for (Keyword keyword : values()) {
      char first = keyword.word.charAt(0);
      table[first] = Arrays.copyOf(table[first], table[first].length + 1);
      table[first][table[first].length - 1] = keyword;
    }
    return table;
  }
}
