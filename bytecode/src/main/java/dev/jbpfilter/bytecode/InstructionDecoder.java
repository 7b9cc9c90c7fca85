package dev.jbpfilter.bytecode;

import dev.jbpfilter.bytecode.Decoder.Decoded;
import dev.jbpfilter.bytecode.ProgramSpec.Relocation;
import dev.jbpfilter.bytecode.ProgramSpec.Target;
import java.util.ArrayList;
import java.util.List;

/** Decodes the slots of a program one after another. */
final class InstructionDecoder {
  private static final AluOp[] ALU_OPS = AluOp.values();
  private static final AtomicOp[] ATOMIC_OPS = AtomicOp.values();
  private static final Constant.Pseudo[] PSEUDOS = Constant.Pseudo.values();
  private static final Condition[] CONDITIONS = Condition.values();
  private static final List<Phys> ARGUMENTS = List.of(Phys.R1, Phys.R2, Phys.R3, Phys.R4, Phys.R5);

  private final Instructions instructions;
  private final List<Relocation> relocations;
  private final FunctionStarts functions;
  private int relocated;
  private int slot;

  private int opcode;
  private Phys dst = Phys.R0;
  private int source;
  private int offset;
  private int imm;

  /**
   * @param functions learns what the instructions refer to
   */
  InstructionDecoder(
      Instructions instructions, List<Relocation> relocations, FunctionStarts functions) {
    this.instructions = instructions;
    this.relocations = relocations;
    this.functions = functions;
  }

  /**
   * All instructions.
   *
   * @throws DecodeException as {@link Decoder#list} does
   */
  List<Decoded> list() {
    List<Decoded> list = new ArrayList<>(instructions.count());
    while (slot < instructions.count()) {
      int first = slot;
      list.add(new Decoded(first, next()));
      requireRelocatedBefore(slot);
    }
    requireRelocatedBefore(Integer.MAX_VALUE);
    return list;
  }

  private Element<Phys> next() {
    int first = slot;
    long word = instructions.slot(slot++);
    opcode = (int) word & 0xff;
    source = (int) word >>> 12 & 0xf;
    offset = (short) (word >>> 16);
    imm = (int) (word >>> 32);
    try {
      dst = Phys.of((int) word >>> 8 & 0xf);
      return switch (opcode & 0x07) {
        case 0x00 -> loadConstantOrPacket();
        case 0x01 -> load();
        case 0x02 -> store();
        case 0x03 -> storeRegister();
        case 0x04 -> alu(Width.W32);
        case 0x05 -> jump(Width.W64);
        case 0x06 -> jump(Width.W32);
        default -> alu(Width.W64);
      };
    } catch (IllegalArgumentException e) {
      // The records know best what is valid.
      throw new DecodeException(first, String.valueOf(e.getMessage()));
    }
  }

  private Element<Phys> alu(Width width) {
    return switch (opcode & 0xf0) {
      case 0x80 -> {
        requireZero((opcode & 0x08) | source | offset | imm);
        yield new Element.Negate<>(width, dst);
      }
      case 0xb0 -> {
        if (opcode == 0xbf && offset == 1) {
          yield new Element.AddressSpaceCast<>(dst, Phys.of(source), imm >>> 16, imm & 0xffff);
        }
        yield new Element.Move<>(width, offset, dst, operand());
      }
      case 0xd0 -> {
        requireZero(source | offset);
        yield new Element.Endian<>(byteSwap(width), imm, dst);
      }
      default -> new Element.Alu<>(aluOp(), width, dst, operand());
    };
  }

  private AluOp aluOp() {
    for (AluOp op : ALU_OPS) {
      if (op.code() == (opcode & 0xf0) && op.offset() == offset) {
        return op;
      }
    }
    throw unknown();
  }

  private ByteSwap byteSwap(Width width) {
    boolean big = (opcode & 0x08) != 0;
    if (width == Width.W32) {
      return big ? ByteSwap.TO_BE : ByteSwap.TO_LE;
    }
    if (big) {
      throw unknown();
    }
    return ByteSwap.SWAP;
  }

