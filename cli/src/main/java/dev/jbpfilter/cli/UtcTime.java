package dev.jbpfilter.cli;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Points in time as RFC 3339 writes them, to the nanosecond. */
final class UtcTime {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private UtcTime() {}

  /** A time in nanoseconds since 1970 (UTC), for example {@code 2026-11-24T03:49:20.000000001Z}. */
  static String text(long nanos) {
    int fraction = (int) Math.floorMod(nanos, NANOS_PER_SECOND);
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(
            Math.floorDiv(nanos, NANOS_PER_SECOND), fraction, ZoneOffset.UTC);
    StringBuilder text = new StringBuilder();
    number(text, time.getYear(), 4).append('-');
    number(text, time.getMonthValue(), 2).append('-');
    number(text, time.getDayOfMonth(), 2).append('T');
    number(text, time.getHour(), 2).append(':');
    number(text, time.getMinute(), 2).append(':');
    number(text, time.getSecond(), 2).append('.');
    return number(text, fraction, 9).append('Z').toString();
  }

  private static StringBuilder number(StringBuilder text, int number, int width) {
    String digits = Integer.toString(number);
    return text.repeat('0', width - digits.length()).append(digits);
  }
}
