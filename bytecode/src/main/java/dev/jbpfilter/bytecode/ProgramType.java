package dev.jbpfilter.bytecode;

/** Program types ({@code enum bpf_prog_type}). */
public enum ProgramType {
  XDP(6);

  private final int number;

  ProgramType(int number) {
    this.number = number;
  }

  /** The kernel's number. */
  public int number() {
    return number;
  }
}
