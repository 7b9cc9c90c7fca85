package dev.jbpfilter.bytecode;

import dev.jbpfilter.bytecode.Decoder.Decoded;
import java.util.Arrays;
import java.util.List;

/**
 * A program as the interpreter runs it: an entry per instruction in parallel arrays. Constants are
 * operands like registers, with numbers above theirs.
 */
final class Steps {
  /** What an instruction does, and what its entries mean. */
  enum Kind {
    /** {@code dst = dst op src}; the operation is in {@link #aluOps}. */
    ALU64,
    ALU32,
    /** {@code dst = -dst}. */
    NEGATE64,
    NEGATE32,
    /** {@code dst = src}. */
    MOVE64,
    MOVE32,
    /** {@code dst = src}, sign-extended from extra bits. */
    EXTEND64,
    EXTEND32,
    /** {@code dst = order(dst)}, order in {@link #byteSwaps}, number of bits in extra. */
    ENDIAN,
    /** {@code dst = *(size *)(src + extra)}; the size is in {@link #sizes}. */
    LOAD,
    LOAD_SIGNED,
    /** {@code *(size *)(dst + extra) = src}; the size is in {@link #sizes}. */
    STORE,
    /** {@code *(dst + extra) = … src}; the element has the rest. */
    ATOMIC,
    /** Goes on at extra. */
    JUMP,
    /** Goes on at extra if {@code dst condition src}, condition in {@link #conditions}. */
    BRANCH64,
    BRANCH32,
    /** Calls the helper with number extra. */
    CALL,
    EXIT
  }

  /** The number of the first constant. */
  static final int CONSTANTS = 11;

  final List<Decoded> list;
  final Kind[] kinds;
  final AluOp[] aluOps;
  final ByteSwap[] byteSwaps;
  final Size[] sizes;
  final Condition[] conditions;
  final int[] dsts;
  final int[] srcs;
  final int[] extras;

  private final Memory memory;
  private final int[] indexOfSlot;
  private long[] constants = new long[16];
  private int constantCount;

  /**
   * @throws DecodeException if {@link Decoder#decode} does
   * @throws IllegalArgumentException if the program needs what the interpreter does not have
   */
  Steps(ProgramSpec program, Memory memory) {
    this.memory = memory;
    list = Decoder.list(program);
    Decoder.targets(list, program.instructions().count());
    kinds = new Kind[list.size()];
    aluOps = new AluOp[kinds.length];
    byteSwaps = new ByteSwap[kinds.length];
    sizes = new Size[kinds.length];
    conditions = new Condition[kinds.length];
    dsts = new int[kinds.length];
    srcs = new int[kinds.length];
    extras = new int[kinds.length];
    indexOfSlot = new int[program.instructions().count()];
    for (int i = 0; i < kinds.length; i++) {
      indexOfSlot[list.get(i).slot()] = i;
    }
    for (int i = 0; i < kinds.length; i++) {
      kinds[i] = add(i, list.get(i).element());
    }
  }

  /** Room for the registers, followed by the constants. */
  long[] registers() {
    long[] registers = new long[CONSTANTS + constantCount];
    System.arraycopy(constants, 0, registers, CONSTANTS, constantCount);
    return registers;
  }

