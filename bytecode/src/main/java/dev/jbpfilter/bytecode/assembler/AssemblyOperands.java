package dev.jbpfilter.bytecode.assembler;

import dev.jbpfilter.bytecode.Size;

/** Reads the operands of instructions, and says what is wrong with them. */
final class AssemblyOperands {
  private static final int HALF = AssemblyScanner.HALF;
  private static final long UNSIGNED_MAX = 0xffff_ffffL;

  private final AssemblyScanner in;

  AssemblyOperands(AssemblyScanner in) {
    this.in = in;
  }

  /**
   * @param bits32 whether all 32 bits may be given as a number without sign
   */
  int immediate(boolean bits32) throws AssemblySyntaxError {
    long value = in.number("number", Integer.MIN_VALUE, UNSIGNED_MAX);
    if (!bits32 && value != (int) value) {
      throw in.error(
          "the number has 32 bits and would be sign-extended",
          "write " + (int) value + " if that is meant");
    }
    return (int) value;
  }

  int register() throws AssemblySyntaxError {
    int register = in.acceptRegister();
    if (register < 0) {
      throw in.unexpected("a register");
    }
    return register;
  }

  static boolean isHalf(int register) {
    return (register & HALF) != 0;
  }

  static int number(int register) {
    return register < 0 ? 0 : register & ~HALF;
  }

  private static String name(int register) {
    return (isHalf(register) ? "w" : "r") + number(register);
  }

  void requireSameWidth(int left, int right) throws AssemblySyntaxError {
    if (isHalf(left) != isHalf(right)) {
      throw in.error(
          name(left) + " and " + name(right) + " have different widths",
          "r is all 64 bits, w the lower 32");
    }
  }

  void requireSame(int dst, int src, String does) throws AssemblySyntaxError {
    if (dst != src) {
      throw in.error("the instruction " + does + " one register", "write " + name(dst) + " twice");
    }
  }

  void requireNumber(int register, int number, String what) throws AssemblySyntaxError {
    if (number(register) != number) {
      throw in.error(what + " is in r" + number + ", not in " + name(register), null);
    }
  }

  void requireWhole(int register) throws AssemblySyntaxError {
    requireWidth(register, Size.DW);
  }

  /** LLVM's notation has {@code w} registers where 4 bytes or less are accessed. */
  void requireWidth(int register, Size size) throws AssemblySyntaxError {
    if (isHalf(register) && size == Size.DW) {
      throw in.error("the instruction has all of r" + number(register), "write r, not w");
    }
  }
}
