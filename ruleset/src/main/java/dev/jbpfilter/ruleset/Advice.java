package dev.jbpfilter.ruleset;

import org.jspecify.annotations.Nullable;

/**
 * What a syntax error is about, in plain words.
 *
 * @param span the words at fault
 * @param clause what is wrong with them; continues the message
 * @param hint what to write instead, where that can be guessed
 */
record Advice(Span span, String clause, @Nullable String hint) {

  static Advice of(Span span, String clause) {
    return new Advice(span, clause, null);
  }

  /** The words to use for a hint that says what to write. */
  static String write(String text) {
    return "write '" + text + "'";
  }
}
