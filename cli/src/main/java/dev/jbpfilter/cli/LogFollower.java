package dev.jbpfilter.cli;

import dev.jbpfilter.loader.Bpfilter;
import dev.jbpfilter.loader.ChainLog;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Prints a chain's log as it comes, until a signal ends the process or there is nothing more to
 * print. A signal does not lose an entry: once claimed, it is nobody else's, so the process ends
 * before the claim or behind the print.
 */
final class LogFollower {
  /** How long one wait takes; only new entries end the waiting. */
  private static final Duration WAIT = Duration.ofHours(1);

  /** Who reads may have stopped without going away; the end of the process does not wait for it. */
  private static final int PATIENCE_SECONDS = 2;

  /** How long the waiting takes when there is something to tell of losses. */
  private static final Duration SOON = Duration.ofSeconds(1);

  /** After how many entries to look for losses, if entries come one after another. */
  private static final int ENTRIES = 256;

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final ChainLog log;
  private final LogPrinter printer;
  private final LogLosses losses;

  /**
   * Held from the claim of an entry until it is printed; by the end of the process for ever. Fair,
   * so that the end is not passed over while entries come one after another.
   */
  private final ReentrantLock entry = new ReentrantLock(true);

  private LogFollower(ChainLog log, LogPrinter printer, LogLosses losses) {
    this.log = log;
    this.printer = printer;
    this.losses = losses;
  }

  /**
   * Prints the log of a chain; returns when there is nothing more to print.
   *
   * @param sinks opened once there is a log
   * @throws dev.jbpfilter.loader.kernel.BpfException if there is no such log
   * @throws CommandException if a sink fails
   */
  static void follow(
      Bpfilter bpfilter, String chain, Console console, LogPrinter.Wanted wanted, LogSinks sinks) {
    try (ChainLog log = bpfilter.openLog(chain)) {
      LogPrinter printer =
          new LogPrinter(console, log::bootTime, wanted, sinks.open(log::bootTime));
      LogLosses losses =
          new LogLosses(
              log::lost,
              System::nanoTime,
              (more, all) -> {
                console.warning(LogLosses.text(chain, more, all));
                printer.lost(System.currentTimeMillis() * NANOS_PER_MILLI, more, all);
              });
      new LogFollower(log, printer, losses).follow();
    }
  }

  private void follow() {
    Thread end = new Thread(this::takeLast, "end of log");
    Runtime.getRuntime().addShutdownHook(end);
    try {
      while (printAll()) {
        boolean more = false;
        while (!more) {
          more = log.await(hasLosses() ? SOON : WAIT);
        }
      }
    } finally {
      // Waits for ever if the process ends already: then what it does is the end.
      entry.lock();
      try {
        forget(end);
        losses.end();
      } finally {
        entry.unlock();
      }
    }
  }

  /** Prints what is there; returns false if there is nothing more to print. */
  private boolean printAll() {
    for (int count = 1; ; count++) {
      entry.lock();
      try {
        Optional<byte[]> next = log.poll();
        if (next.isEmpty()) {
          return true;
        }
        if (!printer.print(next.get())) {
          return false;
        }
        if (count % ENTRIES == 0) {
          losses.check();
        }
      } finally {
        entry.unlock();
      }
    }
  }

  /** Tells of losses; returns whether there are some to be told later. */
  private boolean hasLosses() {
    entry.lock();
    try {
      return losses.check();
    } finally {
      entry.unlock();
    }
  }

  /**
   * Waits for the end of the entry that is being printed; there is none behind it. Then tells what
   * was lost.
   */
  private void takeLast() {
    try {
      if (entry.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        losses.end();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void forget(Thread end) {
    try {
      Runtime.getRuntime().removeShutdownHook(end);
    } catch (IllegalStateException e) {
      // The process ends already.
    }
  }
}
