package dev.jbpfilter.ruleset;

import java.util.function.Supplier;

/** Ends the reading of a construct that is beyond repair; knows what to tell the user. */
final class SyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int position;
  private final transient Supplier<Diagnostic> diagnostic;

  /**
   * @param position where reading came to its end
   */
  SyntaxException(int position, Supplier<Diagnostic> diagnostic) {
    super(null, null, false, false);
    this.position = position;
    this.diagnostic = diagnostic;
  }

  int position() {
    return position;
  }

  /** Makes the diagnostic, which takes time for guessing. */
  Supplier<Diagnostic> diagnostic() {
    return diagnostic;
  }
}
