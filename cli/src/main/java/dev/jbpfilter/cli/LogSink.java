package dev.jbpfilter.cli;

import dev.jbpfilter.ruleset.packet.LogRecord;

/** Where the records of a chain's log go. */
interface LogSink {
  /**
   * Takes a record, and passes it on at once.
   *
   * @param time when the packet or call was, in nanoseconds since 1970 (UTC)
   * @return false if nobody sees what is passed on
   * @throws CommandException if it can't be passed on
   */
  boolean take(LogRecord record, long time);

  /**
   * Records were lost because the log was full.
   *
   * @param time when that was found out, in nanoseconds since 1970 (UTC)
   * @param more how many since it was told last
   * @param all how many since the log is there
   */
  default void lost(long time, long more, long all) {}
}
