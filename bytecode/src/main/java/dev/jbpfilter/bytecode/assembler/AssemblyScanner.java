package dev.jbpfilter.bytecode.assembler;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the text of an assembler source, line by line and from left to right. */
final class AssemblyScanner {
  /** Set in what {@link #acceptRegister} returns for {@code w0} to {@code w10}. */
  static final int HALF = 0x100;

  private static final int NONE = -1;

  private final String text;
  private int line;
  private int lineStart;
  private int position;
  private int end;
  private int next;

  /** Where the last register, number or name begins. */
  private int token;

  AssemblyScanner(String text) {
    this.text = text;
  }

  /** Goes on to the next line; false after the last one. */
  boolean nextLine() {
    if (next >= text.length()) {
      return false;
    }
    lineStart = next;
    position = next;
    end = text.indexOf('\n', next);
    if (end < 0) {
      end = text.length();
    }
    next = end + 1;
    line++;
    return true;
  }

  /** Number of the current line, from 1. */
  int line() {
    return line;
  }

  /** Where the next token begins, from 1. */
  int column() {
    skipSpace();
    return position - lineStart + 1;
  }

  /** The place to go {@linkplain #rewind back} to. */
  int mark() {
    return position;
  }

  void rewind(int mark) {
    position = mark;
  }

  private void skipSpace() {
    while (position < end && isSpace(text.charAt(position))) {
      position++;
    }
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r';
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** The value of a digit; negative if it is none. Only ASCII has digits here. */
  static int digit(char c, int radix) {
    return c < 0x80 ? Character.digit(c, radix) : -1;
  }

  private static boolean isNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.' || c == '$';
  }

  static boolean isName(char c) {
    return isNameStart(c) || isDigit(c);
  }

  /** The next character that is not a space; 0 at the end of the line. */
  char peek() {
    skipSpace();
    return peek(0);
  }

  /** A character further on; 0 beyond the end of the line. */
  char peek(int ahead) {
    return position + ahead < end ? text.charAt(position + ahead) : 0;
  }

  /** Whether the statement ends here: a comment may follow. */
  boolean isAtEnd() {
    char c = peek();
    boolean spaced = position == lineStart || isSpace(text.charAt(position - 1));
    return c == 0 || c == ';' || (spaced && (c == '#' || (c == '/' && peek(1) == '/')));
  }

  /** The rest of the line, as it is. */
  String rest() {
    return text.substring(position, end);
  }

  boolean accept(char expected) {
    if (peek() != expected) {
      return false;
    }
    position++;
    return true;
  }

  /** A character right after the last token, without a space between. */
  boolean acceptAdjacent(char expected) {
    if (peek(0) != expected) {
      return false;
    }
    position++;
    return true;
  }

  boolean accept(String expected) {
    skipSpace();
    if (!text.startsWith(expected, position) || position + expected.length() > end) {
      return false;
    }
    position += expected.length();
    return true;
  }

  void expect(char expected) throws AssemblySyntaxError {
    if (!accept(expected)) {
      throw unexpected("'" + expected + "'");
    }
  }

  void expect(String expected) throws AssemblySyntaxError {
    if (!accept(expected)) {
      throw unexpected("'" + expected + "'");
    }
  }

  /** A name; empty if there is none. */
  String name() {
    if (!isNameStart(peek())) {
      return "";
    }
    token = position;
    int start = position++;
    while (position < end && isName(text.charAt(position))) {
      position++;
    }
    return text.substring(start, position);
  }

  String expectName(String what) throws AssemblySyntaxError {
    String name = name();
    if (name.isEmpty()) {
      throw unexpected(what);
    }
    return name;
  }

  /** Everything up to the next space. */
  String word(String what) throws AssemblySyntaxError {
    if (isAtEnd()) {
      throw unexpected(what);
    }
    int start = position;
    while (position < end && !isSpace(text.charAt(position))) {
      position++;
    }
    return printable(start, position, what);
  }

