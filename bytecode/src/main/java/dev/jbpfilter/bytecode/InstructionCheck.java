package dev.jbpfilter.bytecode;

import org.jspecify.annotations.Nullable;

/** What is wrong with an instruction when it is known which registers are written. */
final class InstructionCheck {
  private InstructionCheck() {}

  /**
   * A problem, null if there is none.
   *
   * @param state what the registers hold before, as {@link RegisterFlow} has it
   * @param main whether it is in the function where the program starts
   */
  static @Nullable String problem(Element<Phys> element, int[] state, boolean main) {
    Phys def = element.def();
    if (def == Phys.FRAME) {
      return "r10 is read-only";
    }
    if (element instanceof Element.Call<Phys> call) {
      return arguments(call.function(), state);
    }
    if (!(element instanceof Element.Exit) || main) {
      for (Phys use : element.uses()) {
        if (state[use.number()] == RegisterFlow.UNWRITTEN) {
          return use + " is not written before on every path";
        }
      }
    }
    return element instanceof Element.Alu<Phys> alu ? constant(alu) : null;
  }

  private static @Nullable String arguments(CallTarget target, int[] state) {
    if (target instanceof CallTarget.Helper helper) {
      int count = Helpers.of(helper.number()).map(info -> info.arguments().size()).orElse(0);
      for (int r = 1; r <= count; r++) {
        if (state[r] == RegisterFlow.UNWRITTEN) {
          return helper.name() + " takes " + count + " arguments, and r" + r + " is not written";
        }
      }
    }
    return null;
  }

  private static @Nullable String constant(Element.Alu<Phys> alu) {
    if (!(alu.src() instanceof Operand.Imm<Phys>(int value))) {
      return null;
    }
    int bits = alu.width() == Width.W64 ? Long.SIZE : Integer.SIZE;
    return switch (alu.op()) {
      case DIV, MOD, SDIV, SMOD -> value == 0 ? "division by 0" : null;
      case LSH, RSH, ARSH ->
          value < 0 || value >= bits ? "shift of " + bits + " bits by " + value : null;
      case ADD, SUB, MUL, OR, AND, XOR -> null;
    };
  }
}
