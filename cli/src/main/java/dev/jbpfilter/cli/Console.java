package dev.jbpfilter.cli;

import dev.jbpfilter.loader.kernel.Errno;
import java.io.InputStream;
import java.io.PrintStream;

/**
 * Where a command reads and writes: results go to standard output, all else to standard error, in
 * lines that begin with their level.
 */
final class Console {
  private static final String RED = "\u001b[1;31m";
  private static final String YELLOW = "\u001b[1;33m";
  private static final String GREEN = "\u001b[1;32m";
  private static final String BLUE = "\u001b[1;34m";
  private static final String RESET = "\u001b[0m";

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean colour;

  /**
   * @param colour whether levels and log entries are coloured
   */
  Console(InputStream in, PrintStream out, PrintStream err, boolean colour) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.colour = colour;
  }

  /** Standard input. */
  InputStream in() {
    return in;
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

  private void message(String level, String on, String text) {
    err.print((colour ? on + level + RESET : level) + ": " + text + "\n");
    err.flush();
  }
}
