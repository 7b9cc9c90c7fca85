package dev.jbpfilter.loader.kernel;

import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramSpec.Relocation;
import dev.jbpfilter.bytecode.ProgramSpec.Target;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.ToIntFunction;

/** Puts into a program's instructions what only the running kernel knows. */
final class Relocations {
  private static final int LOAD_IMM64 = 0x18;
  private static final int OPCODE_MASK = 0xff;
  private static final int SOURCE_SHIFT = 12;
  private static final long SOURCE_MASK = 0xfL << SOURCE_SHIFT;
  private static final long PSEUDO_MAP_FD = 1L << SOURCE_SHIFT;
  private static final long PSEUDO_MAP_VALUE = 2L << SOURCE_SHIFT;
  private static final long LOWER_HALF = 0xffff_ffffL;

  private Relocations() {}

  /**
   * The instructions as the kernel takes them.
   *
   * @param mapFd the descriptor of a map, by its name
   * @throws IllegalArgumentException if a relocation does not fit its instruction
   */
  static byte[] resolve(ProgramSpec spec, ToIntFunction<String> mapFd) {
    long[] slots = spec.instructions().toArray();
    for (Relocation relocation : spec.relocations()) {
      int slot = relocation.slot();
      switch (relocation.target()) {
        case Target.MapFd(String map) ->
            patch(slots, slot, PSEUDO_MAP_FD, mapFd.applyAsInt(map), 0);
        case Target.MapValue(String map, int offset) ->
            patch(slots, slot, PSEUDO_MAP_VALUE, mapFd.applyAsInt(map), offset);
        case Target.KernelFunction(String name) -> throw unknown("kernel function " + name, spec);
        case Target.Variable(String name) -> throw unknown("kernel variable " + name, spec);
        case Target.Field(String type, String field) ->
            throw unknown("offset of " + type + "." + field, spec);
      }
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(slots.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(slots);
    return bytes.array();
  }

  private static BpfException unknown(String what, ProgramSpec spec) {
    return new BpfException("resolve " + what, Errno.EOPNOTSUPP, "program " + spec.name());
  }

  private static void patch(long[] slots, int slot, long source, int first, int second) {
    if (slot + 1 >= slots.length || (slots[slot] & OPCODE_MASK) != LOAD_IMM64) {
      throw new IllegalArgumentException("slot " + slot + " is no 64-bit load to relocate");
    }
    slots[slot] = (slots[slot] & LOWER_HALF & ~SOURCE_MASK) | source | (long) first << Integer.SIZE;
    slots[slot + 1] = (slots[slot + 1] & LOWER_HALF) | (long) second << Integer.SIZE;
  }
}
