package dev.jbpfilter.ruleset;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** The words of the rule language: what a name may look like, and what is reserved. */
final class Words {
  /** Names with this prefix belong to half-built chains. */
  private static final String STAGING_PREFIX = "__bf_staging_";

  /** Chain names are file names. */
  private static final int MAX_NAME_BYTES = 255;

  static final String HOOK_PREFIX = "BF_HOOK_";

  private static final Set<String> KEYWORDS =
      Set.of(
          "chain",
          "rule",
          "set",
          "not",
          "counter",
          "ACCEPT",
          "DROP",
          "CONTINUE",
          "NEXT",
          "REDIRECT",
          "mark",
          "log",
          "every");

  private Words() {}

  static boolean isAlphanumeric(char c) {
    return isDigit(c) || isLower(c) || (c >= 'A' && c <= 'Z');
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLower(char c) {
    return c >= 'a' && c <= 'z';
  }

  static char toLower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
  }

  /** Equality of ASCII words without regard to case. */
  static boolean equalsIgnoreCase(String a, String b) {
    if (a.length() != b.length()) {
      return false;
    }
    for (int i = 0; i < a.length(); i++) {
      if (toLower(a.charAt(i)) != toLower(b.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  static boolean isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  /** What the reference tool takes for a blank outside braces and set keys. */
  static boolean isStrictBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n';
  }

  static boolean isWordChar(char c) {
    return isAlphanumeric(c) || c == '_';
  }

  static boolean isHookChar(char c) {
    return isWordChar(c) && !isLower(c);
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
    return KEYWORDS.contains(word) || isHookWord(word);
  }

  /** Whether {@code word} is read as a hook name, known or not. */
  static boolean isHookWord(String word) {
    if (!word.startsWith(HOOK_PREFIX) || word.length() == HOOK_PREFIX.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (!isHookChar(word.charAt(i))) {
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
