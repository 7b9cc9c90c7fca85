package dev.jbpfilter.cli;

import dev.jbpfilter.loader.Bpfilter;
import dev.jbpfilter.loader.ChainLog;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Prints a chain's log as it comes, until a signal ends the process or nobody reads what is
 * printed. A signal does not lose an entry: once claimed, it is nobody else's, so the process ends
 * before the claim or behind the print.
 */
final class LogFollower {
  /** How long one wait takes; only new entries end the waiting. */
  private static final Duration WAIT = Duration.ofHours(1);

  /** Who reads may have stopped without going away; the end of the process does not wait for it. */
  private static final int PATIENCE_SECONDS = 2;

  private final ChainLog log;
  private final LogPrinter printer;

  /**
   * Held from the claim of an entry until it is printed; by the end of the process for ever. Fair,
   * so that the end is not passed over while entries come one after another.
   */
  private final ReentrantLock entry = new ReentrantLock(true);

  private LogFollower(ChainLog log, LogPrinter printer) {
    this.log = log;
    this.printer = printer;
  }

  /**
   * Prints the log of a chain; returns when standard output is gone.
   *
   * @throws dev.jbpfilter.loader.kernel.BpfException if there is no such log
   */
  static void follow(Bpfilter bpfilter, String chain, Console console) {
    try (ChainLog log = bpfilter.openLog(chain)) {
      LogPrinter printer = new LogPrinter(console, ZoneId.systemDefault(), log::bootTime);
      new LogFollower(log, printer).follow();
    }
  }

  private void follow() {
    Thread end = new Thread(this::takeLast, "end of log");
    Runtime.getRuntime().addShutdownHook(end);
    try {
      while (printAll()) {
        boolean more = false;
        while (!more) {
          more = log.await(WAIT);
        }
      }
    } finally {
      forget(end);
    }
  }

  /** Prints what is there; returns false if standard output is gone. */
  private boolean printAll() {
    while (true) {
      entry.lock();
      try {
        Optional<byte[]> next = log.poll();
        if (next.isEmpty()) {
          return true;
        }
        if (!printer.print(next.get())) {
          return false;
        }
      } finally {
        entry.unlock();
      }
    }
  }

  /** Waits for the end of the entry that is being printed; there is none behind it. */
  private void takeLast() {
    try {
      entry.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
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
