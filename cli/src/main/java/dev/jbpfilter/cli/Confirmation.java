package dev.jbpfilter.cli;

import dev.jbpfilter.loader.Bpfilter;
import dev.jbpfilter.loader.Trial;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.kernel.Signals;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * What {@code --confirm} asks for: new chains stay only if somebody says so in time, on this
 * terminal or in another shell. Who is locked out by them does neither, and gets the old ones back;
 * the end of the terminal changes nothing.
 */
final class Confirmation {
  private static final int MOST_SECONDS = 86_400;
  private static final int STEP_MILLIS = 50;

  /** How long the end of the process waits for the old chains. */
  private static final int PATIENCE_SECONDS = 60;

  private final Console console;
  private final Trial trial;
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  private Confirmation(Console console, Trial trial) {
    this.console = console;
    this.trial = trial;
  }

  /**
   * Refuses a time that is none, and options that do not go together.
   *
   * @throws UsageException naming them
   */
  static void check(Arguments arguments, Command command) {
    String value = arguments.value(Option.CONFIRM).orElse(null);
    if (value == null) {
      return;
    }
    if (arguments.has(Option.DRY_RUN)) {
      throw command.error("option --confirm is incompatible with --dry-run");
    }
    if (seconds(value) == 0) {
      throw command.error(
          "--confirm expects a number of seconds from 1 to "
              + MOST_SECONDS
              + ", not '"
              + value
              + "'");
    }
  }

  /** The number of seconds that a text stands for; 0 if it stands for none that is allowed. */
  private static int seconds(String text) {
    try {
      int seconds = Integer.parseInt(text);
      return seconds > MOST_SECONDS || seconds < 0 || !Character.isDigit(text.charAt(0))
          ? 0
          : seconds;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /**
   * Changes chains, or tries to if {@code --confirm} is given.
   *
   * @param failure begins the last line when that fails
   * @param change does it
   * @param trial does it until it is confirmed
   * @throws CommandException if it fails or is not confirmed
   */
  static void load(
      Arguments arguments,
      Session session,
      String failure,
      Consumer<Bpfilter> change,
      BiFunction<Bpfilter, Duration, Trial> trial) {
    String value = arguments.value(Option.CONFIRM).orElse(null);
    if (value == null) {
      KernelAccess.load(session, failure, change);
      return;
    }
    int seconds = seconds(value);
    KernelAccess.load(
        session,
        failure,
        bpfilter -> {
          // The new chains may be what cuts the terminal off.
          Signals.ignoreHangUp();
          try (Trial begun = trial.apply(bpfilter, Duration.ofSeconds(seconds))) {
            session.console().endWork();
            new Confirmation(session.console(), begun).await(seconds);
          }
        });
  }

  private void await(int seconds) {
    Thread end = new Thread(this::interrupt, "end of trial");
    Runtime.getRuntime().addShutdownHook(end);
    try {
      console.info(
          "the new chains are on trial for "
              + seconds
              + " s: to keep them, "
              + (console.interactive() ? "press Enter, or " : "")
              + "run 'bfcli ruleset confirm' in another shell");
      String refusal = refusal(seconds);
      if (refusal.isEmpty()) {
        trial.keep();
        console.info("the new chains stay");
      } else if (trial.rollBack()) {
        throw CommandException.of(Errno.ETIMEDOUT, refusal + ", the old chains are back");
      }
    } finally {
      ended.countDown();
    }
  }

  /** Waits; why the new chains can't stay, or nothing if they can. */
  private String refusal(int seconds) {
    // Not by the wall clock, which may be set back meanwhile.
    long start = System.nanoTime();
    while (true) {
      if (trial.isConfirmed() || isEnterPressed()) {
        return "";
      }
      if (System.nanoTime() - start >= TimeUnit.SECONDS.toNanos(seconds)) {
        return "not confirmed within " + seconds + " s";
      }
      try {
        if (interrupted.await(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
          return "interrupted";
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return "interrupted";
      }
    }
  }

  /** What a script or a loop of a shell feeds is no answer. */
  private boolean isEnterPressed() {
    InputStream in = console.in();
    try {
      while (console.interactive() && in.available() > 0) {
        if (in.read() == '\n') {
          return true;
        }
      }
    } catch (IOException e) {
      // The terminal is gone.
    }
    return false;
  }

  /** A signal ends the process: the old chains first. */
  private void interrupt() {
    interrupted.countDown();
    try {
      ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
