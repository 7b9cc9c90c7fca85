package dev.jbpfilter.loader.kernel;

/** What a map update does with an existing or a missing key ({@code BPF_ANY} and its kin). */
public enum UpdateMode {
  /** Creates or replaces. */
  ANY(0),
  /** Creates only; {@code EEXIST} otherwise. */
  CREATE(1),
  /** Replaces only; {@code ENOENT} otherwise. */
  REPLACE(2);

  private final int flags;

  UpdateMode(int flags) {
    this.flags = flags;
  }

  int flags() {
    return flags;
  }
}
