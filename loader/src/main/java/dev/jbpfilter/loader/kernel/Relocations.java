package dev.jbpfilter.loader.kernel;

import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramSpec.Relocation;
import dev.jbpfilter.bytecode.ProgramSpec.Target;
import dev.jbpfilter.bytecode.btf.BtfException;
import dev.jbpfilter.bytecode.btf.BtfField;
import dev.jbpfilter.bytecode.btf.BtfKind;
import dev.jbpfilter.bytecode.btf.BtfTypes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * Puts into a program's instructions what only the running kernel knows: descriptors of maps, and
 * from the kernel's type information the numbers of functions and variables and the offsets of
 * members. That is asked for only if a relocation needs it.
 */
final class Relocations {
  private static final int LOAD_IMM64 = 0x18;
  private static final int CALL = 0x85;
  private static final int LOAD = 0x61;
  private static final int OPCODE_MASK = 0xff;
  private static final int LOAD_MASK = 0xe7;
  private static final int LOAD_SIZE_SHIFT = 3;

  /** Bytes that a load takes, by the two bits of its opcode. */
  private static final int[] LOAD_BYTES = {4, 2, 1, 8};

  private static final int SOURCE_SHIFT = 12;
  private static final long SOURCE_MASK = 0xfL << SOURCE_SHIFT;
  private static final long PSEUDO_MAP_FD = 1L << SOURCE_SHIFT;
  private static final long PSEUDO_MAP_VALUE = 2L << SOURCE_SHIFT;
  private static final long PSEUDO_KFUNC_CALL = 2L << SOURCE_SHIFT;
  private static final long PSEUDO_BTF_ID = 3L << SOURCE_SHIFT;
  private static final int OFFSET_SHIFT = 16;
  private static final long OFFSET_MASK = 0xffffL << OFFSET_SHIFT;
  private static final long LOWER_HALF = 0xffff_ffffL;

  private final ProgramSpec spec;
  private final Supplier<? extends BtfTypes> kernelTypes;
  private final long[] slots;

  private Relocations(ProgramSpec spec, Supplier<? extends BtfTypes> kernelTypes) {
    this.spec = spec;
    this.kernelTypes = kernelTypes;
    this.slots = spec.instructions().toArray();
  }

  /**
   * The instructions as the kernel takes them.
   *
   * @param mapFd the descriptor of a map, by its name
   * @param kernelTypes the types of the running kernel
   * @throws BpfException with {@code EOPNOTSUPP} if the kernel has no such function, variable or
   *     member
   * @throws IllegalArgumentException if a relocation does not fit its instruction
   */
  static byte[] resolve(
      ProgramSpec spec, ToIntFunction<String> mapFd, Supplier<? extends BtfTypes> kernelTypes) {
    Relocations relocations = new Relocations(spec, kernelTypes);
    for (Relocation relocation : spec.relocations()) {
      relocations.apply(relocation.slot(), relocation.target(), mapFd);
    }
    long[] slots = relocations.slots;
    ByteBuffer bytes =
        ByteBuffer.allocate(slots.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(slots);
    return bytes.array();
  }

  private void apply(int slot, Target target, ToIntFunction<String> mapFd) {
    switch (target) {
      case Target.MapFd(String map) -> address(slot, PSEUDO_MAP_FD, mapFd.applyAsInt(map), 0);
      case Target.MapValue(String map, int offset) ->
          address(slot, PSEUDO_MAP_VALUE, mapFd.applyAsInt(map), offset);
      case Target.KernelFunction(String name) -> call(slot, number(BtfKind.FUNC, "function", name));
      case Target.Variable(String name) ->
          address(slot, PSEUDO_BTF_ID, number(BtfKind.VAR, "variable", name), 0);
      case Target.StructureId(String structure) ->
          address(slot, 0, number(BtfKind.STRUCT, "struct", structure), 0);
      case Target.Field(String type, String field) -> offset(slot, type, field);
    }
  }

  private void address(int slot, long source, int first, int second) {
    if (slot + 1 >= slots.length || opcode(slot) != LOAD_IMM64) {
      throw new IllegalArgumentException("slot " + slot + " is no 64-bit load to relocate");
    }
    slots[slot] = (slots[slot] & LOWER_HALF & ~SOURCE_MASK) | source | (long) first << Integer.SIZE;
    slots[slot + 1] = (slots[slot + 1] & LOWER_HALF) | (long) second << Integer.SIZE;
  }

  private void call(int slot, int function) {
    if (opcode(slot) != CALL) {
      throw new IllegalArgumentException("slot " + slot + " is no call to relocate");
    }
    slots[slot] = CALL | PSEUDO_KFUNC_CALL | (long) function << Integer.SIZE;
  }

  private void offset(int slot, String type, String field) {
    if ((opcode(slot) & LOAD_MASK) != LOAD) {
      throw new IllegalArgumentException("slot " + slot + " is no load to relocate");
    }
    int bytes = LOAD_BYTES[opcode(slot) >> LOAD_SIZE_SHIFT & 3];
    String name = type + "." + field;
    BtfField place = field(type, field);
    if (!place.wholeBytes() || place.bitSize() < (long) bytes * Byte.SIZE) {
      throw unsupported(
          name + " has " + place.bitSize() + " bits in this kernel, not " + bytes + " bytes");
    }
    if (place.byteOffset() > Short.MAX_VALUE) {
      throw unsupported(name + " is too far from the start in this kernel");
    }
    slots[slot] = (slots[slot] & ~OFFSET_MASK) | place.byteOffset() << OFFSET_SHIFT;
  }

  private BtfField field(String type, String field) {
    try {
      BtfTypes types = kernelTypes.get();
      OptionalInt id = types.find(BtfKind.STRUCT, type);
      if (id.isEmpty()) {
        throw unsupported("this kernel has no struct " + type);
      }
      return types
          .field(id.getAsInt(), field)
          .orElseThrow(() -> unsupported("this kernel has no " + type + "." + field));
    } catch (BtfException e) {
      throw KernelTypes.damaged(e);
    }
  }

  private int number(BtfKind kind, String what, String name) {
    try {
      OptionalInt id = kernelTypes.get().find(kind, name);
      return id.orElseThrow(() ->
          unsupported(
              Feature.function(name)
                  .map(Feature::missing)
                  .orElse("this kernel has no " + what + " " + name)));
    } catch (BtfException e) {
      throw KernelTypes.damaged(e);
    }
  }

  private int opcode(int slot) {
    return (int) slots[slot] & OPCODE_MASK;
  }

  private BpfException unsupported(String what) {
    return BpfException.refusal(Errno.EOPNOTSUPP, "program " + spec.name() + ": " + what);
  }
}
