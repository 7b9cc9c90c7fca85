package dev.jbpfilter.loader.kernel;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.Instructions;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramSpec.Relocation;
import dev.jbpfilter.bytecode.ProgramType;
import java.util.List;

/** Small programs and maps. */
final class Specs {
  static final long EXIT = 0x95;

  private Specs() {}

  /** A program that returns a number. */
  static ProgramSpec returning(int value) {
    return program(List.of(), move(0, value), EXIT);
  }

  /** A program of any type that returns a number. */
  static ProgramSpec returning(ProgramType type, AttachType attachType, int value) {
    return new ProgramSpec(
        "bf_prog",
        type,
        attachType,
        0,
        "GPL",
        Instructions.of(move(0, value), EXIT),
        List.of(),
        List.of());
  }

  static ProgramSpec program(List<Relocation> relocations, long... slots) {
    return new ProgramSpec(
        "bf_prog",
        ProgramType.XDP,
        AttachType.XDP,
        ProgramSpec.XDP_HAS_FRAGS,
        "GPL",
        Instructions.of(slots),
        relocations,
        List.of());
  }

  /** {@code rN = value}, 32 bits. */
  static long move(int register, int value) {
    return 0xb4L | (long) register << 8 | (long) value << 32;
  }

  /** {@code rN = address}, two slots. */
  static long loadAddress(int register) {
    return 0x18L | (long) register << 8;
  }

  static MapSpec array(MapType type, int valueSize, int entries) {
    return new MapSpec("bf_map", type, 4, valueSize, entries, 0, null);
  }

  /** A ring buffer of so many bytes. */
  static MapSpec ring(int bytes) {
    return new MapSpec("bf_lmap", MapType.RINGBUF, 0, 0, bytes, 0, null);
  }
}
