package dev.jbpfilter.bytecode.elf;

import dev.jbpfilter.bytecode.Instructions;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramSpec.LineNote;
import dev.jbpfilter.bytecode.ProgramSpec.Target;
import dev.jbpfilter.bytecode.elf.CodeSections.Function;
import dev.jbpfilter.bytecode.elf.ElfFile.Relocation;
import dev.jbpfilter.bytecode.elf.ElfFile.Section;
import dev.jbpfilter.bytecode.elf.ElfFile.Symbol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Links one program: its function, then all functions that it needs, each once, in the order of the
 * file. References between them become distances; references to maps, to the kernel and to its
 * types become relocations.
 */
final class ProgramReader {
  private static final int CALL = 0x85;
  private static final int LOAD_IMM64 = 0x18;
  private static final int PSEUDO_CALL = 1;
  private static final int PSEUDO_KERNEL_FUNCTION = 2;
  private static final int PSEUDO_MAP_FD = 1;
  private static final int PSEUDO_MAP_VALUE = 2;
  private static final int PSEUDO_BTF_ID = 3;
  private static final int PSEUDO_FUNCTION = 4;

  /** {@code BPF_COMPLEXITY_LIMIT_INSNS}: the kernel loads no more. */
  private static final int MAX_SLOTS = 1_000_000;

  private final CodeSections code;
  private final MapReader maps;
  private final @Nullable ExtReader ext;

  private long[] slots = {};

  /** Functions and where they begin. */
  private final Map<Function, Integer> starts = new HashMap<>();

  private final List<ProgramSpec.Relocation> relocations = new ArrayList<>();
  private final List<LineNote> notes = new ArrayList<>();
  private final List<CoreRelocation> cores = new ArrayList<>();
  private final List<ProgramSpec.Function> functions = new ArrayList<>();

  ProgramReader(CodeSections code, MapReader maps, @Nullable ExtReader ext) {
    this.code = code;
    this.maps = maps;
    this.ext = ext;
  }

  ObjectProgram link(Function main, String license) {
    List<Function> needed = needed(main);
    long count = 0;
    for (Function function : needed) {
      starts.put(function, (int) count);
      count += function.end() - function.start();
      if (count > MAX_SLOTS) {
        throw fail(main, main.start(), "more than " + MAX_SLOTS + " instructions");
      }
    }
    slots = new long[(int) count];
    for (Function function : needed) {
      copy(function, starts.getOrDefault(function, 0));
    }
    relocations.sort(Comparator.comparingInt(ProgramSpec.Relocation::slot));
    SectionName section = SectionName.parse(main.section().name());
    ProgramSpec spec =
        new ProgramSpec(
            main.name(),
            section.type(),
            section.attachType(),
            section.flags(),
            license,
            Instructions.of(slots),
            relocations,
            notes,
            functions);
    return new ObjectProgram(main.section().name(), spec, cores);
  }

  /** A function and all that it refers to, the others in the order of the file. */
  private List<Function> needed(Function main) {
    Set<Function> found = new HashSet<>(List.of(main));
    List<Function> needed = new ArrayList<>(found);
    for (int i = 0; i < needed.size(); i++) {
      Function function = needed.get(i);
      for (int slot = function.start(); slot < function.end(); slot++) {
        Function callee = callee(function, slot);
        if (callee != null && found.add(callee)) {
          needed.add(callee);
        }
        if (opcode(word(function, slot)) == LOAD_IMM64) {
          slot++;
        }
      }
    }
    needed
        .subList(1, needed.size())
        .sort(
            Comparator.comparingInt((Function function) -> function.section().index())
                .thenComparingInt(Function::start));
    return needed;
  }

  /** The function that an instruction refers to; null if it does not. */
  private @Nullable Function callee(Function function, int slot) {
    long word = word(function, slot);
    int opcode = opcode(word);
    int source = (int) word >>> 12 & 0xf;
    int imm = (int) (word >>> Integer.SIZE);
    Relocation relocation = code.relocation(function.section(), slot);
    Section section = relocation == null ? function.section() : relocation.symbol().section();
    if (section == null || !section.isCode()) {
      return null;
    }
    long target;
    if (opcode == CALL && relocation != null) {
      target = relocation.symbol().value() / Long.BYTES + imm + 1;
    } else if (opcode == LOAD_IMM64 && relocation != null) {
      long offset = relocation.symbol().value() + imm;
      // What is not where an instruction begins is not where a function does.
      target = offset % Long.BYTES == 0 ? offset / Long.BYTES : -1;
    } else if ((opcode == CALL && source == PSEUDO_CALL)
        || (opcode == LOAD_IMM64 && source == PSEUDO_FUNCTION)) {
      target = slot + 1L + imm;
    } else {
      return null;
    }
    Function callee = code.function(section, target);
    if (callee == null) {
      throw fail(function, slot, "no function in slot " + target + " of " + section.name());
    }
    return callee;
  }

  private void copy(Function function, int base) {
    int length = function.end() - function.start();
    functions.add(new ProgramSpec.Function(base, function.name(), function.parameters()));
    System.arraycopy(code.slots(function.section()), function.start(), slots, base, length);
    annotate(function, base);
    for (int i = 0; i < length; i++) {
      instruction(function, function.start() + i, base + i);
      if (opcode(word(function, function.start() + i)) == LOAD_IMM64) {
        i++;
      }
    }
  }

