package dev.jbpfilter.ruleset;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;

/** Reads and writes the intervals of {@code log every}. */
final class RateText {
  private static final BigInteger MAXIMUM = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  /** No number within bounds needs more digits than this, unless it is padded with zeros. */
  private static final int MOST_CHARACTERS = 100;

  private static final int MOST_EXPONENT = 30;

  private static final String[] UNITS = {"s", "ms", "us", "ns"};
  private static final long[] NANOS = {1_000_000_000L, 1_000_000L, 1_000L, 1L};

  private RateText() {}

  /** The interval in nanoseconds, unsigned; 0 if the text is refused. */
  static long parse(String text) {
    int unit = 0;
    while (unit < UNITS.length - 1 && !hasUnit(text, UNITS[unit])) {
      unit++;
    }
    int end = text.length() - UNITS[unit].length();
    if (!hasUnit(text, UNITS[unit]) || !isNumber(text, end)) {
      return 0;
    }
    BigInteger nanos =
        new BigDecimal(text.substring(0, end))
            .multiply(BigDecimal.valueOf(NANOS[unit]))
            .setScale(0, RoundingMode.HALF_UP)
            .toBigInteger();
    return nanos.compareTo(MAXIMUM) > 0 ? 0 : nanos.longValue();
  }

  /**
   * The interval in nanoseconds, unsigned.
   *
   * @throws IllegalArgumentException if it is less than 1 or more than 2^64-1
   */
  static long nanos(Duration interval) {
    BigInteger nanos =
        BigInteger.valueOf(interval.getSeconds())
            .multiply(BigInteger.valueOf(NANOS[0]))
            .add(BigInteger.valueOf(interval.getNano()));
    if (nanos.signum() <= 0 || nanos.compareTo(MAXIMUM) > 0) {
      throw new IllegalArgumentException(RuleText.invalidRate(interval.toString()));
    }
    return nanos.longValue();
  }

  private static boolean hasUnit(String text, String unit) {
    int before = text.length() - unit.length() - 1;
    return before >= 0 && text.endsWith(unit) && Words.isDigit(text.charAt(before));
  }

  /** Digits, optionally a dot and digits, optionally an exponent, up to {@code end}. */
  private static boolean isNumber(String text, int end) {
    if (end > MOST_CHARACTERS) {
      return false;
    }
    int i = digits(text, 0, end);
    if (i == 0) {
      return false;
    }
    if (i < end && text.charAt(i) == '.') {
      int fraction = digits(text, i + 1, end);
      if (fraction == i + 1) {
        return false;
      }
      i = fraction;
    }
    if (i < end && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
      int exponent = i + 1;
      i = digits(text, exponent, end);
      return i == end && NumberText.decimal(text.substring(exponent, end)) <= MOST_EXPONENT;
    }
    return i == end;
  }

  private static int digits(String text, int start, int end) {
    int i = start;
    while (i < end && Words.isDigit(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /** The interval with the largest unit that divides it. */
  static String text(long nanos) {
    int unit = 0;
    while (Long.remainderUnsigned(nanos, NANOS[unit]) != 0) {
      unit++;
    }
    return Long.toUnsignedString(Long.divideUnsigned(nanos, NANOS[unit])) + UNITS[unit];
  }
}
