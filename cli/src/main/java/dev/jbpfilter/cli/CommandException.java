package dev.jbpfilter.cli;

import dev.jbpfilter.loader.kernel.Errno;
import java.util.List;

/** A command failed for a reason that its user can understand. */
final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Begins, in a line of its own below a message, what to do instead. */
  static final String HINT = "\n  = ";

  private final int errno;
  private final transient List<String> lines;

  /**
   * @param errno decides the exit status
   * @param lines the messages, innermost cause first
   */
  CommandException(int errno, List<String> lines) {
    super(lines.getFirst());
    this.errno = errno;
    this.lines = List.copyOf(lines);
  }

  /** A failure told in one line, which gets the text of the error number. */
  static CommandException of(int errno, String text) {
    return new CommandException(errno, List.of(withError(text, errno)));
  }

  /** The line {@code text: text of errno}. */
  static String withError(String text, int errno) {
    return text + ": " + Errno.text(errno);
  }

  int errno() {
    return errno;
  }

  List<String> lines() {
    return lines;
  }
}
