package dev.jbpfilter.bytecode;

import java.util.List;
import java.util.function.Function;

/** What the element records share about operands. */
final class Elements {
  private Elements() {}

  static <R extends Reg> List<R> of(Operand<R> operand) {
    return switch (operand) {
      case Operand.OfReg<R>(R reg) -> List.of(reg);
      case Operand.Imm<R> imm -> List.of();
    };
  }

  static <R extends Reg> List<R> with(R first, Operand<R> operand) {
    return switch (operand) {
      case Operand.OfReg<R>(R reg) -> List.of(first, reg);
      case Operand.Imm<R> imm -> List.of(first);
    };
  }

  static <R extends Reg, S extends Reg> Operand<S> map(
      Operand<R> operand, Function<? super R, ? extends S> registers) {
    return switch (operand) {
      case Operand.OfReg<R>(R reg) -> new Operand.OfReg<>(registers.apply(reg));
      case Operand.Imm<R>(int value) -> new Operand.Imm<>(value);
    };
  }
}
