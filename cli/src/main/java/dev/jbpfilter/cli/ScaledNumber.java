package dev.jbpfilter.cli;

/** Numbers in a few characters. */
final class ScaledNumber {
  private static final String PREFIXES = "kMGTPE";
  private static final long LONGEST_EXACT = 9_999_999_999L;

  private ScaledNumber() {}

  /** A number that is not negative, to three digits or one decimal: 0, 0.4, 12.3, 456, 7.89k. */
  static String rate(double value) {
    if (value == 0) {
      return "0";
    }
    if (value < 99.95) {
      return decimals(value, 10);
    }
    if (value < 999.5) {
      return Long.toString(Math.round(value));
    }
    double scaled = value;
    int prefix = -1;
    while (scaled >= 999.5 && prefix < PREFIXES.length() - 1) {
      scaled /= 1000;
      prefix++;
    }
    String digits =
        scaled < 9.995
            ? decimals(scaled, 100)
            : scaled < 99.95 ? decimals(scaled, 10) : Long.toString(Math.round(scaled));
    return digits + PREFIXES.charAt(prefix);
  }

  /** A number without sign: exact up to ten digits. */
  static String total(long value) {
    if (value >= 0 && value <= LONGEST_EXACT) {
      return Long.toString(value);
    }
    return rate(value >= 0 ? value : (value >>> 1) * 2.0);
  }

  private static String decimals(double value, int scale) {
    long rounded = Math.round(value * scale);
    String fraction = Long.toString(rounded % scale);
    int missing = Integer.toString(scale).length() - 1 - fraction.length();
    return rounded / scale + "." + "0".repeat(missing) + fraction;
  }
}
