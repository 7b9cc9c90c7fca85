package dev.jbpfilter.loader.kernel;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A system call that failed, or a request that is refused before any. The message names the object,
 * the step and, once, the text of the error number; after a rejected program also the verifier's
 * last word.
 */
public final class BpfException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Enough for the instruction that was refused, the registers before it, and why. */
  private static final int END_LINES = 6;

  private final String command;
  private final int errno;
  private final String detail;
  private final String place;
  private final @Nullable String verifierLog;

  /**
   * @param command the step: a bpf(2) command such as {@code BPF_PROG_LOAD}, or a system call
   * @param errno positive
   * @param detail the object
   */
  public BpfException(String command, int errno, String detail) {
    this(command, errno, detail, null);
  }

  /**
   * @param command the step: a bpf(2) command such as {@code BPF_PROG_LOAD}, or a system call
   * @param errno positive
   * @param detail the object
   * @param verifierLog what the verifier wrote; null if it was not asked
   */
  public BpfException(String command, int errno, String detail, @Nullable String verifierLog) {
    this(command, errno, detail, "", verifierLog);
  }

  private BpfException(
      String command, int errno, String detail, String place, @Nullable String verifierLog) {
    super(message(command, errno, detail, place, verifierLog));
    if (errno <= 0) {
      throw new IllegalArgumentException("errno " + errno + " is not positive");
    }
    this.command = command;
    this.errno = errno;
    this.detail = detail;
    this.place = place;
    this.verifierLog = verifierLog;
  }

  /**
   * A program that the verifier refused.
   *
   * @param place which instruction that was about, and what it is for; may be empty
   */
  static BpfException rejection(
      String command, int errno, String detail, String place, String verifierLog) {
    return new BpfException(command, errno, detail, place, verifierLog);
  }

  /**
   * A request that needs no kernel to be refused. The message is the text and that of the error
   * number; there is no command.
   */
  public static BpfException refusal(int errno, String text) {
    return new BpfException("", errno, text);
  }

  /** The same failure as part of a greater step, which the message starts with. */
  public BpfException within(String step) {
    BpfException failure =
        new BpfException(command, errno, step + ": " + detail, place, verifierLog);
    failure.initCause(this);
    return failure;
  }

  /** The step that failed; empty for a {@link #refusal}. */
  public String command() {
    return command;
  }

  /** The error number, positive: {@link Errno}. */
  public int errno() {
    return errno;
  }

  /** The object of the step. */
  public String detail() {
    return detail;
  }

  /** What the verifier wrote, whole, if it was asked. */
  public Optional<String> verifierLog() {
    return Optional.ofNullable(verifierLog);
  }

  /** The last lines that the verifier wrote, without its statistics; none if it was not asked. */
  public List<String> verifierEnd() {
    return verifierLog == null ? List.of() : VerifierLog.lastUsefulLines(verifierLog, END_LINES);
  }

  private static String message(
      String command, int errno, String detail, String place, @Nullable String verifierLog) {
    StringBuilder text = new StringBuilder(detail).append(": ");
    if (!command.isEmpty()) {
      text.append(command).append(": ");
    }
    if (!place.isEmpty()) {
      text.append(place).append(": ");
    }
    String verdict = verifierLog == null ? "" : VerifierLog.lastUsefulLine(verifierLog);
    if (!verdict.isEmpty()) {
      text.append(verdict).append(": ");
    }
    return text.append(Errno.text(errno)).toString();
  }
}
