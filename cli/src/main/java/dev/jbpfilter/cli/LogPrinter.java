package dev.jbpfilter.cli;

import dev.jbpfilter.ruleset.packet.LogRecord;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/** Passes the records of a chain's log on as they come, those that are wanted. */
final class LogPrinter {
  private final Console console;
  private final LongSupplier bootTime;
  private final Wanted wanted;
  private final List<LogSink> sinks;
  private long passed;

  /**
   * The records that are wanted.
   *
   * @param rules the indexes of their rules; empty for all
   * @param count how many; 0 for all
   */
  record Wanted(Set<Long> rules, long count) {
    /** Every record. */
    static final Wanted ALL = new Wanted(Set.of(), 0);

    /** Copies the set. */
    Wanted {
      rules = Set.copyOf(rules);
    }
  }

  /**
   * @param bootTime when the monotonic clock was 0, in nanoseconds since 1970 (UTC); asked for each
   *     entry, because it changes while the program runs: when the wall clock is set, and with each
   *     time that the system was suspended
   */
  LogPrinter(Console console, LongSupplier bootTime, Wanted wanted, List<LogSink> sinks) {
    this.console = console;
    this.bootTime = bootTime;
    this.wanted = wanted;
    this.sinks = List.copyOf(sinks);
  }

  /**
   * Passes a record on at once if it is wanted; warns if the bytes are none.
   *
   * @return false if there is nothing to be done any more: nobody sees what is printed, or as many
   *     have been as are wanted
   * @throws CommandException if it can't be passed on
   */
  boolean print(byte[] bytes) {
    LogRecord record;
    try {
      record = LogRecord.decode(bytes);
    } catch (IllegalArgumentException e) {
      console.warning("skipping a damaged log entry: " + e.getMessage());
      return true;
    }
    if (!wanted.rules.isEmpty() && !wanted.rules.contains(record.rule())) {
      return true;
    }
    long time = bootTime.getAsLong() + record.time();
    boolean seen = true;
    for (LogSink sink : sinks) {
      seen &= sink.take(record, time);
    }
    passed++;
    return seen && passed != wanted.count;
  }

  /** Tells that records were lost. */
  void lost(long time, long more, long all) {
    for (LogSink sink : sinks) {
      sink.lost(time, more, all);
    }
  }
}
