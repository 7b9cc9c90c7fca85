package dev.jbpfilter.bytecode;

/**
 * A virtual register: a variable of a function, of 64 bits, that may be assigned many times.
 *
 * @param id number within its function; 0 is the {@link #FRAME frame pointer}
 */
public record Virt(int id) implements Reg {
  /** The frame pointer. It is defined everywhere, always {@code r10}, and never written. */
  public static final Virt FRAME = new Virt(0);

  /**
   * @throws IllegalArgumentException if the id is negative
   */
  public Virt {
    if (id < 0) {
      throw new IllegalArgumentException("virtual register " + id);
    }
  }

  @Override
  public String toString() {
    return id == 0 ? "fp" : "v" + id;
  }
}
