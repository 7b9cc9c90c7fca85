package dev.jbpfilter.bytecode;

import dev.jbpfilter.bytecode.Checker.Problem;
import java.util.List;

/** A program has problems that {@link Checker} finds. The message tells the first one. */
public final class CheckException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  CheckException(List<Problem> problems) {
    super(
        problems.size() == 1
            ? problems.getFirst().toString()
            : problems.getFirst() + ", and " + (problems.size() - 1) + " more");
    this.problems = List.copyOf(problems);
  }

  /** All problems, by slot. */
  public List<Problem> problems() {
    return problems;
  }
}
