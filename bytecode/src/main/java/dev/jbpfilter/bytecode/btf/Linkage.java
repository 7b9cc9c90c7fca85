package dev.jbpfilter.bytecode.btf;

/** Where a function or variable can be seen ({@code enum btf_func_linkage}). */
public enum Linkage {
  STATIC(0),
  GLOBAL(1),
  EXTERN(2);

  private static final Linkage[] BY_NUMBER = values();

  private final int number;

  Linkage(int number) {
    this.number = number;
  }

  /** The kernel's number. */
  public int number() {
    return number;
  }

  static Linkage of(int number) {
    if (number < 0 || number >= BY_NUMBER.length) {
      throw new IllegalArgumentException("unknown linkage " + number);
    }
    return BY_NUMBER[number];
  }
}