  private Kind add(int at, Element<Phys> element) {
    return switch (element) {
      case Element.Alu<Phys>(AluOp op, Width width, Phys dst, Operand<Phys> src) -> {
        aluOps[at] = op;
        set(at, dst, operand(src), 0);
        yield width == Width.W64 ? Kind.ALU64 : Kind.ALU32;
      }
      case Element.Negate<Phys>(Width width, Phys dst) -> {
        set(at, dst, 0, 0);
        yield width == Width.W64 ? Kind.NEGATE64 : Kind.NEGATE32;
      }
      case Element.Move<Phys>(Width width, int extend, Phys dst, Operand<Phys> src) -> {
        set(at, dst, operand(src), extend);
        if (extend == 0) {
          yield width == Width.W64 ? Kind.MOVE64 : Kind.MOVE32;
        }
        yield width == Width.W64 ? Kind.EXTEND64 : Kind.EXTEND32;
      }
      case Element.Endian<Phys>(ByteSwap order, int bits, Phys dst) -> {
        byteSwaps[at] = order;
        set(at, dst, 0, bits);
        yield Kind.ENDIAN;
      }
      case Element.Load<Phys>(Size size, boolean signed, Phys dst, Phys base, int offset) -> {
        sizes[at] = size;
        set(at, dst, base.number(), offset);
        yield signed ? Kind.LOAD_SIGNED : Kind.LOAD;
      }
      case Element.Store<Phys>(Size size, Phys base, int offset, Operand<Phys> src) -> {
        sizes[at] = size;
        set(at, base, operand(src), offset);
        yield Kind.STORE;
      }
      case Atomic.Update<Phys> atomic -> {
        set(at, atomic.base(), atomic.src().number(), atomic.offset());
        yield Kind.ATOMIC;
      }
      case Element.LoadImm64<Phys>(Phys dst, Constant value) -> {
        set(at, dst, constant(resolve(value)), 0);
        yield Kind.MOVE64;
      }
      case Atomic<Phys> atomic -> throw uninterpreted(atomic);
      case Element.AddressSpaceCast<Phys> cast -> throw uninterpreted(cast);
      case Element.LoadField<Phys> load -> throw uninterpreted(load);
      case LoadPacket<Phys> load -> throw uninterpreted(load);
      case Element.MayGoto<Phys> jump -> throw uninterpreted(jump);
      case Element.Jump<Phys>(Label target) -> {
        extras[at] = indexOfSlot[target.id()];
        yield Kind.JUMP;
      }
      case Element.Branch<Phys> branch -> {
        conditions[at] = branch.condition();
        set(at, branch.left(), operand(branch.right()), indexOfSlot[branch.target().id()]);
        yield branch.width() == Width.W64 ? Kind.BRANCH64 : Kind.BRANCH32;
      }
      case Element.Call<Phys> call -> {
        extras[at] = helper(call.function());
        yield Kind.CALL;
      }
      case Element.Exit<Phys> exit -> Kind.EXIT;
      case Element.Bind<Phys> bind -> throw new AssertionError(bind);
      case Element.Note<Phys> note -> throw new AssertionError(note);
    };
  }

  private void set(int at, Phys dst, int src, int extra) {
    dsts[at] = dst.number();
    srcs[at] = src;
    extras[at] = extra;
  }

  private int operand(Operand<Phys> operand) {
    return switch (operand) {
      case Operand.OfReg<Phys>(Phys reg) -> reg.number();
      case Operand.Imm<Phys>(int value) -> constant(value);
    };
  }

  private int constant(long value) {
    if (constantCount == constants.length) {
      constants = Arrays.copyOf(constants, 2 * constantCount);
    }
    constants[constantCount] = value;
    return CONSTANTS + constantCount++;
  }

  private long resolve(Constant constant) {
    return switch (constant) {
      case Constant.Value(long value) -> value;
      case Constant.MapFd(String map) -> memory.handle(map);
      case Constant.MapValue(String map, int offset) -> memory.valueAddress(map, offset);
      case Constant.Variable variable -> throw uninterpreted(variable);
      case Constant.Function function -> throw uninterpreted(function);
      case Constant.Resolved resolved -> throw uninterpreted(resolved);
    };
  }

  private static int helper(CallTarget target) {
    return switch (target) {
      case CallTarget.Helper(int number) -> number;
      case CallTarget.KernelFunction(String name) -> throw uninterpreted("kernel function " + name);
      case CallTarget.KernelFunctionId function -> throw uninterpreted(function);
      case CallTarget.Subprogram function -> throw uninterpreted(function);
    };
  }

  private static IllegalArgumentException uninterpreted(Object what) {
    return new IllegalArgumentException(what + " is not interpreted");
  }
}
