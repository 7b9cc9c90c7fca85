package dev.jbpfilter.tests;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.Atomic;
import dev.jbpfilter.bytecode.AtomicOp;
import dev.jbpfilter.bytecode.ByteSwap;
import dev.jbpfilter.bytecode.CallTarget;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Constant;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Operand;
import dev.jbpfilter.bytecode.Phys;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Width;
import java.util.List;
import java.util.SplittableRandom;

/** Random instructions over numbers, for {@link RandomPrograms}. */
final class RandomElements {
  static final List<Phys> SCALARS =
      List.of(Phys.R0, Phys.R1, Phys.R2, Phys.R3, Phys.R4, Phys.R5, Phys.R7);
  private static final List<AluOp> ALU = List.of(AluOp.values());
  private static final List<Condition> CONDITIONS = List.of(Condition.values());
  private static final List<Size> SIZES = List.of(Size.values());
  private static final long[] CORNERS = {
    0,
    1,
    -1,
    2,
    7,
    0x7f,
    0x80,
    0xff,
    0x8000,
    0xffff,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    0x8000_0000L,
    0xffff_ffffL,
    0x1_0000_0000L,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private final SplittableRandom random;

  RandomElements(SplittableRandom random) {
    this.random = random;
  }

  Element<Phys> branch(Label target) {
    Operand<Phys> right =
        random.nextBoolean() ? Operand.reg(pick(SCALARS)) : Operand.imm((int) number());
    return new Element.Branch<>(pick(CONDITIONS), width(), pick(SCALARS), right, target);
  }

  Element<Phys> compute() {
    Phys dst = pick(SCALARS);
    Phys src = pick(SCALARS);
    return switch (random.nextInt(10)) {
      case 0 -> new Element.Negate<>(width(), dst);
      case 1 -> new Element.Endian<>(pick(List.of(ByteSwap.values())), bits(), dst);
      case 2 -> {
        int from = pick(List.of(8, 16, 32));
        Width width = from == 32 ? Width.W64 : width();
        yield new Element.Move<>(width, from, dst, Operand.reg(src));
      }
      case 3 -> new Element.Move<>(width(), 0, dst, Operand.reg(src));
      case 4 -> new Element.Move<>(width(), 0, dst, Operand.imm((int) number()));
      case 5 -> new Element.LoadImm64<>(dst, new Constant.Value(number()));
      case 6, 7 -> aluConstant(dst);
      default -> new Element.Alu<>(pick(ALU), width(), dst, Operand.reg(src));
    };
  }

  private Element<Phys> aluConstant(Phys dst) {
    AluOp op = pick(ALU);
    Width width = width();
    int value =
        switch (op) {
          case LSH, RSH, ARSH -> random.nextInt(width == Width.W64 ? 64 : 32);
          case DIV, MOD, SDIV, SMOD -> {
            int divisor = (int) number();
            yield divisor == 0 ? 3 : divisor;
          }
          default -> (int) number();
        };
    return new Element.Alu<>(op, width, dst, Operand.imm(value));
  }

  private int bits() {
    return 16 << random.nextInt(3);
  }

  /** A load or store somewhere in so many bytes. */
  Element<Phys> access(Phys base, int first, int bytes, boolean aligned) {
    Size size = pick(SIZES);
    int places = aligned ? bytes / size.bytes() : bytes - size.bytes() + 1;
    int offset = first + random.nextInt(places) * (aligned ? size.bytes() : 1);
    Phys register = pick(SCALARS);
    return switch (random.nextInt(5)) {
      case 0, 1 -> store(size, base, offset, register);
      case 2 -> new Element.Store<>(size, base, offset, Operand.imm((int) number()));
      default -> load(size, size != Size.DW && random.nextBoolean(), register, base, offset);
    };
  }

  Element<Phys> atomic(Phys base, int first, int bytes) {
    int kind = random.nextInt(10);
    boolean word = kind < 7;
    Size size = word ? pick(List.of(Size.W, Size.DW)) : pick(SIZES);
    int offset = first + random.nextInt(bytes / size.bytes()) * size.bytes();
    Phys register = pick(SCALARS);
    if (kind < 5) {
      AtomicOp op = pick(List.of(AtomicOp.values()));
      boolean fetch = op == AtomicOp.XCHG || random.nextBoolean();
      return new Atomic.Update<>(op, size, fetch, base, offset, register);
    }
    if (kind < 7) {
      return new Atomic.CompareExchange<>(size, base, offset, Phys.R0, register);
    }
    return random.nextBoolean()
        ? new Atomic.LoadAcquire<>(size, register, base, offset)
        : new Atomic.StoreRelease<>(size, base, offset, register);
  }

  private Width width() {
    return random.nextBoolean() ? Width.W64 : Width.W32;
  }

  long number() {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextLong();
      case 1 -> random.nextInt(100) - 50;
      default -> CORNERS[random.nextInt(CORNERS.length)];
    };
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  static Element<Phys> move(Phys dst, int value) {
    return new Element.Move<>(Width.W64, 0, dst, Operand.imm(value));
  }

  static Element<Phys> copy(Phys dst, Phys src) {
    return new Element.Move<>(Width.W64, 0, dst, Operand.reg(src));
  }

  static Element<Phys> add(Phys dst, int value) {
    return new Element.Alu<>(AluOp.ADD, Width.W64, dst, Operand.imm(value));
  }

  static Element<Phys> load(Size size, boolean signed, Phys dst, Phys base, int offset) {
    return new Element.Load<>(size, signed, dst, base, offset);
  }

  static Element<Phys> store(Size size, Phys base, int offset, Phys src) {
    return new Element.Store<>(size, base, offset, Operand.reg(src));
  }

  static Element<Phys> call(int helper) {
    return call(new CallTarget.Helper(helper));
  }

  static Element<Phys> call(CallTarget target) {
    return new Element.Call<>(target, List.of(), Phys.R0);
  }
}
