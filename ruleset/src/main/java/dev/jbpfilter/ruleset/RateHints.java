package dev.jbpfilter.ruleset;

import java.util.Optional;

/** What to write for what is no interval. */
final class RateHints {
  private RateHints() {}

  static Optional<String> hint(String text) {
    int end = 0;
    while (end < text.length() && (Words.isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
      end++;
    }
    String number = number(text.substring(0, end));
    String unit = text.substring(end).strip();
    if (number.isEmpty()) {
      return Optional.empty();
    }
    String meant =
        switch (unit) {
          case "", "S", "sec", "secs", "second", "seconds" -> number + "s";
          case "s", "ms", "us", "ns" -> number + unit;
          case "MS", "msec", "millisecond", "milliseconds" -> number + "ms";
          case "usec", "µs", "microsecond", "microseconds" -> number + "us";
          case "m", "M", "min", "mins", "minute", "minutes" -> times(number, 60);
          case "h", "H", "hour", "hours" -> times(number, 3600);
          case "d", "day", "days" -> times(number, 86400);
          case "/s", "/sec", "/second" -> part(number, 1_000_000_000L);
          case "/m", "/min", "/minute" -> part(number, 60_000_000_000L);
          default -> "";
        };
    return RateText.parse(meant) != 0
        ? Optional.of(Advice.write("every " + meant))
        : Optional.empty();
  }

  /** With a digit on both sides of the dot. */
  private static String number(String text) {
    String whole = text.startsWith(".") ? "0" + text : text;
    return whole.endsWith(".") ? whole.substring(0, whole.length() - 1) : whole;
  }

  private static String times(String number, long seconds) {
    long whole = NumberText.decimal(number);
    return whole > 0 && whole < 1_000_000 ? whole * seconds + "s" : "";
  }

  private static String part(String number, long nanos) {
    long whole = NumberText.decimal(number);
    return whole > 0 && whole <= nanos ? RateText.text(nanos / whole) : "";
  }
}
