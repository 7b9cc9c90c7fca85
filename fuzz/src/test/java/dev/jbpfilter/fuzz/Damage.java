package dev.jbpfilter.fuzz;

import java.util.List;
import java.util.random.RandomGenerator;

/** Damages texts as people, editors and broken files do. */
final class Damage {
  private static final int LONG_WORD = 3000;

  /** Replaced or added by single character changes. */
  private static final String CHARACTERS =
      "\r\f\u000b\n\t \0\u001b\u007f\u0085é\u00a0\u2028\ud83d\ude00\ud800\udc00\uffff{}()[],;#\"'$=";

  private final RandomGenerator random;
  private final List<String> words;
  private final StringBuilder text = new StringBuilder();

  /**
   * @param words to insert
   */
  Damage(RandomGenerator random, List<String> words) {
    this.random = random;
    this.words = words;
  }

  /** The text with one change, or more. */
  String apply(String whole) {
    text.setLength(0);
    text.append(whole);
    do {
      change();
    } while (random.nextBoolean());
    return text.toString();
  }

  private void change() {
    int at = random.nextInt(text.length() + 1);
    switch (random.nextInt(12)) {
      case 0 -> flipBit(at);
      case 1 -> text.insert(at, character());
      case 2 -> replace(at, at + 1, String.valueOf(character()));
      case 3 -> replace(at, at + 1 + random.nextInt(12), "");
      case 4 -> text.insert(at, " " + word() + " ");
      case 5 -> text.insert(at, word());
      case 6 -> replace(wordStart(at), wordEnd(at), word());
      case 7 -> swapWords(at, random.nextInt(text.length() + 1));
      case 8 -> text.insert(at, text.substring(wordStart(at), wordEnd(at)));
      case 9 -> text.insert(lineStart(at), text.substring(lineStart(at), at) + "\n");
      case 10 -> {
        if (random.nextInt(4) == 0) {
          text.setLength(at);
        }
      }
      default -> {
        if (random.nextInt(20) == 0) {
          text.insert(at, String.valueOf(character()).repeat(random.nextInt(LONG_WORD)));
        } else {
          blanks(random.nextInt(4) == 0 ? "\r\n" : String.valueOf(character()));
        }
      }
    }
  }

  private void flipBit(int at) {
    if (at < text.length()) {
      text.setCharAt(at, (char) (text.charAt(at) ^ 1 << random.nextInt(8)));
    }
  }

  private void replace(int from, int to, String replacement) {
    text.replace(from, Math.min(to, text.length()), replacement);
  }

  private void swapWords(int first, int second) {
    int start = wordStart(Math.min(first, second));
    int end = wordEnd(start);
    int otherStart = Math.max(end, wordStart(Math.max(first, second)));
    int otherEnd = wordEnd(otherStart);
    String word = text.substring(start, end);
    String other = text.substring(otherStart, otherEnd);
    text.replace(otherStart, otherEnd, word).replace(start, end, other);
  }

  /** Replaces the blanks of a stretch of the text. */
  private void blanks(String replacement) {
    int from = random.nextInt(text.length() + 1);
    int to = Math.min(text.length(), from + random.nextInt(80));
    String changed = text.substring(from, to).replace("\n", replacement);
    text.replace(from, to, random.nextBoolean() ? changed.replace(" ", replacement) : changed);
  }

  private char character() {
    return random.nextInt(3) == 0
        ? (char) random.nextInt(' ', 0x7f)
        : CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
  }

  private String word() {
    return words.get(random.nextInt(words.size()));
  }

  private int wordStart(int at) {
    int start = at;
    while (start > 0 && text.charAt(start - 1) > ' ') {
      start--;
    }
    return start;
  }

  private int wordEnd(int at) {
    int end = at;
    while (end < text.length() && text.charAt(end) > ' ') {
      end++;
    }
    return end;
  }

  private int lineStart(int at) {
    return text.lastIndexOf("\n", at - 1) + 1;
  }
}
