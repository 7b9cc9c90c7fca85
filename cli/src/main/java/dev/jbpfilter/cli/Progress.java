package dev.jbpfilter.cli;

import java.io.PrintStream;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A line on a terminal that tells what takes more than a second, and for how long it has. It goes
 * away before anything else is printed there, and when the work is done.
 *
 * <p>The line is drawn by another thread than that which works; all methods can be called from any.
 */
final class Progress {
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final int INTERVAL_MILLIS = 250;

  /** To the first column, and clear from there to the end of the line (ECMA-48, EL). */
  private static final String ERASE = "\r\u001b[K";

  private final PrintStream terminal;
  private final LongSupplier nanoTime;
  private final Timer timer;

  private @Nullable String task;
  private Supplier<String> detail = () -> "";
  private long start;
  private Runnable stop = () -> {};

  /** The seconds that the line shows; 0 if there is no line. */
  private long shown;

  /** Something that calls back now and then. */
  interface Timer {
    /** Begins to call {@code tick} now and then. Returns what ends that. */
    Runnable start(Runnable tick);
  }

  Progress(PrintStream terminal, LongSupplier nanoTime, Timer timer) {
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.timer = timer;
  }

  /** A line that a thread draws. */
  static Progress on(PrintStream terminal) {
    return new Progress(terminal, System::nanoTime, Progress::tickInThread);
  }

  private static Runnable tickInThread(Runnable tick) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (true) {
                  Thread.sleep(INTERVAL_MILLIS);
                  tick.run();
                }
              } catch (InterruptedException e) {
                // The work is done.
              }
            },
            "progress");
    thread.setDaemon(true);
    thread.start();
    return thread::interrupt;
  }

  /** Prints something else than the line. */
  synchronized void without(Runnable print) {
    erase();
    print.run();
  }

  /**
   * Work begins.
   *
   * @param name what it is, short enough for any terminal
   * @throws IllegalStateException if other work goes on
   */
  void begin(String name) {
    begin(name, () -> "");
  }

  /**
   * Work begins.
   *
   * @param name what it is, short enough for any terminal
   * @param more what to show behind the time
   * @throws IllegalStateException if other work goes on
   */
  synchronized void begin(String name, Supplier<String> more) {
    if (task != null) {
      throw new IllegalStateException(task + " goes on");
    }
    task = name;
    detail = more;
    start = nanoTime.getAsLong();
    stop = timer.start(this::tick);
  }

  /** Work ends, if any goes on. */
  synchronized void end() {
    erase();
    task = null;
    stop.run();
    stop = () -> {};
  }

  private synchronized void tick() {
    long seconds = (nanoTime.getAsLong() - start) / NANOS_PER_SECOND;
    if (task != null && seconds != shown) {
      terminal.print(ERASE + task + ", " + seconds + " s" + detail.get());
      terminal.flush();
      shown = seconds;
    }
  }

  private synchronized void erase() {
    if (shown != 0) {
      terminal.print(ERASE);
      terminal.flush();
      shown = 0;
    }
  }
}