  private Element<Phys> loadConstantOrPacket() {
    switch (opcode & 0xe0) {
      case 0x20 -> {
        requireZero(dst.number() | source | offset);
        return new LoadPacket<>(size(), Phys.R0, Phys.R6, null, imm);
      }
      case 0x40 -> {
        requireZero(dst.number() | offset);
        return new LoadPacket<>(size(), Phys.R0, Phys.R6, Phys.of(source), imm);
      }
      default -> {
        if (opcode != 0x18) {
          throw unknown();
        }
      }
    }
    requireZero(offset);
    if (slot == instructions.count()) {
      throw new IllegalArgumentException("the second slot is missing");
    }
    int first = slot - 1;
    long second = instructions.slot(slot++);
    requireZero((int) second);
    int high = (int) (second >>> 32);
    Constant value =
        switch (source) {
          case 0 ->
              isRelocated(first)
                  ? symbol(first, high)
                  : new Constant.Value(((long) high << 32) | (imm & 0xffff_ffffL));
          case 4 -> {
            requireZero(high);
            yield new Constant.Function(function(first, imm));
          }
          default -> isRelocated(first) ? symbol(first, high) : resolved(high);
        };
    return new Element.LoadImm64<>(dst, value);
  }

  private Constant symbol(int first, int high) {
    requireZero(imm | high);
    Target target = relocation(first);
    return switch (target) {
      case Target.MapFd(String map) when source == Constant.Pseudo.MAP_FD.code() ->
          new Constant.MapFd(map);
      case Target.MapValue(String map, int at) when source == Constant.Pseudo.MAP_VALUE.code() ->
          new Constant.MapValue(map, at);
      case Target.Variable(String name) when source == Constant.Pseudo.BTF_ID.code() ->
          new Constant.Variable(name);
      case Target.StructureId(String structure) when source == 0 ->
          new Constant.StructureId(structure);
      case Target.StructureId structure -> throw unfit(structure);
      case Target.MapFd map -> throw unfit(map);
      case Target.MapValue map -> throw unfit(map);
      case Target.Variable variable -> throw unfit(variable);
      case Target.KernelFunction function -> throw unfit(function);
      case Target.Field field -> throw unfit(field);
    };
  }

  private Constant resolved(int high) {
    for (Constant.Pseudo kind : PSEUDOS) {
      if (kind.code() == source) {
        return new Constant.Resolved(kind, imm, high);
      }
    }
    throw unknown();
  }

  private boolean isRelocated(int at) {
    return relocated < relocations.size() && relocations.get(relocated).slot() == at;
  }

  private Target relocation(int at) {
    if (!isRelocated(at)) {
      throw new IllegalArgumentException("a relocation is missing");
    }
    return relocations.get(relocated++).target();
  }

  private void requireRelocatedBefore(int end) {
    if (relocated < relocations.size() && relocations.get(relocated).slot() < end) {
      throw new DecodeException(relocations.get(relocated).slot(), "nothing to relocate");
    }
  }

  private static IllegalArgumentException unfit(Target target) {
    return new IllegalArgumentException("relocation to " + target + " does not fit");
  }

  private Element<Phys> load() {
    requireZero(imm);
    boolean signed =
        switch (opcode & 0xe0) {
          case 0x60 -> false;
          case 0x80 -> true;
          default -> throw unknown();
        };
    if (!signed && isRelocated(slot - 1)) {
      requireZero(offset);
      Target target = relocation(slot - 1);
      if (target instanceof Target.Field(String type, String field)) {
        return new Element.LoadField<>(size(), dst, Phys.of(source), type, field);
      }
      throw unfit(target);
    }
    return new Element.Load<>(size(), signed, dst, Phys.of(source), offset);
  }

  private Element<Phys> store() {
    requireZero(source);
    if ((opcode & 0xe0) != 0x60) {
      throw unknown();
    }
    return new Element.Store<>(size(), dst, offset, Operand.imm(imm));
  }

