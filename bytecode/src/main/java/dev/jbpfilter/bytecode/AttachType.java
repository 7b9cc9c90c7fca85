package dev.jbpfilter.bytecode;

/** Attach types ({@code enum bpf_attach_type}). */
public enum AttachType {
  XDP(37);

  private final int number;

  AttachType(int number) {
    this.number = number;
  }

  /** The kernel's number. */
  public int number() {
    return number;
  }
}
