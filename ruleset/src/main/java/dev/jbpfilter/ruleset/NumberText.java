package dev.jbpfilter.ruleset;

/** Readers of numbers. What they refuse is one of the negative constants. */
final class NumberText {
  static final long INVALID = -1;

  /** A number below zero. */
  static final long NEGATIVE = -2;

  /** More than any number of the language; stands for whatever does not fit. */
  static final long TOO_BIG = Long.MAX_VALUE;

  /** Numbers up to this one take another digit of any radix, and are far above all bounds. */
  private static final long MOST = Long.MAX_VALUE >>> 5;

  private NumberText() {}

  /** Decimal digits only; leading zeros mean nothing. */
  static long decimal(String text) {
    return decimal(text, 0, text.length());
  }

  /** {@link #decimal(String)} of the text between {@code start} and {@code end}. */
  static long decimal(String text, int start, int end) {
    return digits(text, start, end, 10);
  }

  /** Decimal, else hexadecimal with or without prefix: {@code 10} is ten, {@code a} is ten. */
  static long decimalOrHex(String text) {
    long decimal = decimal(text);
    if (decimal != INVALID) {
      return decimal;
    }
    return digits(text, hasHexPrefix(text) ? 2 : 0, text.length(), 16);
  }

  /** As in C: {@code 0x} is hexadecimal, a leading zero octal, the rest decimal; with sign. */
  static long cBase(String text) {
    if (text.startsWith("-")) {
      long magnitude = unsignedCBase(text.substring(1));
      return magnitude > 0 ? NEGATIVE : magnitude;
    }
    return unsignedCBase(text);
  }

  /** {@link #cBase} without sign. */
  static long unsignedCBase(String text) {
    if (hasHexPrefix(text)) {
      return digits(text, 2, text.length(), 16);
    }
    return digits(text, 0, text.length(), text.startsWith("0") ? 8 : 10);
  }

  private static boolean hasHexPrefix(String text) {
    return text.startsWith("0x") || text.startsWith("0X");
  }

  private static long digits(String text, int start, int end, int radix) {
    if (start == end) {
      return INVALID;
    }
    long value = 0;
    for (int i = start; i < end; i++) {
      int digit = Words.digit(text.charAt(i));
      if (digit >= radix) {
        return INVALID;
      }
      value = value > MOST ? TOO_BIG : value * radix + digit;
    }
    return value;
  }
}
