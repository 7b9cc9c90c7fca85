package dev.jbpfilter.loader.kernel;

/** How {@code flock(2)} locks. */
public enum LockMode {
  /** With other readers. */
  SHARED(1),
  /** Alone. */
  EXCLUSIVE(2);

  private final int operation;

  LockMode(int operation) {
    this.operation = operation;
  }

  int operation() {
    return operation;
  }
}
