package dev.jbpfilter.ruleset;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The words of the rule language: what a name may look like, and what is reserved. */
final class Words {
  /** Names with this prefix belong to half-built chains. */
  private static final String STAGING_PREFIX = "__bf_staging_";

  /** Chain names are file names. */
  private static final int MAX_NAME_BYTES = 255;

  static final String HOOK_PREFIX = "BF_HOOK_";

  private static final int DIGIT = 1;
  private static final int LOWER = 1 << 1;
  private static final int UPPER = 1 << 2;
  private static final int UNDERSCORE = 1 << 3;
  private static final int BLANK = 1 << 4;

  /** What each ASCII character is, as one of the bits above. */
  private static final byte[] CLASSES = classes();

  /** What each ASCII character counts as a hexadecimal digit, 16 if it is none. */
  private static final byte[] DIGITS = digits();

  private Words() {}

  private static byte[] digits() {
    byte[] digits = new byte[128];
    for (int c = 0; c < digits.length; c++) {
      int digit = Character.digit(c, 16);
      digits[c] = (byte) (digit < 0 ? 16 : digit);
    }
    return digits;
  }

  private static byte[] classes() {
    byte[] classes = new byte[128];
    Arrays.fill(classes, '0', '9' + 1, (byte) DIGIT);
    Arrays.fill(classes, 'a', 'z' + 1, (byte) LOWER);
    Arrays.fill(classes, 'A', 'Z' + 1, (byte) UPPER);
    Arrays.fill(classes, '\t', '\r' + 1, (byte) BLANK);
    classes['_'] = UNDERSCORE;
    classes[' '] = BLANK;
    return classes;
  }

  private static boolean is(char c, int classes) {
    return c < CLASSES.length && (CLASSES[c] & classes) != 0;
  }

  static boolean isAlphanumeric(char c) {
    return is(c, DIGIT | LOWER | UPPER);
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLower(char c) {
    return c >= 'a' && c <= 'z';
  }

  /** What {@code c} counts as a digit of a radix up to 16, 16 if it is none. */
  static int digit(char c) {
    return c < DIGITS.length ? DIGITS[c] : 16;
  }

  static char toLower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
  }

  /** Equality of ASCII words without regard to case. */
  static boolean equalsIgnoreCase(String a, String b) {
    return equalsIgnoreCase(a, b, 0, b.length());
  }

  /** Whether {@code text} from {@code start} to {@code end} is {@code word}, in any case. */
  static boolean equalsIgnoreCase(String word, String text, int start, int end) {
    if (word.length() != end - start) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (toLower(word.charAt(i)) != toLower(text.charAt(start + i))) {
        return false;
      }
    }
    return true;
  }

  static boolean isBlank(char c) {
    return is(c, BLANK);
  }

  /** What the reference tool takes for a blank outside braces and set keys. */
  static boolean isStrictBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n';
  }

  static boolean isWordChar(char c) {
    return is(c, DIGIT | LOWER | UPPER | UNDERSCORE);
  }

  static boolean isHookChar(char c) {
    return is(c, DIGIT | UPPER | UNDERSCORE);
  }

  static boolean isWord(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isWordChar(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** Whether {@code word} has a meaning of its own everywhere, so that it can't be a name. */
  static boolean isReserved(String word) {
    Keyword keyword = Keyword.at(word, 0, word.length());
    return keyword == null ? isHookWord(word) : keyword.isReserved();
  }

  /** Whether {@code word} is read as a hook name, known or not. */
  static boolean isHookWord(String word) {
    return isHookWord(word, 0, word.length());
  }

  /** Whether {@code text} has a hook name, known or not, from {@code start} to {@code end}. */
  static boolean isHookWord(String text, int start, int end) {
    int name = start + HOOK_PREFIX.length();
    if (name >= end || !text.startsWith(HOOK_PREFIX, start)) {
      return false;
    }
    for (int i = name; i < end; i++) {
      if (!isHookChar(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Refuses what can't be written as a name. */
  static void checkName(String what, String name) {
    if (!isWord(name) || isReserved(name)) {
      throw new IllegalArgumentException("not a " + what + ": '" + name + "'");
    }
  }

  /** Why {@code name}, a word that is not reserved, can't be the name of a chain. */
  static Optional<String> chainNameProblem(String name) {
    if (name.startsWith(STAGING_PREFIX)) {
      return Optional.of(
          "chain name "
              + Printable.quote(name)
              + " is reserved: names can't start with "
              + STAGING_PREFIX);
    }
    return isTooLong(name)
        ? Optional.of(
            "chain name "
                + Printable.quote(name)
                + " is longer than "
                + MAX_NAME_BYTES
                + " bytes: File name too long")
        : Optional.empty();
  }

  /** Refuses what can't be the name of a chain. */
  static void checkChainName(String name) {
    checkName("chain name", name);
    Check.requireNone(chainNameProblem(name));
  }

  private static boolean isTooLong(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES;
  }
}
