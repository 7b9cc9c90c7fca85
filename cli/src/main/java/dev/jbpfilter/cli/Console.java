package dev.jbpfilter.cli;

import dev.jbpfilter.loader.kernel.Errno;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a command reads and writes: results go to standard output, all else to standard error, in
 * lines that begin with their level.
 */
final class Console {
  private static final String RED = "\u001b[1;31m";
  private static final String YELLOW = "\u001b[1;33m";
  private static final String GREEN = "\u001b[1;32m";
  private static final String BLUE = "\u001b[1;34m";
  private static final String BOLD = "\u001b[1m";
  private static final String RESET = "\u001b[0m";

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean colour;
  private final boolean interactive;
  private final @Nullable Progress progress;

  /**
   * @param colour whether levels and log entries are coloured
   * @param interactive whether somebody sits at standard input
   * @param progress shows on standard error what takes long; null if nothing shall
   */
  Console(
      InputStream in,
      PrintStream out,
      PrintStream err,
      boolean colour,
      boolean interactive,
      @Nullable Progress progress) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.colour = colour;
    this.interactive = interactive;
    this.progress = progress;
  }

  /** A console that nobody sits at, without progress line. */
  Console(InputStream in, PrintStream out, PrintStream err, boolean colour) {
    this(in, out, err, colour, false, null);
  }

  /**
   * Begins what may take long and prints nothing but messages.
   *
   * @param name what a progress line calls it; a few words
   */
  void beginWork(String name) {
    if (progress != null) {
      progress.begin(name);
    }
  }

  /**
   * The same, of what comes in large numbers.
   *
   * @param done how many are done, from any thread
   * @param what they are
   */
  void beginWork(String name, LongSupplier done, String what) {
    if (progress != null) {
      progress.begin(name, () -> ", " + done.getAsLong() + " " + what);
    }
  }

  /** Ends what was begun, whether it succeeded or not. */
  void endWork() {
    if (progress != null) {
      progress.end();
    }
  }

  /** Standard input. */
  InputStream in() {
    return in;
  }

  /** Whether somebody sits at standard input, who can answer. */
  boolean interactive() {
    return interactive;
  }

  /** Standard output. */
  PrintStream out() {
    return out;
  }

  /** Standard error, for what is no message. */
  PrintStream err() {
    return err;
  }

  /** Whether output is coloured. */
  boolean colour() {
    return colour;
  }

  /** A line about misuse of the command line by {@code program}, and where to look. */
  void usageError(String program, String text) {
    err.print(program + ": " + text + "\n");
    err.print("Try '" + program + " --help' or '" + program + " --usage' for more information.\n");
  }

  /** Sends what was printed on its way; returns false if some of standard output was lost. */
  boolean flush() {
    err.flush();
    return !out.checkError();
  }

  /** Why standard output was lost: an error number, EIO if it is not known. */
  int lossErrno() {
    return out instanceof StandardOutput output ? output.errno() : Errno.EIO;
  }

  void abort(String text) {
    message("abort  ", RED, text);
  }

  void error(String text) {
    message("error  ", RED, text);
  }

  void warning(String text) {
    message("warning", YELLOW, text);
  }

  void info(String text) {
    message("info   ", GREEN, text);
  }

  void debug(String text) {
    message("debug  ", BLUE, text);
  }

  /** The text in the colour of errors, if there are colours. */
  String errorColour(String text) {
    return colour ? RED + text + RESET : text;
  }

  /** The text in the colour of warnings, if there are colours. */
  String warningColour(String text) {
    return colour ? YELLOW + text + RESET : text;
  }

  /** The text in the colour of what is well, if there are colours. */
  String successColour(String text) {
    return colour ? GREEN + text + RESET : text;
  }

  /** The text in bold, if there are colours. */
  String strong(String text) {
    return colour ? BOLD + text + RESET : text;
  }

  private void message(String level, String on, String text) {
    String line = (colour ? on + level + RESET : level) + ": " + text + "\n";
    if (progress == null) {
      print(line);
    } else {
      progress.without(() -> print(line));
    }
  }

  private void print(String message) {
    err.print(message);
    err.flush();
  }
}
