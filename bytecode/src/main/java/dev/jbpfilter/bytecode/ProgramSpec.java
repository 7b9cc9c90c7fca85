package dev.jbpfilter.bytecode;

import java.util.ArrayList;
import java.util.List;

/**
 * A program, ready to be loaded but for what only the target knows: pure data.
 *
 * @param name at most 15 characters ({@code BPF_OBJ_NAME_LEN})
 * @param flags {@code BPF_F_*} of BPF_PROG_LOAD
 * @param license as declared to the kernel; helpers ask for "GPL"
 * @param instructions with zeros where a relocation goes
 * @param relocations by ascending instruction slot
 * @param notes by ascending instruction slot
 * @param functions by ascending slot; the first is where the program starts, in slot 0
 */
public record ProgramSpec(
    String name,
    ProgramType type,
    AttachType attachType,
    int flags,
    String license,
    Instructions instructions,
    List<Relocation> relocations,
    List<LineNote> notes,
    List<Function> functions) {

  /** {@code BPF_F_XDP_HAS_FRAGS}: the program copes with frames in several buffers. */
  public static final int XDP_HAS_FRAGS = 1 << 5;

  /** Copies the lists. */
  public ProgramSpec {
    relocations = List.copyOf(relocations);
    notes = List.copyOf(notes);
    functions = List.copyOf(functions);
  }

  /** A program of one function, which is named after it and takes the context. */
  public ProgramSpec(
      String name,
      ProgramType type,
      AttachType attachType,
      int flags,
      String license,
      Instructions instructions,
      List<Relocation> relocations,
      List<LineNote> notes) {
    this(
        name,
        type,
        attachType,
        flags,
        license,
        instructions,
        relocations,
        notes,
        List.of(new Function(0, name, 1)));
  }

  /**
   * A value that the loader fills in.
   *
   * @param slot index of the (first) instruction slot
   */
  public record Relocation(int slot, Target target) {}

  /** What a relocation refers to. */
  public sealed interface Target {
    /** A map's descriptor, for a two-slot load. */
    record MapFd(String map) implements Target {}

    /** The address of a byte in a map's first value, for a two-slot load. */
    record MapValue(String map, int offset) implements Target {}

    /** A kernel function, for a call. */
    record KernelFunction(String name) implements Target {}

    /** The address of a kernel variable, for a two-slot load. */
    record Variable(String name) implements Target {}

    /** The type id of a kernel structure, for a two-slot load of a number. */
    record StructureId(String structure) implements Target {}

    /**
     * The offset of a member in a kernel structure, for the offset of a load.
     *
     * @param field name of the member, or members separated by dots
     */
    record Field(String type, String field) implements Target {}
  }

  /**
   * What the instructions from a slot on are for.
   *
   * @param slot index of the first instruction slot
   */
  public record LineNote(int slot, String text) {}

  /**
   * A function of the program.
   *
   * @param slot index of its first instruction slot; it ends where the next one begins
   * @param parameters how many it takes
   * @param global whether the verifier may walk it once for all calls: it gets the context and
   *     numbers and gives a number, of all of which it expects nothing (Linux 5.6)
   */
  public record Function(int slot, String name, int parameters, boolean global) {

    /** A function that the verifier walks for each call. */
    public Function(int slot, String name, int parameters) {
      this(slot, name, parameters, false);
    }
  }

  /**
   * The same program with a global function.
   *
   * @throws IllegalArgumentException if it has no such function
   */
  public ProgramSpec withGlobal(String function) {
    List<Function> changed = new ArrayList<>(functions);
    for (int i = 0; i < changed.size(); i++) {
      Function each = changed.get(i);
      if (each.name().equals(function)) {
        changed.set(i, new Function(each.slot(), function, each.parameters(), true));
        return new ProgramSpec(
            name, type, attachType, flags, license, instructions, relocations, notes, changed);
      }
    }
    throw new IllegalArgumentException(name + " has no function " + function);
  }
}
