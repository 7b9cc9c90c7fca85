package dev.jbpfilter.ruleset.packet.capture;

/**
 * How a file counts time.
 *
 * @param code as in {@code if_tsresol}: the negative exponent of 10 or, with the highest bit, of 2,
 *     of what a unit is in seconds
 * @param offset seconds to add
 */
record TimeResolution(int code, long offset) {
  static final TimeResolution MICROSECONDS = new TimeResolution(6, 0);
  static final TimeResolution NANOSECONDS = new TimeResolution(9, 0);

  private static final int POWER_OF_TWO = 0x80;
  private static final long NANOS = 1_000_000_000;

  /** The last power of 10 that an unsigned number of 64 bits can be. */
  private static final int MOST_DIGITS = 19;

  /** Nanoseconds since 1970; the nearest that there are if it is too far from it. */
  long nanos(long units) {
    int exponent = code & ~POWER_OF_TWO;
    long seconds;
    long rest;
    if ((code & POWER_OF_TWO) != 0) {
      seconds = exponent < Long.SIZE ? units >>> exponent : 0;
      rest = binaryFraction(units, exponent);
    } else if (exponent > MOST_DIGITS) {
      seconds = 0;
      rest = exponent - 9 > MOST_DIGITS ? 0 : Long.divideUnsigned(units, power(exponent - 9));
    } else {
      long unit = power(exponent);
      seconds = Long.divideUnsigned(units, unit);
      long fraction = Long.remainderUnsigned(units, unit);
      rest =
          exponent <= 9
              ? fraction * power(9 - exponent)
              : Long.divideUnsigned(fraction, power(exponent - 9));
    }
    return saturated(seconds, rest);
  }

  private static long binaryFraction(long units, int exponent) {
    long fraction = exponent < Long.SIZE ? units & ((1L << exponent) - 1) : units;
    long high = Math.unsignedMultiplyHigh(fraction, NANOS);
    long low = fraction * NANOS;
    if (exponent == 0) {
      return 0;
    }
    return exponent < Long.SIZE
        ? high << (Long.SIZE - exponent) | low >>> exponent
        : high >>> (exponent - Long.SIZE);
  }

  private static long power(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= 10;
    }
    return power;
  }

  private long saturated(long unsignedSeconds, long nanos) {
    long limit = Long.MAX_VALUE / NANOS - 1;
    long seconds = unsignedSeconds < 0 ? Long.MAX_VALUE : unsignedSeconds;
    long sum = seconds + offset;
    if (sum > limit || (offset > 0 && sum < 0)) {
      return Long.MAX_VALUE;
    }
    return sum < -limit ? Long.MIN_VALUE : sum * NANOS + nanos;
  }
}
