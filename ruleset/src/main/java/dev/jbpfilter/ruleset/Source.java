package dev.jbpfilter.ruleset;

/**
 * A text with a name, as given by the user.
 *
 * @param name how messages call the text, usually a file name
 */
public record Source(String name, String text) {

  /** The line that holds {@code offset}, counted from 1. */
  public int line(int offset) {
    check(offset);
    int line = 1;
    for (int i = 0; i < offset; i++) {
      if (text.charAt(i) == '\n') {
        line++;
      }
    }
    return line;
  }

  /** The position of {@code offset} in its line in code points, counted from 1. */
  public int column(int offset) {
    return text.codePointCount(lineStart(offset), offset) + 1;
  }

  /** The line that holds {@code offset}, without its line end. */
  public String lineText(int offset) {
    int start = lineStart(offset);
    int end = text.indexOf('\n', offset);
    if (end < 0) {
      end = text.length();
    }
    if (end > start && text.charAt(end - 1) == '\r') {
      end--;
    }
    return text.substring(start, end);
  }

  /** The characters of {@code span}. */
  public String text(Span span) {
    return text.substring(span.start(), span.end());
  }

  /** Where the line that holds {@code offset} starts. */
  int lineStart(int offset) {
    check(offset);
    return text.lastIndexOf('\n', offset - 1) + 1;
  }

  private void check(int offset) {
    if (offset < 0 || offset > text.length()) {
      throw new IllegalArgumentException(
          "offset " + offset + " is outside a text of " + text.length() + " characters");
    }
  }
}
