package dev.jbpfilter.bytecode;

/** How many bits an arithmetic operation or a comparison looks at. */
public enum Width {
  /** The lower half; an arithmetic result is zero-extended to the whole register. */
  W32,
  /** The whole register. */
  W64
}
