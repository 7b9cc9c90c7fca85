package dev.jbpfilter.bytecode.assembler;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text is not what {@link Assembler} reads. It tells of all problems that were found, one for
 * each line at most, up to {@value #MAX_PROBLEMS}.
 */
public final class AssemblyException extends RuntimeException {
  /** After so many problems the assembler gives up. */
  public static final int MAX_PROBLEMS = 100;

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  AssemblyException(List<Problem> problems) {
    super(text(problems));
    this.problems = List.copyOf(problems);
  }

  /**
   * One problem. Control characters of the source become U+FFFD in the message.
   *
   * @param line from 1
   * @param column from 1, in characters
   * @param hint what may help, if anything: a sentence without a capital letter or a full stop
   */
  public record Problem(int line, int column, String message, @Nullable String hint) {
    /** Makes the message printable. */
    public Problem {
      message = printable(message);
    }

    @Override
    public String toString() {
      String text = "line " + line + ", column " + column + ": " + message;
      return hint == null ? text : text + " (" + hint + ")";
    }
  }

  /** The problems by ascending line, at least one. */
  public List<Problem> problems() {
    return problems;
  }

  private static String printable(String message) {
    StringBuilder text = new StringBuilder(message);
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        text.setCharAt(i, '\ufffd');
      }
    }
    return text.toString();
  }

  private static String text(List<Problem> problems) {
    StringBuilder text = new StringBuilder();
    for (Problem problem : problems) {
      text.append(text.isEmpty() ? "" : "\n").append(problem);
    }
    return text.toString();
  }
}
