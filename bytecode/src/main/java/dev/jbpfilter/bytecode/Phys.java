package dev.jbpfilter.bytecode;

/**
 * The eleven registers of the eBPF machine (RFC 9669, section 2.3).
 *
 * <p>{@code r0} holds results, {@code r1}–{@code r5} arguments; a call destroys all six. {@code
 * r6}–{@code r9} survive calls. {@code r10} is the read-only frame pointer.
 */
public enum Phys implements Reg {
  R0(0),
  R1(1),
  R2(2),
  R3(3),
  R4(4),
  R5(5),
  R6(6),
  R7(7),
  R8(8),
  R9(9),
  R10(10);

  /** The frame pointer: one byte beyond the highest byte of the stack frame. */
  public static final Phys FRAME = R10;

  private static final Phys[] BY_NUMBER = values();

  private final int number;

  Phys(int number) {
    this.number = number;
  }

  /**
   * The register with a number.
   *
   * @throws IllegalArgumentException if the number is not 0 to 10
   */
  public static Phys of(int number) {
    if (number < 0 || number >= BY_NUMBER.length) {
      throw new IllegalArgumentException("no register r" + number);
    }
    return BY_NUMBER[number];
  }

  /** The number that instructions encode: 0 to 10. */
  public int number() {
    return number;
  }

  /** Whether a call destroys the register's value. */
  public boolean clobberedByCalls() {
    return number <= 5;
  }

  @Override
  public String toString() {
    return "r" + number;
  }
}
