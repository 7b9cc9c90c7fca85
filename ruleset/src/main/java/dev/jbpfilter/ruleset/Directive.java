package dev.jbpfilter.ruleset;

import java.util.Optional;

/**
 * A line that is not part of any chain. Spans are positions in its source.
 *
 * <p>Directives are known by their form alone: no text that is valid without them has, outside
 * braces and comments, {@code define}, a word and {@code =}, or {@code include} and a quote. So
 * both words stay usable as names.
 */
sealed interface Directive {
  String DEFINE = "define";
  String INCLUDE = "include";

  /** From the first character to the last, a semicolon at the end included. */
  Span span();

  /** The keyword. */
  String word();

  /**
   * {@code define NAME = VALUE}, to the end of the line or a semicolon.
   *
   * @param value without blanks around it
   */
  record Define(Span span, Span name, Span value) implements Directive {
    @Override
    public String word() {
      return DEFINE;
    }
  }

  /**
   * {@code include "PATH"}.
   *
   * @param path what is between the quotes
   */
  record Include(Span span, Span path) implements Directive {
    @Override
    public String word() {
      return INCLUDE;
    }
  }

  /** The directive that starts at {@code start}, a position outside braces and comments. */
  static Optional<Directive> at(String text, int start) {
    if (start > 0 && Words.isWordChar(text.charAt(start - 1))) {
      return Optional.empty();
    }
    if (text.startsWith(DEFINE, start)) {
      return define(text, start);
    }
    return text.startsWith(INCLUDE, start) ? include(text, start) : Optional.empty();
  }

  private static Optional<Directive> define(String text, int start) {
    int keywordEnd = start + DEFINE.length();
    int nameStart = skipBlanks(text, keywordEnd);
    int nameEnd = wordEnd(text, nameStart);
    int equals = skipBlanks(text, nameEnd);
    if (nameStart == keywordEnd
        || nameEnd == nameStart
        || equals == text.length()
        || text.charAt(equals) != '=') {
      return Optional.empty();
    }
    int end = equals + 1;
    while (end < text.length() && "\n;#".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    int valueStart = SetParser.skipBlanks(text, equals + 1, end);
    Span value = new Span(valueStart, SetParser.trimEnd(text, valueStart, end));
    boolean semicolon = end < text.length() && text.charAt(end) == ';';
    return Optional.of(
        new Define(
            new Span(start, semicolon ? end + 1 : end), new Span(nameStart, nameEnd), value));
  }

  private static Optional<Directive> include(String text, int start) {
    int quote = skipBlanks(text, start + INCLUDE.length());
    if (quote == text.length() || text.charAt(quote) != '"') {
      return Optional.empty();
    }
    int end = quote + 1;
    while (end < text.length() && text.charAt(end) != '"' && text.charAt(end) != '\n') {
      end++;
    }
    return end == text.length() || text.charAt(end) == '\n'
        ? Optional.empty()
        : Optional.of(new Include(new Span(start, end + 1), new Span(quote + 1, end)));
  }

  /** What to say where {@code word} stands in the place of a directive and is none. */
  static Optional<String> hint(String word, boolean strict) {
    if (!word.equals(DEFINE) && !word.equals(INCLUDE)) {
      return Optional.empty();
    }
    if (strict) {
      return Optional.of("'" + word + "' is an extension, which strict reading switches off");
    }
    String form = word.equals(DEFINE) ? "define NAME = VALUE" : "include \"FILE\"";
    return Optional.of("write '" + form + "' on one line");
  }

  /** Where the word that starts at {@code start} ends. */
  static int wordEnd(String text, int start) {
    int i = start;
    while (i < text.length() && Words.isWordChar(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /** Blanks but for line ends: a directive is on one line. */
  private static int skipBlanks(String text, int start) {
    int i = start;
    while (i < text.length() && Words.isBlank(text.charAt(i)) && text.charAt(i) != '\n') {
      i++;
    }
    return i;
  }
}
