package dev.jbpfilter.loader.kernel;

/**
 * What a TC program is to run beside.
 *
 * @param link attached to the same direction of the same device
 * @param before whether the program runs before it; else right behind it
 */
public record TcxNeighbour(BpfLink link, boolean before) {
  private static final int BPF_F_BEFORE = 1 << 3;
  private static final int BPF_F_AFTER = 1 << 4;
  private static final int BPF_F_LINK = 1 << 13;

  /** {@code BPF_F_*} of {@code BPF_LINK_CREATE}. */
  int flags() {
    return BPF_F_LINK | (before ? BPF_F_BEFORE : BPF_F_AFTER);
  }
}