  private Element<Phys> storeRegister() {
    Phys src = Phys.of(source);
    if ((opcode & 0xe0) == 0x60) {
      requireZero(imm);
      return new Element.Store<>(size(), dst, offset, Operand.reg(src));
    }
    if ((opcode & 0xe0) == 0xc0) {
      switch (imm) {
        case AtomicOp.COMPARE_EXCHANGE -> {
          return new Atomic.CompareExchange<>(size(), dst, offset, Phys.R0, src);
        }
        case AtomicOp.LOAD_ACQUIRE -> {
          return new Atomic.LoadAcquire<>(size(), dst, src, offset);
        }
        case AtomicOp.STORE_RELEASE -> {
          return new Atomic.StoreRelease<>(size(), dst, offset, src);
        }
        default -> {}
      }
      for (AtomicOp op : ATOMIC_OPS) {
        if (op.code() == (imm & ~1)) {
          return new Atomic.Update<>(op, size(), (imm & 1) != 0, dst, offset, src);
        }
      }
    }
    throw unknown();
  }

  private Size size() {
    return switch (opcode & 0x18) {
      case 0x00 -> Size.W;
      case 0x08 -> Size.H;
      case 0x10 -> Size.B;
      default -> Size.DW;
    };
  }

  private Element<Phys> jump(Width width) {
    return switch (opcode) {
      case 0x05 -> {
        requireZero(dst.number() | source | imm);
        yield new Element.Jump<>(target(offset));
      }
      case 0x06 -> {
        requireZero(dst.number() | source | offset);
        yield new Element.Jump<>(target(imm));
      }
      case 0xe5 -> {
        requireZero(dst.number() | source | imm);
        yield new Element.MayGoto<>(target(offset));
      }
      case 0x85 -> {
        requireZero(dst.number());
        yield call();
      }
      case 0x95 -> {
        requireZero(dst.number() | source | offset | imm);
        yield new Element.Exit<>(Phys.R0);
      }
      default -> new Element.Branch<>(condition(), width, dst, operand(), target(offset));
    };
  }

  private Condition condition() {
    for (Condition condition : CONDITIONS) {
      if (condition.code() == (opcode & 0xf0)) {
        return condition;
      }
    }
    throw unknown();
  }

  private Element<Phys> call() {
    CallTarget function =
        switch (source) {
          case 0 -> {
            requireZero(offset);
            yield new CallTarget.Helper(imm);
          }
          case 1 -> {
            requireZero(offset);
            yield new CallTarget.Subprogram(function(slot - 1, imm));
          }
          case 2 -> isRelocated(slot - 1) ? kernelFunction() : kernelFunctionId();
          default -> throw unknown();
        };
    return new Element.Call<>(function, ARGUMENTS, Phys.R0);
  }

  private CallTarget kernelFunction() {
    requireZero(imm | offset);
    Target target = relocation(slot - 1);
    if (target instanceof Target.KernelFunction(String name)) {
      return new CallTarget.KernelFunction(name);
    }
    throw unfit(target);
  }

  private CallTarget kernelFunctionId() {
    return new CallTarget.KernelFunctionId(imm, offset);
  }

  /** The name of the function that begins at a distance from the slot after the reference. */
  private String function(int reference, int distance) {
    long start = (long) reference + 1 + distance;
    if (start < 0 || start >= instructions.count()) {
      throw new IllegalArgumentException("function in slot " + start);
    }
    return functions.refer(reference, (int) start);
  }

  private Label target(int distance) {
    long target = (long) slot + distance;
    if (target < 0 || target > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("jump into slot " + target);
    }
    return FunctionStarts.label((int) target);
  }

  private Operand<Phys> operand() {
    if ((opcode & 0x08) == 0) {
      requireZero(source);
      return Operand.imm(imm);
    }
    requireZero(imm);
    return Operand.reg(Phys.of(source));
  }

  private static void requireZero(int unused) {
    if (unused != 0) {
      throw new IllegalArgumentException("a field that is not used is not zero");
    }
  }

  private IllegalArgumentException unknown() {
    return new IllegalArgumentException(
        "unknown instruction 0x" + Long.toHexString(instructions.slot(slot - 1)));
  }
}
