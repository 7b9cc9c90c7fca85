package dev.jbpfilter.bytecode;

import org.jspecify.annotations.Nullable;

/** Conditions of branches (RFC 9669, section 4.3). */
public enum Condition {
  EQ(0x10, "=="),
  /** Unsigned. */
  GT(0x20, ">"),
  /** Unsigned. */
  GE(0x30, ">="),
  /** Some bit is set in both operands. */
  SET(0x40, "&"),
  NE(0x50, "!="),
  SGT(0x60, "s>"),
  SGE(0x70, "s>="),
  /** Unsigned. */
  LT(0xa0, "<"),
  /** Unsigned. */
  LE(0xb0, "<="),
  SLT(0xc0, "s<"),
  SLE(0xd0, "s<=");

  private final int code;
  private final String symbol;

  Condition(int code, String symbol) {
    this.code = code;
    this.symbol = symbol;
  }

  /** The operation bits of the opcode. */
  public int code() {
    return code;
  }

  /** The opposite condition; {@link #SET} has none. */
  public @Nullable Condition negation() {
    return switch (this) {
      case EQ -> NE;
      case NE -> EQ;
      case GT -> LE;
      case LE -> GT;
      case GE -> LT;
      case LT -> GE;
      case SGT -> SLE;
      case SLE -> SGT;
      case SGE -> SLT;
      case SLT -> SGE;
      case SET -> null;
    };
  }

  /** The operator in the kernel verifier's notation. */
  public String symbol() {
    return symbol;
  }
}
