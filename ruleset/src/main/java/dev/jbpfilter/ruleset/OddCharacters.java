package dev.jbpfilter.ruleset;

import java.util.Locale;
import java.util.Optional;

/** Characters outside ASCII, and control characters: they look like others or like nothing. */
final class OddCharacters {
  private static final char BYTE_ORDER_MARK = '\ufeff';
  private static final char REPLACEMENT = '\ufffd';

  /** Letters of other scripts, each before the Latin letter that it looks like. */
  private static final String LOOK_ALIKES =
      "аaеeоoрpсcуyхxіiјjѕsԁdһhѡwАAВBЕEЗ3КKМMНHОOРPСCТTХXІIЈJЅSαaοoνvρpΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX";

  private static final int FULL_WIDTH_FIRST = 0xff01;
  private static final int FULL_WIDTH_LAST = 0xff5e;
  private static final int FULL_WIDTH_SHIFT = 0xfee0;

  private OddCharacters() {}

  /** Makes a span from positions in a text. */
  @FunctionalInterface
  interface Spans {
    Span span(int from, int to);
  }

  /** What to say about the first such character between {@code from} and {@code to}, if any. */
  static Optional<Advice> advice(String text, int from, int to, Spans spans) {
    for (int i = from; i < to; i++) {
      int c = text.codePointAt(i);
      if (isOdd(c)) {
        int end = i + Character.charCount(c);
        while (end < to && text.codePointAt(end) == c) {
          end += Character.charCount(c);
        }
        boolean mark = c == BYTE_ORDER_MARK && i == 0;
        return Optional.of(
            mark
                ? new Advice(
                    spans.span(i, end),
                    "the text begins with a byte order mark",
                    "save the file as UTF-8 without it")
                : new Advice(spans.span(i, end), clause(c), hint(c)));
      }
    }
    return Optional.empty();
  }

  /** What to do about the first such character of {@code text}, if any. */
  static Optional<String> hint(String text) {
    return advice(text, 0, text.length(), Span::new)
        .map(advice -> advice.clause() + (advice.hint() == null ? "" : ": " + advice.hint()));
  }

  private static boolean isOdd(int c) {
    return c > '~' || (c < ' ' && !Words.isBlank((char) c));
  }

  private static String clause(int c) {
    if (c == REPLACEMENT) {
      return "these bytes are not UTF-8";
    }
    return name(c) + (Character.isSpaceChar(c) ? " is not a blank" : " has no meaning in rules");
  }

  private static String name(int c) {
    String name = Character.getName(c);
    return String.format(Locale.ROOT, "U+%04X", c)
        + (name == null ? "" : " (" + name.toLowerCase(Locale.ROOT) + ")");
  }

  private static String hint(int c) {
    if (c == REPLACEMENT || c == 0) {
      return "rules are text in UTF-8: is this another file, or one in UTF-16?";
    }
    if (c >= FULL_WIDTH_FIRST && c <= FULL_WIDTH_LAST) {
      return Advice.write(String.valueOf((char) (c - FULL_WIDTH_SHIFT)));
    }
    int alike = c > Character.MAX_VALUE ? -1 : LOOK_ALIKES.indexOf(c);
    if (alike >= 0) {
      return "type it again: it looks like '" + LOOK_ALIKES.charAt(alike + 1) + "', but is not";
    }
    if (Character.isSpaceChar(c)) {
      return "put a space in its place";
    }
    return switch (Character.getType(c)) {
      case Character.DASH_PUNCTUATION, Character.MATH_SYMBOL -> Advice.write("-");
      case Character.INITIAL_QUOTE_PUNCTUATION, Character.FINAL_QUOTE_PUNCTUATION ->
          "names and values are written without quotes";
      case Character.CONTROL, Character.FORMAT -> "remove it, it can't be seen";
      default -> "outside comments, rules are made of ASCII characters";
    };
  }
}
