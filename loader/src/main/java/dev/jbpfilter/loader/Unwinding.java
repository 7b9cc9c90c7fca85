package dev.jbpfilter.loader;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Steps that undo or release what was done before. Closing takes them in reverse order, each
 * whatever becomes of the others, and throws the first failure.
 */
final class Unwinding implements AutoCloseable {
  private final Deque<Runnable> steps = new ArrayDeque<>();

  void add(Runnable step) {
    steps.push(step);
  }

  /** Drops all steps: what was done is to stay. */
  void forget() {
    steps.clear();
  }

  @Override
  public void close() {
    Cleanup cleanup = new Cleanup();
    while (!steps.isEmpty()) {
      cleanup.run(steps.pop());
    }
    cleanup.throwFirst();
  }
}