  /**
   * @param from slot in the section
   * @param to slot in the program
   */
  private void instruction(Function function, int from, int to) {
    int opcode = opcode(slots[to]);
    Relocation relocation = code.relocation(function.section(), from);
    if (opcode == LOAD_IMM64 && from + 1 >= function.end()) {
      throw fail(function, from, "the second slot is missing");
    }
    if (relocation != null && opcode != CALL && opcode != LOAD_IMM64) {
      throw fail(function, from, "relocation of an instruction that takes none");
    }
    Function callee = callee(function, from);
    if (callee != null) {
      set(
          to,
          opcode == CALL ? PSEUDO_CALL : PSEUDO_FUNCTION,
          starts.getOrDefault(callee, 0) - to - 1);
    } else if (relocation != null && opcode == CALL) {
      call(function, from, to, relocation.symbol());
    } else if (relocation != null && opcode == LOAD_IMM64) {
      address(function, from, to, relocation.symbol());
    }
    if (relocation != null
        && relocation.type() != (opcode == CALL ? ElfFile.CALL : ElfFile.ADDRESS)) {
      throw fail(function, from, "relocation of unknown type " + relocation.type());
    }
  }

  private void call(Function function, int from, int to, Symbol symbol) {
    if (symbol.defined()) {
      throw fail(function, from, "call of " + symbol.name() + ", which is no function");
    }
    set(to, PSEUDO_KERNEL_FUNCTION, 0);
    relocations.add(new ProgramSpec.Relocation(to, new Target.KernelFunction(symbol.name())));
  }

  private void address(Function function, int from, int to, Symbol symbol) {
    Section section = symbol.section();
    int imm = (int) (slots[to] >>> Integer.SIZE);
    long offset = symbol.value() + imm;
    Integer configured = symbol.defined() ? null : maps.configured(symbol.name());
    if (!symbol.defined() && imm != 0) {
      throw fail(function, from, "address " + imm + " bytes after " + symbol.name());
    } else if (configured != null) {
      load(to, PSEUDO_MAP_VALUE, new Target.MapValue(MapReader.KCONFIG, configured));
    } else if (!symbol.defined()) {
      load(to, PSEUDO_BTF_ID, new Target.Variable(symbol.name()));
    } else if (section == null) {
      throw fail(function, from, "address of " + symbol.name() + ", which is nowhere");
    } else if (section.name().equals(MapReader.MAPS)) {
      String map = maps.mapAt(offset);
      if (map == null) {
        throw fail(function, from, "no map at offset " + offset + " of " + MapReader.MAPS);
      }
      load(to, PSEUDO_MAP_FD, new Target.MapFd(map));
    } else if (MapReader.holdsVariables(section) && offset >= 0 && offset <= section.size()) {
      load(to, PSEUDO_MAP_VALUE, new Target.MapValue(section.name(), (int) offset));
    } else {
      throw fail(function, from, "address of " + symbol.name() + " in " + section.name());
    }
  }

  private void load(int slot, int source, Target target) {
    set(slot, source, 0);
    slots[slot + 1] = 0;
    relocations.add(new ProgramSpec.Relocation(slot, target));
  }

  /** Sets what an instruction's number means, and the number. */
  private void set(int slot, int source, int imm) {
    slots[slot] = (slots[slot] & 0xffff_0fffL) | (long) source << 12 | (long) imm << Integer.SIZE;
  }

  private long word(Function function, int slot) {
    return code.slots(function.section())[slot];
  }

  private static int opcode(long word) {
    return (int) word & 0xff;
  }

  private void annotate(Function function, int base) {
    if (ext == null) {
      return;
    }
    String section = function.section().name();
    int from = function.start() * Long.BYTES;
    int to = function.end() * Long.BYTES;
    String last = "";
    for (ExtReader.Line line : ext.lines(section, from, to)) {
      if (!line.text().equals(last)) {
        last = line.text();
        notes.add(new LineNote(base + (line.offset() - from) / Long.BYTES, last));
      }
    }
    for (ExtReader.Core core : ext.cores(section, from, to)) {
      int slot = base + (core.offset() - from) / Long.BYTES;
      cores.add(new CoreRelocation(slot, core.kind(), core.type(), core.path()));
      relocateLoad(slot, core);
      relocateNumber(slot, core);
    }
  }

  /** So is a type id that takes two slots. */
  private void relocateNumber(int slot, ExtReader.Core core) {
    if (opcode(slots[slot]) == LOAD_IMM64
        && core.kind() == CoreRelocation.Kind.TYPE_ID_TARGET
        && !core.type().isEmpty()) {
      slots[slot] &= 0xffff_ffffL;
      slots[slot + 1] = 0;
      relocations.add(new ProgramSpec.Relocation(slot, new Target.StructureId(core.type())));
    }
  }

  /** The offset of a plain load is a relocation of the program itself. */
  private void relocateLoad(int slot, ExtReader.Core core) {
    boolean load = (slots[slot] & 0xe7) == 0x61;
    if (load && core.kind() == CoreRelocation.Kind.FIELD_BYTE_OFFSET && !core.path().isEmpty()) {
      slots[slot] &= ~0xffff_0000L;
      relocations.add(new ProgramSpec.Relocation(slot, new Target.Field(core.type(), core.path())));
    }
  }

  private static ObjectFileException fail(Function function, int slot, String problem) {
    return new ObjectFileException(
        function.section().name(),
        (long) slot * Long.BYTES,
        "function " + function.name() + ": " + problem);
  }
}
