package dev.jbpfilter.bytecode;

import dev.jbpfilter.bytecode.Encoder.Encoded;
import dev.jbpfilter.bytecode.ProgramSpec.LineNote;
import dev.jbpfilter.bytecode.ProgramSpec.Relocation;
import dev.jbpfilter.bytecode.ProgramSpec.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The program that the encoder writes: one function after another, linked at the end. */
final class EncodedProgram {
  private long[] slots = new long[64];
  private int count;
  private final List<Relocation> relocations = new ArrayList<>();
  private final List<LineNote> notes = new ArrayList<>();
  private final List<ProgramSpec.Function> functions = new ArrayList<>();
  private final Map<String, Integer> starts = new HashMap<>();
  private final List<Reference> references = new ArrayList<>();

  /** An instruction that refers to a function. */
  private record Reference(int slot, String function) {}

  /** Number of slots so far: the index of the next one. */
  int count() {
    return count;
  }

  /** The following slots are another function. */
  void begin(String name, int parameters) {
    starts.put(name, count);
    functions.add(new ProgramSpec.Function(count, name, parameters));
  }

  void add(int opcode, int dst, int src, int offset, int imm) {
    if (count == slots.length) {
      slots = Arrays.copyOf(slots, 2 * count);
    }
    slots[count++] = (opcode | dst << 8 | src << 12 | (offset & 0xffffL) << 16) | (long) imm << 32;
  }

  /** The next slot needs a relocation. */
  void relocate(Target target) {
    relocations.add(new Relocation(count, target));
  }

  /** The next slot refers to a function. */
  void refer(String function) {
    references.add(new Reference(count, function));
  }

  /** What the slots from the next one on are for. */
  void note(String text) {
    if (!notes.isEmpty() && notes.getLast().slot() == count) {
      notes.removeLast();
    }
    notes.add(new LineNote(count, text));
  }

  /** The program, with references between functions filled in; all of them are there. */
  Encoded link() {
    for (Reference reference : references) {
      int start = Objects.requireNonNull(starts.get(reference.function()));
      slots[reference.slot()] |= (long) (start - reference.slot() - 1) << 32;
    }
    long[] used = Arrays.copyOf(slots, count);
    return new Encoded(Instructions.of(used), relocations, notes, functions);
  }
}
