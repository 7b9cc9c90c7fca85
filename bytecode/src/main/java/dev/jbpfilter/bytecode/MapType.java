package dev.jbpfilter.bytecode;

/** Map types ({@code enum bpf_map_type}). */
public enum MapType {
  ARRAY(2),
  PERCPU_ARRAY(6);

  private final int number;

  MapType(int number) {
    this.number = number;
  }

  /** The kernel's number. */
  public int number() {
    return number;
  }
}
