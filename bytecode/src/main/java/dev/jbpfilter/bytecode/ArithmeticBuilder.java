package dev.jbpfilter.bytecode;

/**
 * The part of {@link CodeBuilder} that computes. Operations named after what they compute have 64
 * bits and leave their operands as they are; {@link #compute} is for either width.
 */
abstract sealed class ArithmeticBuilder permits MemoryBuilder {
  private int registers = 1;

  ArithmeticBuilder() {}

  /** Appends any element. */
  public abstract CodeBuilder with(Element<Virt> element);

  /** A register that nothing has used yet. */
  public Virt fresh() {
    return new Virt(registers++);
  }

  /** A register that holds a number. */
  public Virt constant(long value) {
    Virt dst = fresh();
    if (value == (int) value) {
      move(dst, (int) value);
    } else {
      with(new Element.LoadImm64<>(dst, new Constant.Value(value)));
    }
    return dst;
  }

  /** A register that holds what the loader fills in. */
  public Virt constant(Constant value) {
    Virt dst = fresh();
    with(new Element.LoadImm64<>(dst, value));
    return dst;
  }

  /** A map, as helpers take it. */
  public Virt map(MapSpec map) {
    return constant(new Constant.MapFd(map.name()));
  }

  /** {@code dst = src}. */
  public CodeBuilder move(Virt dst, Virt src) {
    return with(new Element.Move<>(Width.W64, 0, dst, Operand.reg(src)));
  }

  /** {@code dst = value}, sign-extended. */
  public CodeBuilder move(Virt dst, int value) {
    return with(new Element.Move<>(Width.W64, 0, dst, Operand.imm(value)));
  }

  /** A copy of a register. */
  public Virt copy(Virt src) {
    Virt dst = fresh();
    move(dst, src);
    return dst;
  }

  /** The lower 32 bits, zero-extended. */
  public Virt lowerHalf(Virt src) {
    Virt dst = fresh();
    with(new Element.Move<>(Width.W32, 0, dst, Operand.reg(src)));
    return dst;
  }

  /**
   * The lower bits, sign-extended to 64. Linux 6.6.
   *
   * @param bits 8, 16 or 32
   */
  public Virt signExtend(Virt src, int bits) {
    Virt dst = fresh();
    with(new Element.Move<>(Width.W64, bits, dst, Operand.reg(src)));
    return dst;
  }

  /** {@code dst = dst op src}, 64 bits. */
  public CodeBuilder alu(AluOp op, Virt dst, Virt src) {
    return alu(op, Width.W64, dst, Operand.reg(src));
  }

  /** {@code dst = dst op value}, 64 bits. */
  public CodeBuilder alu(AluOp op, Virt dst, int value) {
    return alu(op, Width.W64, dst, Operand.imm(value));
  }

  /** {@code dst = dst op src}; with 32 bits, the upper half becomes 0. */
  public CodeBuilder alu(AluOp op, Width width, Virt dst, Operand<Virt> src) {
    return with(new Element.Alu<>(op, width, dst, src));
  }

  /** {@code left op right}; with 32 bits, the upper half is 0. */
  public Virt compute(Width width, Virt left, AluOp op, Virt right) {
    Virt dst = copy(left);
    alu(op, width, dst, Operand.reg(right));
    return dst;
  }

  /** {@code left op right}; with 32 bits, the upper half is 0. */
  public Virt compute(Width width, Virt left, AluOp op, int right) {
    Virt dst = copy(left);
    alu(op, width, dst, Operand.imm(right));
    return dst;
  }

  /** {@code left + right}. */
  public Virt add(Virt left, Virt right) {
    return compute(Width.W64, left, AluOp.ADD, right);
  }

  /** {@code left + right}. */
  public Virt add(Virt left, int right) {
    return compute(Width.W64, left, AluOp.ADD, right);
  }

  /** {@code left - right}. */
  public Virt subtract(Virt left, Virt right) {
    return compute(Width.W64, left, AluOp.SUB, right);
  }

  /** {@code left - right}. */
  public Virt subtract(Virt left, int right) {
    return compute(Width.W64, left, AluOp.SUB, right);
  }

  /** {@code left * right}. */
  public Virt multiply(Virt left, Virt right) {
    return compute(Width.W64, left, AluOp.MUL, right);
  }

  /** {@code left * right}. */
  public Virt multiply(Virt left, int right) {
    return compute(Width.W64, left, AluOp.MUL, right);
  }

  /** {@code left / right}, unsigned; 0 if {@code right} is 0. */
  public Virt divide(Virt left, Virt right) {
    return compute(Width.W64, left, AluOp.DIV, right);
  }

