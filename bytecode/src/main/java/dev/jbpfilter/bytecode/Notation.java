package dev.jbpfilter.bytecode;

/** What the kernel's notation of instructions and LLVM's have in common. */
abstract sealed class Notation permits Disassembler, LlvmDisassembler {
  private static final int LONG_JUMP = 0x06;

  final Instructions instructions;
  final StringBuilder out;

  Notation(Instructions instructions, StringBuilder out) {
    this.instructions = instructions;
    this.out = out;
  }

  abstract void operand(Width width, Operand<Phys> operand);

  final StringBuilder register(Width width, Phys register) {
    return out.append(width == Width.W64 ? 'r' : 'w').append(register.number());
  }

  final void alu(Element.Alu<Phys> alu) {
    register(alu.width(), alu.dst()).append(' ').append(alu.op().symbol()).append(' ');
    operand(alu.width(), alu.src());
  }

  final void negate(Element.Negate<Phys> negate) {
    register(negate.width(), negate.dst()).append(" = -");
    register(negate.width(), negate.dst());
  }

  final void move(Element.Move<Phys> move) {
    register(move.width(), move.dst()).append(" = ");
    if (move.signExtendFrom() != 0) {
      out.append("(s").append(move.signExtendFrom()).append(')');
    }
    operand(move.width(), move.src());
  }

  final void endian(Element.Endian<Phys> endian) {
    String order =
        switch (endian.order()) {
          case TO_LE -> "le";
          case TO_BE -> "be";
          case SWAP -> "bswap";
        };
    out.append(endian.dst()).append(" = ").append(order).append(endian.bits());
    out.append(' ').append(endian.dst());
  }

  /** The word that a jump begins with. */
  final void jump(int slot) {
    out.append((instructions.slot(slot) & 0xff) == LONG_JUMP ? "gotol " : "goto ");
  }

  /** The name of an atomic operation that fetches. */
  static String fetch(AtomicOp op) {
    return switch (op) {
      case ADD -> "fetch_add";
      case OR -> "fetch_or";
      case AND -> "fetch_and";
      case XOR -> "fetch_xor";
      case XCHG -> "xchg";
    };
  }

  /** The immediate field of a slot. */
  final int immediate(int slot) {
    return (int) (instructions.slot(slot) >>> 32);
  }
}
