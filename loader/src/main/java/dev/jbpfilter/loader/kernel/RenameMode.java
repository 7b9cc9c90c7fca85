package dev.jbpfilter.loader.kernel;

/** What {@code renameat2(2)} does when the new name exists. */
public enum RenameMode {
  /** Replaces what has the name, a directory only if it is empty. */
  REPLACE(0),
  /** Fails with {@code EEXIST}. */
  NO_REPLACE(1),
  /** Swaps the two, which must both exist. */
  EXCHANGE(2);

  private final int flags;

  RenameMode(int flags) {
    this.flags = flags;
  }

  int flags() {
    return flags;
  }
}
