package dev.jbpfilter.loader;

import org.jspecify.annotations.Nullable;

/** Steps that are all tried whatever becomes of the others. The first failure carries the rest. */
final class Cleanup {
  private @Nullable RuntimeException failure;

  Cleanup() {}

  /** A cleanup after a failure, which carries those of the cleanup. */
  Cleanup(RuntimeException failure) {
    this.failure = failure;
  }

  void run(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      if (failure == null) {
        failure = e;
      } else {
        failure.addSuppressed(e);
      }
    }
  }

  /** Throws the first failure, if there was any. */
  void throwFirst() {
    if (failure != null) {
      throw failure;
    }
  }
}
