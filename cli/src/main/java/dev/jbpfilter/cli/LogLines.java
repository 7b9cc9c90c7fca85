package dev.jbpfilter.cli;

import dev.jbpfilter.ruleset.packet.LogRecord;

/** Prints records for people, entry by entry. */
record LogLines(Console console, LogText format) implements LogSink {
  @Override
  public boolean take(LogRecord record, long time) {
    console.out().print(format.text(record));
    return console.flush();
  }
}