  /** What is left of the line, without spaces around it. */
  String restAsName(String what) throws AssemblySyntaxError {
    skipSpace();
    int start = position;
    position = end;
    return printable(start, end, what).strip();
  }

  private String printable(int from, int to, String what) throws AssemblySyntaxError {
    for (int i = from; i < to; i++) {
      if (Character.isISOControl(text.charAt(i)) && !isSpace(text.charAt(i))) {
        throw new AssemblySyntaxError(
            line, i - lineStart + 1, what + " with a control character", null);
      }
    }
    return text.substring(from, to);
  }

  void skip(int characters) {
    position += characters;
  }

  /** Whether the line goes on with one of some texts. */
  boolean isOneOf(List<String> prefixes) {
    skipSpace();
    for (String prefix : prefixes) {
      if (text.startsWith(prefix, position)) {
        return true;
      }
    }
    return false;
  }

  /** Everything up to a character, which is skipped. */
  String until(char last, String what) throws AssemblySyntaxError {
    int stop = text.indexOf(last, position);
    if (stop < 0 || stop >= end || stop == position) {
      throw unexpected(what);
    }
    String found = printable(position, stop, what);
    position = stop + 1;
    return found;
  }

  /**
   * A register's number, with {@link #HALF} for the lower half; negative if there is no register.
   */
  int acceptRegister() throws AssemblySyntaxError {
    char kind = peek();
    if ((kind != 'r' && kind != 'w') || !isDigit(peek(1))) {
      return NONE;
    }
    token = position;
    int length = 2;
    while (isDigit(peek(length))) {
      length++;
    }
    if (isName(peek(length))) {
      return NONE;
    }
    int number = peek(1) - '0';
    if (length == 3) {
      number = number * 10 + peek(2) - '0';
    }
    if (length > 3 || number > 10) {
      String name = text.substring(position, position + length);
      throw error("there is no register " + name, "registers are r0 to r10 and w0 to w10");
    }
    position += length;
    return kind == 'w' ? number | HALF : number;
  }

  /**
   * A number: decimal, or hexadecimal after {@code 0x}, after a sign or without.
   *
   * @param max compared without sign if it is negative
   */
  long number(String what, long min, long max) throws AssemblySyntaxError {
    boolean negative = peek() == '-';
    token = position;
    if (negative || peek() == '+') {
      position++;
    }
    long magnitude = magnitude(what);
    boolean fits =
        negative
            ? Long.compareUnsigned(magnitude, -min) <= 0 && min <= 0
            : Long.compareUnsigned(magnitude, max) <= 0 && (magnitude >= min || magnitude < 0);
    if (!fits) {
      throw error(what + " is out of range", min + " to " + Long.toUnsignedString(max));
    }
    return negative ? -magnitude : magnitude;
  }

  private long magnitude(String what) throws AssemblySyntaxError {
    int radix = 10;
    if (peek() == '0' && (peek(1) == 'x' || peek(1) == 'X')) {
      radix = 16;
      position += 2;
    }
    int start = position;
    long value = 0;
    for (; position < end; position++) {
      int digit = digit(text.charAt(position), radix);
      if (digit < 0) {
        break;
      }
      if (Long.compareUnsigned(value, Long.divideUnsigned(-1L - digit, radix)) > 0) {
        throw error(what + " has more than 64 bits", null);
      }
      value = value * radix + digit;
    }
    if (position == start || isName(peek(0))) {
      throw unexpected(what);
    }
    return value;
  }

  AssemblySyntaxError unexpected(String wanted) {
    int column = column();
    String found = "the end of the line";
    if (!isAtEnd()) {
      int stop = position + 1;
      while (stop < end && isName(text.charAt(stop)) && isName(text.charAt(stop - 1))) {
        stop++;
      }
      found = "'" + text.substring(position, stop) + "'";
    }
    return new AssemblySyntaxError(line, column, wanted + " expected, not " + found, null);
  }

  /** What is wrong with the register, number or name that was read last. */
  AssemblySyntaxError error(String message, @Nullable String hint) {
    return new AssemblySyntaxError(line, token - lineStart + 1, message, hint);
  }
}