  /** {@code left / right}, unsigned; 0 if {@code right} is 0. */
  public Virt divide(Virt left, int right) {
    return compute(Width.W64, left, AluOp.DIV, right);
  }

  /** {@code left % right}, unsigned; {@code left} if {@code right} is 0. */
  public Virt modulo(Virt left, Virt right) {
    return compute(Width.W64, left, AluOp.MOD, right);
  }

  /** {@code left % right}, unsigned; {@code left} if {@code right} is 0. */
  public Virt modulo(Virt left, int right) {
    return compute(Width.W64, left, AluOp.MOD, right);
  }

  /** {@code left / right}, signed, rounded toward 0; 0 if {@code right} is 0. Linux 6.6. */
  public Virt signedDivide(Virt left, Virt right) {
    return compute(Width.W64, left, AluOp.SDIV, right);
  }

  /** {@code left / right}, signed, rounded toward 0; 0 if {@code right} is 0. Linux 6.6. */
  public Virt signedDivide(Virt left, int right) {
    return compute(Width.W64, left, AluOp.SDIV, right);
  }

  /** {@code left % right}, signed; {@code left} if {@code right} is 0. Linux 6.6. */
  public Virt signedModulo(Virt left, Virt right) {
    return compute(Width.W64, left, AluOp.SMOD, right);
  }

  /** {@code left % right}, signed; {@code left} if {@code right} is 0. Linux 6.6. */
  public Virt signedModulo(Virt left, int right) {
    return compute(Width.W64, left, AluOp.SMOD, right);
  }

  /** {@code left & right}. */
  public Virt and(Virt left, Virt right) {
    return compute(Width.W64, left, AluOp.AND, right);
  }

  /** {@code left & right}. */
  public Virt and(Virt left, int right) {
    return compute(Width.W64, left, AluOp.AND, right);
  }

  /** {@code left | right}. */
  public Virt or(Virt left, Virt right) {
    return compute(Width.W64, left, AluOp.OR, right);
  }

  /** {@code left | right}. */
  public Virt or(Virt left, int right) {
    return compute(Width.W64, left, AluOp.OR, right);
  }

  /** {@code left ^ right}. */
  public Virt xor(Virt left, Virt right) {
    return compute(Width.W64, left, AluOp.XOR, right);
  }

  /** {@code left ^ right}. */
  public Virt xor(Virt left, int right) {
    return compute(Width.W64, left, AluOp.XOR, right);
  }

  /** {@code left << right}; of the distance the lower 6 bits count. */
  public Virt shiftLeft(Virt left, Virt right) {
    return compute(Width.W64, left, AluOp.LSH, right);
  }

  /** {@code left << right}; of the distance the lower 6 bits count. */
  public Virt shiftLeft(Virt left, int right) {
    return compute(Width.W64, left, AluOp.LSH, right);
  }

  /** {@code left >>> right}; of the distance the lower 6 bits count. */
  public Virt shiftRight(Virt left, Virt right) {
    return compute(Width.W64, left, AluOp.RSH, right);
  }

  /** {@code left >>> right}; of the distance the lower 6 bits count. */
  public Virt shiftRight(Virt left, int right) {
    return compute(Width.W64, left, AluOp.RSH, right);
  }

  /** {@code left >> right}, which repeats the sign; of the distance the lower 6 bits count. */
  public Virt shiftRightSigned(Virt left, Virt right) {
    return compute(Width.W64, left, AluOp.ARSH, right);
  }

  /** {@code left >> right}, which repeats the sign; of the distance the lower 6 bits count. */
  public Virt shiftRightSigned(Virt left, int right) {
    return compute(Width.W64, left, AluOp.ARSH, right);
  }

  /** {@code -src}. */
  public Virt negate(Virt src) {
    Virt dst = copy(src);
    with(new Element.Negate<>(Width.W64, dst));
    return dst;
  }

  /** Converts the lower bits of a register between host and network byte order. */
  public CodeBuilder toBigEndian(Virt dst, int bits) {
    return with(new Element.Endian<>(ByteSwap.TO_BE, bits, dst));
  }

  /**
   * The lower bits in another byte order, zero-extended.
   *
   * @param bits 16, 32 or 64
   */
  public Virt byteOrder(ByteSwap order, int bits, Virt src) {
    Virt dst = copy(src);
    with(new Element.Endian<>(order, bits, dst));
    return dst;
  }

  /** A pointer into an arena, cast from one address space to the other. Linux 6.9. */
  public Virt castAddressSpace(Virt src, int to, int from) {
    Virt dst = fresh();
    with(new Element.AddressSpaceCast<>(dst, src, to, from));
    return dst;
  }
}
