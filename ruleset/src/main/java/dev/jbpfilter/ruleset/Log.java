package dev.jbpfilter.ruleset;

/**
 * The {@code log} option of a rule.
 *
 * @param headers the headers to log, an or of {@link Layer#logBit()}, or {@link #ALL_HEADERS}
 * @param intervalNanos at most one entry in that many nanoseconds, unsigned; 0 for no limit
 */
public record Log(int headers, long intervalNanos) {

  /** The value of a bare {@code log}; differs from naming all three layers. */
  public static final int ALL_HEADERS = 0xff;

  public Log {
    if (headers != ALL_HEADERS) {
      Check.range("log headers", headers, 1, 7);
    }
  }

  /** Whether {@code layer}'s header is wanted. */
  public boolean has(Layer layer) {
    return (headers & layer.logBit()) != 0;
  }

  /** As written in the rule language, for example {@code log link,transport every 1500ms}. */
  public String text() {
    String names = headers == ALL_HEADERS ? "" : " " + NameTable.LOG_HEADERS.join(headers);
    return "log" + names + (intervalNanos == 0 ? "" : " every " + RateText.text(intervalNanos));
  }
}
