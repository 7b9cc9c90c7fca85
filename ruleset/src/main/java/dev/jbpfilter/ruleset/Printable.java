package dev.jbpfilter.ruleset;

/** A user's text as terminals may see it: nothing of it moves the cursor or changes colours. */
final class Printable {
  private static final int LONGEST_QUOTE = 60;
  private static final int QUOTED_OF_LONGER = 40;
  private static final String ELLIPSIS = "…";
  private static final char SUBSTITUTE = '\ufffd';

  /** First and last characters that fill two columns (Unicode's East Asian Width W and F). */
  private static final int[] WIDE = {
    0x1100, 0x115f, 0x2e80, 0x303e, 0x3041, 0x4dbf, 0x4e00, 0xa4cf, 0xa960, 0xa97c, 0xac00, 0xd7a3,
    0xf900, 0xfaff, 0xfe30, 0xfe6f, 0xff01, 0xff60, 0xffe0, 0xffe6, 0x1f300, 0x1f64f, 0x1f680,
    0x1f6ff, 0x1f900, 0x1f9ff, 0x1fa70, 0x1faff, 0x20000, 0x3fffd
  };

  private Printable() {}

  /** The text between quotes, in one line; long texts are cut short. */
  static String quote(String text) {
    return '\'' + bare(text) + '\'';
  }

  /** What {@link #quote} puts between quotes. */
  static String bare(String text) {
    String shown = text;
    String end = "";
    if (text.codePointCount(0, text.length()) > LONGEST_QUOTE) {
      shown = text.substring(0, text.offsetByCodePoints(0, QUOTED_OF_LONGER));
      end = ELLIPSIS;
    }
    return line(shown) + end;
  }

  /** The text in one line, with a substitute for each character that can't be seen. */
  static String line(String text) {
    return clean(text).replace('\t', ' ');
  }

  /** The text with a substitute for each character that can't be seen; tabs stay. */
  static String clean(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      out.appendCodePoint(isHidden(c) ? SUBSTITUTE : c);
      i += Character.charCount(c);
    }
    return out.toString();
  }

  /** Whether {@code c} shows as a substitute. */
  private static boolean isHidden(int c) {
    return c != '\t'
        && switch (Character.getType(c)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.UNASSIGNED,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              true;
          default -> false;
        };
  }

  /** The columns that a code point fills, once cleaned, on a terminal. */
  static int width(int c) {
    if (isHidden(c)) {
      return 1;
    }
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    for (int i = 0; i < WIDE.length; i += 2) {
      if (c >= WIDE[i] && c <= WIDE[i + 1]) {
        return 2;
      }
    }
    return 1;
  }
}
