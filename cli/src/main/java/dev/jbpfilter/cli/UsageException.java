package dev.jbpfilter.cli;

/** The words of the command line make no command. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String program;

  /**
   * @param program who complains: {@code bfcli} or {@code bfcli OBJECT ACTION}
   */
  UsageException(String program, String text) {
    super(text);
    this.program = program;
  }

  String program() {
    return program;
  }
}
