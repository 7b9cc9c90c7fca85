package dev.jbpfilter.bytecode;

/** Binary arithmetic operations (RFC 9669, section 4.1). */
public enum AluOp {
  ADD(0x00, 0, "+="),
  SUB(0x10, 0, "-="),
  MUL(0x20, 0, "*="),
  /** Unsigned division; division by zero gives zero. */
  DIV(0x30, 0, "/="),
  OR(0x40, 0, "|="),
  AND(0x50, 0, "&="),
  LSH(0x60, 0, "<<="),
  /** Logical shift to the right. */
  RSH(0x70, 0, ">>="),
  /** Unsigned remainder; modulo zero leaves the destination as it is. */
  MOD(0x90, 0, "%="),
  XOR(0xa0, 0, "^="),
  /** Arithmetic shift to the right. */
  ARSH(0xc0, 0, "s>>="),
  /** Signed division, rounding toward zero; instruction set v4. */
  SDIV(0x30, 1, "s/="),
  /** Signed remainder; instruction set v4. */
  SMOD(0x90, 1, "s%=");

  private final int code;
  private final int offset;
  private final String symbol;

  AluOp(int code, int offset, String symbol) {
    this.code = code;
    this.offset = offset;
    this.symbol = symbol;
  }

  /** The operation bits of the opcode. */
  public int code() {
    return code;
  }

  /** The value of the instruction's offset field: 1 for the signed variants, else 0. */
  public int offset() {
    return offset;
  }

  /** The operator in the kernel verifier's notation. */
  public String symbol() {
    return symbol;
  }
}
