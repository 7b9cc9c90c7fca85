package dev.jbpfilter.bytecode.assembler;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.Instructions;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramSpec.LineNote;
import dev.jbpfilter.bytecode.ProgramSpec.Relocation;
import dev.jbpfilter.bytecode.ProgramSpec.Target;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.bytecode.assembler.AssemblyDirectives.Header;
import dev.jbpfilter.bytecode.assembler.AssemblyException.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One program while it is assembled: slots, and what they refer to that may come later. */
final class AssemblyProgram {
  private static final String DEFAULT_NAME = "main";
  private static final int CALL = 0x85;
  private static final int PSEUDO_CALL = 1;
  private static final int PSEUDO_KFUNC_CALL = 2;
  private static final int UNKNOWN_PARAMETERS = 5;

  /** How an instruction refers to a place. */
  enum Kind {
    /** Distance in the offset field. */
    SHORT_JUMP,
    /** Distance in the immediate field. */
    LONG_JUMP,
    CALL,
    /** The address of a function. */
    FUNCTION
  }

  /**
   * A place that an instruction refers to.
   *
   * @param name of a label or function; may be null if there is a distance
   * @param distance in slots from the next one, null if only the name counts
   */
  private record Reference(
      int slot,
      Kind kind,
      @Nullable String name,
      @Nullable Integer distance,
      int line,
      int column) {}

  private record Place(int slot, int line, int column) {}

  private final List<Relocation> relocations = new ArrayList<>();
  private final List<LineNote> notes = new ArrayList<>();
  private final List<Reference> references = new ArrayList<>();
  private final Map<String, Place> labels = new LinkedHashMap<>();
  private final Map<String, Place> maps = new LinkedHashMap<>();
  private final Map<String, Place> globals = new LinkedHashMap<>();
  private final TreeMap<Integer, ProgramSpec.Function> functions = new TreeMap<>();
  private final BitSet seconds = new BitSet();
  private final List<Problem> problems;
  private long[] slots = new long[64];
  private int count;

  /**
   * @param problems receives what is found at the end
   */
  AssemblyProgram(List<Problem> problems) {
    this.problems = problems;
  }

  /** Whether there is no instruction. */
  boolean isEmpty() {
    return count == 0;
  }

  /** Whether there is an instruction or a label. */
  boolean isBegun() {
    return count > 0 || !labels.isEmpty();
  }

  /** Number of slots so far. */
  int count() {
    return count;
  }

  /** The opcode in a slot. */
  int opcode(int slot) {
    return (int) slots[slot] & 0xff;
  }

  void add(int opcode, int dst, int src, int offset, int imm) {
    if (count == slots.length) {
      slots = Arrays.copyOf(slots, 2 * count);
    }
    slots[count++] = (opcode | dst << 8 | src << 12 | (offset & 0xffffL) << 16) | (long) imm << 32;
  }

  /** An instruction of two slots. */
  void addWide(int dst, int src, int low, int high) {
    add(0x18, dst, src, 0, low);
    seconds.set(count);
    add(0, 0, 0, 0, high);
  }

  /** The next instruction needs a relocation. */
  void relocate(Target target) {
    relocations.add(new Relocation(count, target));
  }

  /** The next instruction refers to a name. */
  void refer(Kind kind, String name, int line, int column) {
    references.add(new Reference(count, kind, name, null, line, column));
  }

  /**
   * The next instruction refers to the place at a distance from the slot after it.
   *
   * @param name that the place is said to have, if any
   */
  void refer(Kind kind, int distance, @Nullable String name, int line, int column) {
    references.add(new Reference(count, kind, name, distance, line, column));
  }

  /** The next instruction refers to a map. */
  void useMap(String name, int line, int column) {
    maps.putIfAbsent(name, new Place(count, line, column));
  }

  /** Finds problems with maps that are not among the declared ones. */
  void requireMaps(Collection<String> declared) {
    for (Map.Entry<String, Place> use : maps.entrySet()) {
      if (!declared.contains(use.getKey())) {
        Place place = use.getValue();
        String message = "there is no map " + use.getKey();
        String hint = Suggestion.of(use.getKey(), declared);
        problems.add(
            new Problem(
                place.line(),
                place.column(),
                message,
                hint == null ? "declare it with .map" : hint));
      }
    }
  }

  /** What the following slots are for; consecutive notes are one with several lines. */
  void note(String text) {
    if (!notes.isEmpty() && notes.getLast().slot() == count) {
      text = notes.removeLast().text() + "\n" + text;
    }
    notes.add(new LineNote(count, text));
  }

  /** Gives a name to the next slot. */
  void label(String name, int line, int column) throws AssemblySyntaxError {
    Place other = labels.putIfAbsent(name, new Place(count, line, column));
    if (other != null) {
      throw new AssemblySyntaxError(
          line, column, name + " is in line " + other.line() + " already", null);
    }
  }

  /** The function of that name, wherever it is in the program, is global. */
  void global(String name, int line, int column) {
    globals.putIfAbsent(name, new Place(count, line, column));
  }

