package dev.jbpfilter.ruleset;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a user's text, and where.
 *
 * <p>What message and hint quote is the user's: characters that can't be seen, which could move the
 * cursor or change colours, become U+FFFD.
 *
 * @param message one line; quotes the offending word
 * @param hint what to write instead, where that can be guessed
 */
public record Diagnostic(Severity severity, Span span, String message, @Nullable String hint) {

  public Diagnostic {
    message = Printable.line(message);
    hint = hint == null ? null : Printable.line(hint);
  }

  public static Diagnostic error(Span span, String message) {
    return new Diagnostic(Severity.ERROR, span, message, null);
  }

  public static Diagnostic error(Span span, String message, @Nullable String hint) {
    return new Diagnostic(Severity.ERROR, span, message, hint);
  }

  public static Diagnostic warning(Span span, String message) {
    return new Diagnostic(Severity.WARNING, span, message, null);
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }
}
