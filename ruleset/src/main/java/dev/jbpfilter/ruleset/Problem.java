package dev.jbpfilter.ruleset;

/**
 * A token that can't stand where it does, and the text around it. Positions are in that text; spans
 * are in the whole that it is a part of.
 */
final class Problem {
  /** What ends a word as people see it, besides blanks. */
  private static final String DELIMITERS = "{}();,#\"'";

  private final String text;
  private final int base;
  private final TokenKind kind;
  private final int start;
  private final int end;
  private final int previousStart;
  private final int previousEnd;

  /**
   * @param base what to add to positions in {@code text} for spans
   * @param previous the token before
   */
  Problem(String text, int base, Token token, Token previous) {
    this.text = text;
    this.base = base;
    this.kind = token.kind();
    this.start = token.start() - base;
    this.end = token.end() - base;
    this.previousStart = previous.start() - base;
    this.previousEnd = previous.end() - base;
  }

  /** The word at {@code position} of the same text, read as a name. */
  Problem from(int position) {
    Token word = new Token(TokenKind.STRING, base + position, base + chunkEnd(text, position));
    return new Problem(
        text, base, word, new Token(TokenKind.INVALID, base + position, base + position));
  }

  TokenKind kind() {
    return kind;
  }

  String text() {
    return text;
  }

  /** Where the token starts in the text. */
  int start() {
    return start;
  }

  /** Where the token ends in the text. */
  int end() {
    return end;
  }

  /** Where the token before starts. */
  int previousStart() {
    return previousStart;
  }

  /** Where the token before ends. */
  int previousEnd() {
    return previousEnd;
  }

  /** The token before. */
  String previousWord() {
    return text.substring(previousStart, previousEnd);
  }

  /** The token. */
  String word() {
    return text.substring(start, end);
  }

  Span span() {
    return span(start, end);
  }

  Span span(int from, int to) {
    return new Span(base + from, base + to);
  }

  /** Where the word that begins with the token ends, as people see it. */
  int chunkEnd() {
    return chunkEnd(text, start);
  }

  String chunk() {
    return text.substring(start, chunkEnd());
  }

  Span chunkSpan() {
    return span(start, chunkEnd());
  }

  /**
   * The place where something is missing: behind the token before, unless this one is beside it.
   */
  Span gap() {
    boolean apart = kind == TokenKind.END || text.substring(previousEnd, start).indexOf('\n') >= 0;
    return apart ? span(previousEnd, previousEnd) : span();
  }

  /** Whether nothing is between the token before and this one. */
  boolean isGlued() {
    return start == previousEnd;
  }

  /** Whether only blanks are before the token in its line. */
  boolean startsLine() {
    int i = start;
    while (i > 0 && text.charAt(i - 1) != '\n') {
      i--;
      if (!Words.isBlank(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** The word behind {@code position}, past blanks in the same line; empty if there is none. */
  String chunkAfter(int position) {
    int from = skipBlanks(position);
    return text.substring(from, chunkEnd(text, from));
  }

  /** Past the blanks of a line. */
  int skipBlanks(int position) {
    int i = position;
    while (i < text.length() && text.charAt(i) != '\n' && Words.isBlank(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /** Where the word at {@code start} ends: a quoted text, a delimiter, or what is up to one. */
  static int chunkEnd(String text, int start) {
    if (start >= text.length()) {
      return text.length();
    }
    char first = text.charAt(start);
    if (first == '"' || first == '\'') {
      int close = text.indexOf(first, start + 1);
      int lineEnd = text.indexOf('\n', start);
      return close > 0 && (lineEnd < 0 || close < lineEnd) ? close + 1 : start + 1;
    }
    int i = start;
    while (i < text.length()
        && !Words.isBlank(text.charAt(i))
        && DELIMITERS.indexOf(text.charAt(i)) < 0) {
      i++;
    }
    return i == start && !Words.isBlank(first) ? start + 1 : i;
  }
}
