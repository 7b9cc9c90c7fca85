package dev.jbpfilter.bytecode;

/** The second operand of an instruction: a register, or a constant of 32 bits. */
public sealed interface Operand<R extends Reg> {

  /** The value of a register. */
  record OfReg<R extends Reg>(R reg) implements Operand<R> {
    @Override
    public String toString() {
      return reg.toString();
    }
  }

  /** A constant; where the operation is 64 bits wide it is sign-extended. */
  record Imm<R extends Reg>(int value) implements Operand<R> {
    @Override
    public String toString() {
      return Integer.toString(value);
    }
  }

  /** The value of a register. */
  static <R extends Reg> Operand<R> reg(R reg) {
    return new OfReg<>(reg);
  }

  /** A constant of 32 bits. */
  static <R extends Reg> Operand<R> imm(int value) {
    return new Imm<>(value);
  }
}
