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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Links one program: its function, then all functions that are called, each once, in the order in
 * which they are found. References between them become distances; references to maps, to the kernel
 * and to its types become relocations.
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

  private long[] slots = new long[64];
  private int count;

  /** Functions and where they begin; not all are copied yet. */
  private final Map<Function, Integer> starts = new LinkedHashMap<>();

  private final List<Function> pending = new ArrayList<>();
  private final List<Reference> references = new ArrayList<>();
  private final List<ProgramSpec.Relocation> relocations = new ArrayList<>();
  private final List<LineNote> notes = new ArrayList<>();
  private final List<CoreRelocation> cores = new ArrayList<>();
  private final List<ProgramSpec.Function> functions = new ArrayList<>();

  /** An instruction that refers to a function. */
  private record Reference(int slot, Function function) {}

  ProgramReader(CodeSections code, MapReader maps, @Nullable ExtReader ext) {
    this.code = code;
    this.maps = maps;
    this.ext = ext;
  }

  ObjectProgram link(Function main, String license) {
    request(main);
    for (int i = 0; i < pending.size(); i++) {
      copy(pending.get(i));
    }
    for (Reference reference : references) {
      int distance = starts.getOrDefault(reference.function(), 0) - reference.slot() - 1;
      slots[reference.slot()] =
          (slots[reference.slot()] & 0xffff_ffffL) | (long) distance << Integer.SIZE;
    }
    SectionName section = SectionName.parse(main.section().name());
    ProgramSpec spec =
        new ProgramSpec(
            main.name(),
            section.type(),
            section.attachType(),
            section.flags(),
            license,
            Instructions.of(Arrays.copyOf(slots, count)),
            relocations,
            notes,
            functions);
    return new ObjectProgram(main.section().name(), spec, cores);
  }

  private void request(Function function) {
    if (starts.putIfAbsent(function, -1) == null) {
      pending.add(function);
    }
  }

  private void copy(Function function) {
    int base = count;
    starts.put(function, base);
    functions.add(new ProgramSpec.Function(base, function.name(), function.parameters()));
    long[] source = code.slots(function.section());
    int length = function.end() - function.start();
    if (count + length > MAX_SLOTS) {
      throw fail(function, function.start(), "more than " + MAX_SLOTS + " instructions");
    }
    if (count + length > slots.length) {
      slots = Arrays.copyOf(slots, Math.max(count + length, 2 * slots.length));
    }
    System.arraycopy(source, function.start(), slots, base, length);
    count += length;
    annotate(function, base);
    for (int i = 0; i < length; i++) {
      instruction(function, function.start() + i, base + i);
      if ((source[function.start() + i] & 0xff) == LOAD_IMM64) {
        i++;
      }
    }
    relocations.sort((a, b) -> Integer.compare(a.slot(), b.slot()));
  }

  /**
   * @param from slot in the section
   * @param to slot in the program
   */
  private void instruction(Function function, int from, int to) {
    int opcode = (int) slots[to] & 0xff;
    int source = (int) slots[to] >>> 12 & 0xf;
    int imm = (int) (slots[to] >>> Integer.SIZE);
    Relocation relocation = code.relocation(function.section(), from);
    if (opcode == LOAD_IMM64 && from + 1 >= function.end()) {
      throw fail(function, from, "the second slot is missing");
    }
    if (opcode == CALL && relocation != null) {
      call(function, from, to, relocation.symbol(), imm);
    } else if (opcode == LOAD_IMM64 && relocation != null) {
      address(function, from, to, relocation.symbol(), imm);
    } else if (relocation != null) {
      throw fail(function, from, "relocation of an instruction that takes none");
    } else if ((opcode == CALL && source == PSEUDO_CALL)
        || (opcode == LOAD_IMM64 && source == PSEUDO_FUNCTION)) {
      refer(function, from, to, function.section(), from + 1L + imm);
    }
  }

  private void call(Function function, int from, int to, Symbol symbol, int imm) {
    Section section = symbol.section();
    if (!symbol.defined()) {
      set(to, PSEUDO_KERNEL_FUNCTION);
      relocations.add(new ProgramSpec.Relocation(to, new Target.KernelFunction(symbol.name())));
    } else if (section != null && section.isCode()) {
      set(to, PSEUDO_CALL);
      refer(function, from, to, section, symbol.value() / Long.BYTES + imm + 1L);
    } else {
      throw fail(function, from, "call of " + symbol.name() + ", which is no function");
    }
  }

  private void address(Function function, int from, int to, Symbol symbol, int imm) {
    Section section = symbol.section();
    long offset = symbol.value() + imm;
    Integer configured = symbol.defined() ? null : maps.configured(symbol.name());
    if (configured != null) {
      load(to, PSEUDO_MAP_VALUE, new Target.MapValue(MapReader.KCONFIG, configured + imm));
    } else if (!symbol.defined()) {
      load(to, PSEUDO_BTF_ID, new Target.Variable(symbol.name()));
    } else if (section == null) {
      throw fail(function, from, "address of " + symbol.name() + ", which is nowhere");
    } else if (section.isCode()) {
      set(to, PSEUDO_FUNCTION);
      slots[to + 1] = 0;
      refer(function, from, to, section, offset / Long.BYTES);
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
    set(slot, source);
    slots[slot + 1] = 0;
    relocations.add(new ProgramSpec.Relocation(slot, target));
  }

  /** Sets what an instruction's number means, and the number itself to zero. */
  private void set(int slot, int source) {
    slots[slot] = (slots[slot] & 0xffff_0fffL) | (long) source << 12;
  }

  private void refer(Function from, int at, int to, Section section, long slot) {
    Function callee = code.function(section, slot);
    if (callee == null) {
      throw fail(from, at, "no function in slot " + slot + " of " + section.name());
    }
    request(callee);
    references.add(new Reference(to, callee));
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
