package dev.jbpfilter.cli;

import dev.jbpfilter.ruleset.packet.LogRecord;
import java.time.ZoneId;
import java.util.function.LongSupplier;

/** Prints the records of a chain's log as they come. */
final class LogPrinter {
  private final Console console;
  private final LogText format;

  /**
   * @param zone whose wall clock is shown
   * @param bootTime when the monotonic clock was 0, in nanoseconds since 1970 (UTC), as of now
   */
  LogPrinter(Console console, ZoneId zone, LongSupplier bootTime) {
    this.console = console;
    this.format = new LogText(zone, bootTime, console.colour());
  }

  /**
   * Prints a record at once; warns if the bytes are none.
   *
   * @return false if standard output is gone, so that nobody sees what is printed
   */
  boolean print(byte[] bytes) {
    LogRecord record;
    try {
      record = LogRecord.decode(bytes);
    } catch (IllegalArgumentException e) {
      console.warning("skipping a damaged log entry: " + e.getMessage());
      return true;
    }
    console.out().print(format.text(record));
    return console.flush();
  }
}
