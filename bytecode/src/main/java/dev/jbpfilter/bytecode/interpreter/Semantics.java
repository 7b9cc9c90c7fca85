package dev.jbpfilter.bytecode.interpreter;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.AtomicOp;
import dev.jbpfilter.bytecode.ByteSwap;
import dev.jbpfilter.bytecode.Condition;

/** What arithmetic and comparisons compute (RFC 9669, section 4), on a little-endian machine. */
final class Semantics {
  private Semantics() {}

  static long alu64(AluOp op, long x, long y) {
    return switch (op) {
      case ADD -> x + y;
      case SUB -> x - y;
      case MUL -> x * y;
      case DIV -> y == 0 ? 0 : Long.divideUnsigned(x, y);
      case OR -> x | y;
      case AND -> x & y;
      case LSH -> x << (y & 63);
      case RSH -> x >>> (y & 63);
      case MOD -> y == 0 ? x : Long.remainderUnsigned(x, y);
      case XOR -> x ^ y;
      case ARSH -> x >> (y & 63);
      case SDIV -> y == 0 ? 0 : x / y;
      case SMOD -> y == 0 ? x : x % y;
    };
  }

  static int alu32(AluOp op, int x, int y) {
    return switch (op) {
      case ADD -> x + y;
      case SUB -> x - y;
      case MUL -> x * y;
      case DIV -> y == 0 ? 0 : Integer.divideUnsigned(x, y);
      case OR -> x | y;
      case AND -> x & y;
      case LSH -> x << (y & 31);
      case RSH -> x >>> (y & 31);
      case MOD -> y == 0 ? x : Integer.remainderUnsigned(x, y);
      case XOR -> x ^ y;
      case ARSH -> x >> (y & 31);
      case SDIV -> y == 0 ? 0 : x / y;
      case SMOD -> y == 0 ? x : x % y;
    };
  }

  /** Sign-extended halves compare, signed or not, as the halves do. */
  static boolean holds32(Condition condition, int x, int y) {
    return holds64(condition, x, y);
  }

  static boolean holds64(Condition condition, long x, long y) {
    return switch (condition) {
      case EQ -> x == y;
      case GT -> Long.compareUnsigned(x, y) > 0;
      case GE -> Long.compareUnsigned(x, y) >= 0;
      case SET -> (x & y) != 0;
      case NE -> x != y;
      case SGT -> x > y;
      case SGE -> x >= y;
      case LT -> Long.compareUnsigned(x, y) < 0;
      case LE -> Long.compareUnsigned(x, y) <= 0;
      case SLT -> x < y;
      case SLE -> x <= y;
    };
  }

  static long endian(ByteSwap order, int bits, long x) {
    boolean swap =
        switch (order) {
          case TO_LE -> false;
          case TO_BE, SWAP -> true;
        };
    long value = swap ? Long.reverseBytes(x) >>> (64 - bits) : x;
    return bits == 64 ? value : value & ((1L << bits) - 1);
  }

  static long signExtend(long x, int bits) {
    return x << (64 - bits) >> (64 - bits);
  }

  static long atomic(AtomicOp op, long old, long operand) {
    return switch (op) {
      case ADD -> old + operand;
      case OR -> old | operand;
      case AND -> old & operand;
      case XOR -> old ^ operand;
      case XCHG -> operand;
    };
  }
}
