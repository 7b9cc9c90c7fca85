package dev.jbpfilter.cli;

import java.util.List;
import java.util.function.LongSupplier;

/** Where records are to go once it is known that there is a log. */
interface LogSinks {
  /**
   * Opens what is written to.
   *
   * @param bootTime when the monotonic clock was 0, in nanoseconds since 1970 (UTC)
   * @throws CommandException if that fails
   */
  List<LogSink> open(LongSupplier bootTime);
}
