package dev.jbpfilter.cgen.lookup;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.Operand;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;

/**
 * Comparisons of unsigned numbers without branches: fresh registers that are 1 or 0. They shift
 * down the sign of a difference, which numbers of less than 64 bits cannot spoil.
 *
 * <p>Not as a mask: where all bits of a register are set or none, and others are cut out by it, the
 * verifier walks all that follows twice.
 */
final class BranchFree {
  private final CodeBuilder code;
  private final int bits;

  /**
   * @param bits of the numbers that are compared
   */
  BranchFree(CodeBuilder code, int bits) {
    this.code = code;
    this.bits = bits;
  }

  /** Whether a value lies in an interval that is not that of all values. */
  Virt inside(Virt value, long low, long high) {
    if (low == high) {
      return equal(value, low);
    }
    if (low == 0) {
      return below(value, high + 1);
    }
    if (high == Column.max(bits)) {
      return inverted(below(value, low));
    }
    if (bits <= Integer.SIZE) {
      // In 32 bits, what lies below the interval gets far above it.
      Virt distance = code.compute(Width.W32, value, AluOp.SUB, (int) low);
      subtract(distance, high - low + 1);
      return sign(distance);
    }
    Virt distance = code.copy(value);
    subtract(distance, low);
    if (bits == Long.SIZE) {
      return below(distance, high - low + 1);
    }
    Virt left = code.constant(high);
    code.alu(AluOp.SUB, left, value);
    code.alu(AluOp.OR, distance, left);
    return inverted(sign(distance));
  }

  private Virt equal(Virt value, long exact) {
    Virt difference;
    if (bits <= Integer.SIZE) {
      difference = code.compute(Width.W32, value, AluOp.XOR, (int) exact);
    } else if (exact == (int) exact) {
      difference = code.compute(Width.W64, value, AluOp.XOR, (int) exact);
    } else {
      difference = code.constant(exact);
      code.alu(AluOp.XOR, difference, value);
    }
    if (bits < Long.SIZE) {
      code.alu(AluOp.SUB, difference, 1);
      return sign(difference);
    }
    Virt negative = code.copy(difference);
    code.with(new Element.Negate<>(Width.W64, negative));
    code.alu(AluOp.OR, difference, negative);
    return inverted(sign(difference));
  }

  /** Whether a value is less than a bound, which is not 0. */
  private Virt below(Virt value, long bound) {
    return bits < Long.SIZE ? sign(minus(value, bound)) : sign(borrow(value, code.constant(bound)));
  }

  private Virt minus(Virt value, long bound) {
    Virt difference = code.copy(value);
    subtract(difference, bound);
    return difference;
  }

  /** A number whose sign is the borrow of {@code left - right}, of 64 bits. */
  Virt borrow(Virt left, Virt right) {
    Virt inverse = code.compute(Width.W64, left, AluOp.XOR, -1);
    Virt either = code.compute(Width.W64, inverse, AluOp.OR, right);
    code.alu(AluOp.AND, inverse, right);
    Virt difference = code.compute(Width.W64, left, AluOp.SUB, right);
    code.alu(AluOp.AND, difference, either);
    code.alu(AluOp.OR, difference, inverse);
    return difference;
  }

  private void subtract(Virt value, long number) {
    if (number == (int) number) {
      code.alu(AluOp.SUB, Width.W64, value, Operand.imm((int) number));
    } else {
      code.alu(AluOp.SUB, value, code.constant(number));
    }
  }

  private Virt sign(Virt number) {
    code.alu(AluOp.RSH, number, Long.SIZE - 1);
    return number;
  }

  private Virt inverted(Virt truth) {
    code.alu(AluOp.XOR, truth, 1);
    return truth;
  }
}
