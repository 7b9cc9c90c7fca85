package dev.jbpfilter.bytecode;

import dev.jbpfilter.bytecode.ProgramSpec.LineNote;
import dev.jbpfilter.bytecode.ProgramSpec.Relocation;
import dev.jbpfilter.bytecode.ProgramSpec.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Programs of random instructions, which are valid one by one; their order has no meaning. */
final class RandomInstructions {
  private static final int[] NUMBERS = {
    0, 1, 2, 3, 16, 32, 64, 0x40, 0x41, 0x51, 0xa0, 0xe1, 0xf1, 0x100, 0x110, 0x10000, -1
  };
  private static final int[] OFFSETS = {0, 0, 0, 1, 8, 16, 32, -8, -32_768, 32_767};

  private final SplittableRandom random;

  private RandomInstructions(SplittableRandom random) {
    this.random = random;
  }

  /** Slots of any content, some of which are instructions. */
  static long[] slots(SplittableRandom random, int count) {
    RandomInstructions instructions = new RandomInstructions(random);
    long[] slots = new long[count];
    for (int i = 0; i < count; i++) {
      slots[i] = random.nextInt(8) == 0 ? random.nextLong() : instructions.slot();
    }
    return slots;
  }

  /** A program; its functions are where its instructions say. */
  static ProgramSpec program(long seed, int size) {
    return new RandomInstructions(new SplittableRandom(seed)).program(size);
  }

  private long slot() {
    int opcode = random.nextInt(256);
    int dst = random.nextInt(11);
    int src = random.nextInt(4) == 0 ? random.nextInt(11) : 0;
    int offset = OFFSETS[random.nextInt(OFFSETS.length)];
    int number = NUMBERS[random.nextInt(NUMBERS.length)];
    number = random.nextInt(6) == 0 ? random.nextInt() : number;
    dst = random.nextInt(3) == 0 ? 0 : dst;
    return opcode | dst << 8 | src << 12 | (offset & 0xffffL) << 16 | (long) number << 32;
  }

  private ProgramSpec program(int size) {
    List<Long> slots = new ArrayList<>();
    List<Integer> starts = new ArrayList<>();
    List<Relocation> relocations = new ArrayList<>();
    List<LineNote> notes = new ArrayList<>();
    while (starts.size() < size) {
      if (random.nextInt(10) == 0) {
        notes.add(new LineNote(slots.size(), "note " + slots.size() + "\n; " + random.nextInt()));
      }
      starts.add(slots.size());
      add(slots, relocations);
    }
    slots.add(0x95L);
    long[] all = slots.stream().mapToLong(Long::longValue).toArray();
    for (int start : starts) {
      int target = starts.get(random.nextInt(starts.size()));
      all[start] = lead(all[start], target - start - 1);
    }
    ProgramSpec raw = program(Instructions.of(all), relocations, notes, List.of());
    return program(raw.instructions(), relocations, notes, Decoder.functions(raw));
  }

  /** Appends an instruction, found by trial. */
  private void add(List<Long> slots, List<Relocation> relocations) {
    while (true) {
      long slot = slot();
      int opcode = (int) slot & 0xff;
      boolean wide = opcode == 0x18;
      Target target = random.nextInt(3) == 0 ? target(slot) : null;
      List<Relocation> relocation = List.of();
      if (target != null) {
        // Where the loader writes there are zeros.
        slot &= 0xffff;
        relocation = List.of(new Relocation(0, target));
      }
      long second = target == null && random.nextBoolean() ? (long) random.nextInt() << 32 : 0;
      long[] tried = wide ? new long[] {slot, second, 0x95} : new long[] {lead(slot, 0), 0x95};
      try {
        Decoder.list(Instructions.of(tried), relocation);
      } catch (DecodeException e) {
        continue;
      }
      if (target != null) {
        relocations.add(new Relocation(slots.size(), target));
      }
      for (int i = 0; i < tried.length - 1; i++) {
        slots.add(tried[i]);
      }
      return;
    }
  }

  private @Nullable Target target(long slot) {
    int source = (int) slot >>> 12 & 0xf;
    return switch ((int) slot & 0xff) {
      case 0x18 ->
          switch (source) {
            case 1 -> new Target.MapFd("map." + random.nextInt(9));
            case 2 -> new Target.MapValue("map", random.nextInt());
            case 3 -> new Target.Variable("variable_" + random.nextInt(9));
            default -> null;
          };
      case 0x61, 0x69, 0x71, 0x79 -> new Target.Field("sk_buff", "a.b" + random.nextInt(9));
      case 0x85 -> source == 2 ? new Target.KernelFunction("f" + random.nextInt(9)) : null;
      default -> null;
    };
  }

  /** The same instruction with a distance, if it has one. */
  private static long lead(long slot, int distance) {
    int opcode = (int) slot & 0xff;
    int source = (int) slot >>> 12 & 0xf;
    if (opcode == 0x06 || (opcode == 0x85 && source == 1) || (opcode == 0x18 && source == 4)) {
      return (slot & 0xffff_ffffL) | (long) distance << 32;
    }
    boolean jumps = (opcode & 0x07) == 0x05 || (opcode & 0x07) == 0x06;
    return jumps && opcode != 0x85 && opcode != 0x95
        ? (slot & ~0xffff_0000L) | (distance & 0xffffL) << 16
        : slot;
  }

  private static ProgramSpec program(
      Instructions instructions,
      List<Relocation> relocations,
      List<LineNote> notes,
      List<ProgramSpec.Function> functions) {
    return new ProgramSpec(
        "function_0",
        ProgramType.XDP,
        AttachType.XDP,
        0,
        "GPL",
        instructions,
        relocations,
        notes,
        functions);
  }
}
