package dev.jbpfilter.ruleset;

import java.util.Set;

/** Operators of this language and of others, as users write them. */
final class Operators {
  private static final Set<String> EQUAL =
      Set.of("=", "==", "===", "is", "eq", "EQ", ":", "=~", "~");
  private static final Set<String> UNEQUAL =
      Set.of("!=", "!==", "<>", "!", "ne", "NE", "neq", "not", "NOT", "Not");
  private static final Set<String> ORDER = Set.of("<", "<=", ">", ">=", "lt", "le", "gt", "ge");

  private Operators() {}

  /** Whether {@code word} compares for equality, negated or not. */
  static boolean isWord(String word) {
    return EQUAL.contains(word) || UNEQUAL.contains(word);
  }

  static boolean negates(String word) {
    return UNEQUAL.contains(word);
  }

  /** Whether {@code word} compares by size. */
  static boolean isOrder(String word) {
    return ORDER.contains(word);
  }

  /** The length of the signs that {@code word} begins with, as far as they are an operator. */
  static int prefix(String word) {
    int length = 0;
    while (length < word.length() && "=!<>~:".indexOf(word.charAt(length)) >= 0) {
      length++;
    }
    String sign = word.substring(0, length);
    // Colons begin IPv6 addresses.
    return length > 0 && !sign.startsWith("::") && (isWord(sign) || isOrder(sign)) ? length : 0;
  }

  /** The numbers that compare with {@code bound} as {@code order} says, as a range. */
  static String range(String order, long bound, long maximum) {
    return switch (order) {
      case "<", "lt" -> "0-" + (bound - 1);
      case "<=", "le" -> "0-" + bound;
      case ">", "gt" -> (bound + 1) + "-" + maximum;
      default -> bound + "-" + maximum;
    };
  }
}
