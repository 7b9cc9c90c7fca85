package dev.jbpfilter.bytecode.interpreter;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.Atomic;
import dev.jbpfilter.bytecode.ByteSwap;
import dev.jbpfilter.bytecode.CallTarget;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Constant;
import dev.jbpfilter.bytecode.Decoder;
import dev.jbpfilter.bytecode.Decoder.Decoded;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.LoadPacket;
import dev.jbpfilter.bytecode.Operand;
import dev.jbpfilter.bytecode.Phys;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramSpec.LineNote;
import dev.jbpfilter.bytecode.ProgramSpec.Target;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Width;
import dev.jbpfilter.bytecode.interpreter.ExecutionFault.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A program as the interpreter runs it: an entry per instruction in parallel arrays. */
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
    /** {@code dst = *(size *)(src + field extra)}; the size is in {@link #sizes}. */
    LOAD_FIELD,
    /** {@code *(size *)(dst + extra) = src}; the size is in {@link #sizes}. */
    STORE,
    /** An access at {@code dst + extra}; the element has the rest. */
    ATOMIC,
    /** {@code r0 = packet[src + extra]}; the size is in {@link #sizes}. */
    LOAD_PACKET,
    /** Goes on at extra. */
    JUMP,
    /** Goes on at extra if {@code dst condition src}, condition in {@link #conditions}. */
    BRANCH64,
    BRANCH32,
    /** Goes on, or at extra when that was done often. */
    MAY_GOTO,
    /** Calls the helper with number extra. */
    CALL,
    /** Calls the kernel function with number extra, of {@link KernelFunctions}. */
    CALL_KERNEL,
    /** Calls the function at extra. */
    CALL_LOCAL,
    EXIT
  }

  /** The address of a function is this and, in the upper half, the index of its first step. */
  private static final long FUNCTIONS = 1L << 57;

  final List<Decoded> list;
  final Kind[] kinds;
  final AluOp[] aluOps;
  final ByteSwap[] byteSwaps;
  final Size[] sizes;
  final Condition[] conditions;
  final int[] dsts;
  final int[] srcs;
  final int[] extras;

  /** The fields that are loaded by name. */
  final List<Target.Field> fields = new ArrayList<>();

  private final ProgramSpec program;
  private final Memory memory;
  private final Constants constants;
  private final int[] indexOfSlot;

  /**
   * @throws dev.jbpfilter.bytecode.DecodeException if {@link Decoder#list(ProgramSpec)} does
   * @throws IllegalArgumentException if control leaves the code, or the program needs what the
   *     interpreter does not have
   */
  Steps(ProgramSpec program, Memory memory, Constants constants) {
    this.program = program;
    this.memory = memory;
    this.constants = constants;
    list = Decoder.list(program);
    kinds = new Kind[list.size()];
    aluOps = new AluOp[kinds.length];
    byteSwaps = new ByteSwap[kinds.length];
    sizes = new Size[kinds.length];
    conditions = new Condition[kinds.length];
    dsts = new int[kinds.length];
    srcs = new int[kinds.length];
    extras = new int[kinds.length];
    indexOfSlot = new int[program.instructions().count()];
    Arrays.fill(indexOfSlot, -1);
    for (int i = 0; i < kinds.length; i++) {
      indexOfSlot[list.get(i).slot()] = i;
    }
    for (int i = 0; i < kinds.length; i++) {
      kinds[i] = add(i, list.get(i).element());
    }
    if (list.isEmpty() || !list.getLast().element().endsBlock()) {
      throw new IllegalArgumentException("control falls off the end of " + program.name());
    }
  }

  /** The index of the instruction in a slot. */
  private int index(int from, long slot) {
    if (slot < 0 || slot >= indexOfSlot.length || indexOfSlot[(int) slot] < 0) {
      throw new IllegalArgumentException("slot " + list.get(from).slot() + " leads to " + slot);
    }
    return indexOfSlot[(int) slot];
  }

  /** The function that a call or a load of a function's address in a slot names by distance. */
  private int function(int at) {
    int slot = list.get(at).slot();
    int distance = (int) (program.instructions().slot(slot) >>> 32);
    return index(at, (long) slot + distance + 1);
  }

  Place place(int at) {
    int slot = list.get(at).slot();
    @Nullable String note = null;
    for (LineNote candidate : program.notes()) {
      if (candidate.slot() <= slot) {
        note = candidate.text();
      }
    }
    String function = program.name();
    for (ProgramSpec.Function candidate : program.functions()) {
      if (candidate.slot() <= slot) {
        function = candidate.name();
      }
    }
    return new Place(function, program.functions().size() > 1, note);
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
      case Element.Move<Phys> move -> move(at, move);
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
      case Atomic<Phys> atomic -> {
        set(at, atomic.base(), 0, atomic.offset());
        yield Kind.ATOMIC;
      }
      case Element.LoadImm64<Phys>(Phys dst, Constant value) -> {
        set(at, dst, constants.add(resolve(at, value)), 0);
        yield Kind.MOVE64;
      }
      case Element.AddressSpaceCast<Phys> cast -> throw uninterpreted(cast);
      case Element.LoadField<Phys>(Size size, Phys dst, Phys base, String type, String field) -> {
        sizes[at] = size;
        set(at, dst, base.number(), fields.size());
        fields.add(new Target.Field(type, field));
        yield Kind.LOAD_FIELD;
      }
      case LoadPacket<Phys>(Size size, Phys dst, Phys context, Phys index, int offset) -> {
        sizes[at] = size;
        set(at, dst, index == null ? constants.add(0) : index.number(), offset);
        yield Kind.LOAD_PACKET;
      }
      case Element.MayGoto<Phys>(Label target) -> {
        extras[at] = index(at, target.id());
        yield Kind.MAY_GOTO;
      }
      case Element.Jump<Phys>(Label target) -> {
        extras[at] = index(at, target.id());
        yield Kind.JUMP;
      }
      case Element.Branch<Phys> branch -> {
        conditions[at] = branch.condition();
        set(at, branch.left(), operand(branch.right()), index(at, branch.target().id()));
        yield branch.width() == Width.W64 ? Kind.BRANCH64 : Kind.BRANCH32;
      }
      case Element.Call<Phys> call -> call(at, call.function());
      case Element.Exit<Phys> exit -> Kind.EXIT;
      case Element.Bind<Phys> bind -> throw new AssertionError(bind);
      case Element.Note<Phys> note -> throw new AssertionError(note);
    };
  }

  private Kind move(int at, Element.Move<Phys> move) {
    set(at, move.dst(), operand(move.src()), move.signExtendFrom());
    if (move.signExtendFrom() == 0) {
      return move.width() == Width.W64 ? Kind.MOVE64 : Kind.MOVE32;
    }
    return move.width() == Width.W64 ? Kind.EXTEND64 : Kind.EXTEND32;
  }

  private void set(int at, Phys dst, int src, int extra) {
    dsts[at] = dst.number();
    srcs[at] = src;
    extras[at] = extra;
  }

  private int operand(Operand<Phys> operand) {
    return switch (operand) {
      case Operand.OfReg<Phys>(Phys reg) -> reg.number();
      case Operand.Imm<Phys>(int value) -> constants.add(value);
    };
  }

  private Kind call(int at, CallTarget target) {
    return switch (target) {
      case CallTarget.Helper helper -> {
        extras[at] = helper.number();
        yield Kind.CALL;
      }
      case CallTarget.KernelFunction(String name) -> {
        extras[at] = KernelFunctions.number(name);
        yield Kind.CALL_KERNEL;
      }
      case CallTarget.Subprogram subprogram -> {
        extras[at] = function(at);
        yield Kind.CALL_LOCAL;
      }
      case CallTarget.KernelFunctionId function -> throw uninterpreted(function);
    };
  }

  private long resolve(int at, Constant constant) {
    return switch (constant) {
      case Constant.Value(long value) -> value;
      case Constant.MapFd(String map) -> memory.handle(map);
      case Constant.MapValue(String map, int offset) -> memory.valueAddress(map, offset);
      case Constant.Function function -> FUNCTIONS + ((long) function(at) << 32);
      case Constant.StructureId structure -> KernelObjects.typeId(structure.structure());
      case Constant.Variable variable -> throw uninterpreted(variable);
      case Constant.Resolved resolved -> throw uninterpreted(resolved);
    };
  }

  private static IllegalArgumentException uninterpreted(Object what) {
    return new IllegalArgumentException(what + " is not interpreted");
  }

  /**
   * The instruction at an address.
   *
   * @throws AccessException if that is no function's
   */
  int functionAt(long address) {
    long index = (address - FUNCTIONS) >>> 32;
    if (index >= kinds.length || (int) address != 0) {
      throw AccessException.call(address, "a function");
    }
    return (int) index;
  }
}