  /** A function begins with the next slot. */
  void function(String name, int parameters, int line, int column) throws AssemblySyntaxError {
    label(name, line, column);
    functions.put(count, new ProgramSpec.Function(count, name, parameters));
  }

  /**
   * Resolves all references and gives the program.
   *
   * @param header null to take the first function's name
   */
  ProgramSpec finish(@Nullable Header header, String license) {
    Map<Integer, String> names = new HashMap<>();
    for (Map.Entry<String, Place> label : labels.entrySet()) {
      Place place = label.getValue();
      names.putIfAbsent(place.slot(), label.getKey());
      if (place.slot() == count) {
        String message = "no instruction follows " + label.getKey();
        problems.add(new Problem(place.line(), place.column(), message, null));
      }
    }
    BitSet jumpedTo = new BitSet();
    for (Reference reference : references) {
      resolve(reference, names, jumpedTo);
    }
    String first = jumpedTo.get(0) ? null : names.get(0);
    if (first == null) {
      first = header == null ? DEFAULT_NAME : header.name();
    }
    functions.putIfAbsent(0, new ProgramSpec.Function(0, first, 1));
    relocations.sort(Comparator.comparingInt(Relocation::slot));
    notes.removeIf(note -> note.slot() == count);
    Header actual = header;
    if (actual == null) {
      actual = new Header(functions.get(0).name(), ProgramType.XDP, AttachType.XDP, 0);
    }
    ProgramSpec program =
        new ProgramSpec(
            actual.name(),
            actual.type(),
            actual.attachType(),
            actual.flags(),
            license,
            Instructions.of(Arrays.copyOf(slots, count)),
            relocations,
            notes,
            List.copyOf(functions.values()));
    return withGlobals(program);
  }

  private ProgramSpec withGlobals(ProgramSpec program) {
    ProgramSpec result = program;
    for (Map.Entry<String, Place> global : globals.entrySet()) {
      boolean found = false;
      for (ProgramSpec.Function function : program.functions()) {
        found |= function.name().equals(global.getKey());
      }
      if (found) {
        result = result.withGlobal(global.getKey());
      } else {
        Place place = global.getValue();
        String message = "there is no function " + global.getKey();
        problems.add(new Problem(place.line(), place.column(), message, null));
      }
    }
    return result;
  }

  private void resolve(Reference reference, Map<Integer, String> names, BitSet jumpedTo) {
    String name = reference.name();
    Place place = name == null ? null : labels.get(name);
    Integer distance = reference.distance();
    long target;
    if (distance != null) {
      target = (long) reference.slot() + 1 + distance;
      if (place != null && place.slot() != target) {
        problem(reference, name + " is not there, but in line " + place.line(), null);
        return;
      }
    } else if (place != null) {
      target = place.slot();
    } else {
      unknown(reference, String.valueOf(name));
      return;
    }
    if (target < 0 || target >= count || seconds.get((int) target)) {
      problem(reference, "there is no instruction in slot " + target, null);
      return;
    }
    link(reference, (int) target);
    if (reference.kind() == Kind.CALL || reference.kind() == Kind.FUNCTION) {
      String called = names.getOrDefault((int) target, name == null ? "function_" + target : name);
      int parameters = target == 0 ? 1 : UNKNOWN_PARAMETERS;
      functions.putIfAbsent(
          (int) target, new ProgramSpec.Function((int) target, called, parameters));
    } else {
      jumpedTo.set((int) target);
    }
  }

  private void link(Reference reference, int target) {
    int slot = reference.slot();
    int distance = target - slot - 1;
    if (reference.kind() != Kind.SHORT_JUMP) {
      slots[slot] |= (long) distance << 32;
    } else if (distance == (short) distance) {
      slots[slot] |= (distance & 0xffffL) << 16;
    } else {
      String message = "the jump is " + distance + " slots long";
      problem(reference, message, "16 bits are possible; gotol has 32");
    }
  }

  /** A name that is none in this program may still be that of a kernel function. */
  private void unknown(Reference reference, String name) {
    if (reference.kind() == Kind.CALL) {
      int helper = AssemblyCalls.helper(name);
      if (helper != 0) {
        slots[reference.slot()] = CALL | (long) helper << 32;
      } else {
        slots[reference.slot()] = CALL | PSEUDO_KFUNC_CALL << 12;
        relocations.add(new Relocation(reference.slot(), new Target.KernelFunction(name)));
      }
      return;
    }
    String what = reference.kind() == Kind.FUNCTION ? "function " : "label ";
    problem(reference, "there is no " + what + name, Suggestion.of(name, labels.keySet()));
  }

  private void problem(Reference reference, String message, @Nullable String hint) {
    problems.add(new Problem(reference.line(), reference.column(), message, hint));
  }

  /** A call of a function of the program, whose distance is filled in later. */
  void addCall() {
    add(CALL, 0, PSEUDO_CALL, 0, 0);
  }
}
