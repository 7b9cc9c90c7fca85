package dev.jbpfilter.loader.kernel;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A system call that failed, or a request that is refused before any. The message names the object,
 * the step and, once, the text of the error number; after a rejected program also the verifier's
 * last word.
 */
public final class BpfException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String command;
  private final int errno;
  private final String detail;
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
    super(message(command, errno, detail, verifierLog));
    if (errno <= 0) {
      throw new IllegalArgumentException("errno " + errno + " is not positive");
    }
    this.command = command;
    this.errno = errno;
    this.detail = detail;
    this.verifierLog = verifierLog;
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
    BpfException failure = new BpfException(command, errno, step + ": " + detail, verifierLog);
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

  private static String message(
      String command, int errno, String detail, @Nullable String verifierLog) {
    String verdict = verifierLog == null ? "" : VerifierLog.lastUsefulLine(verifierLog);
    String step = detail + ": " + (command.isEmpty() ? "" : command + ": ");
    return (verdict.isEmpty() ? step : step + verdict + ": ") + Errno.text(errno);
  }
}
