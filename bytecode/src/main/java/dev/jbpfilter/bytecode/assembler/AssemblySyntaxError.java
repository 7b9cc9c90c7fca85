package dev.jbpfilter.bytecode.assembler;

import dev.jbpfilter.bytecode.assembler.AssemblyException.Problem;
import org.jspecify.annotations.Nullable;

/** Ends the reading of a line. */
final class AssemblySyntaxError extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  AssemblySyntaxError(int line, int column, String message, @Nullable String hint) {
    super(message, null, false, false);
    problem = new Problem(line, column, message, hint);
  }

  Problem problem() {
    return problem;
  }
}
