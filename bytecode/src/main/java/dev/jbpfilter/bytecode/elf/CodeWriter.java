package dev.jbpfilter.bytecode.elf;

import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramSpec.LineNote;
import dev.jbpfilter.bytecode.ProgramSpec.Target;
import dev.jbpfilter.bytecode.elf.ElfBuilder.Section;
import dev.jbpfilter.bytecode.elf.ElfBuilder.Symbol;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the instructions of one program: its first function to the section that its type has, the
 * others to {@code .text}. There, distances between functions stay as they are; a call from the
 * first function becomes a relocation.
 */
final class CodeWriter {
  private static final int CALL = 0x85;
  private static final int LOAD_IMM64 = 0x18;
  private static final int PSEUDO_CALL = 1;
  private static final int PSEUDO_KERNEL_FUNCTION = 2;
  private static final int PSEUDO_FUNCTION = 4;
  private static final long SOURCE_MASK = 0xf000L;
  private static final long OFFSET_MASK = 0xffff_0000L;
  private static final long LOWER_HALF = 0xffff_ffffL;

  private final ElfBuilder elf;
  private final ExtWriter ext;
  private final KernelTypes kernel;
  private final ProgramSpec program;
  private final Section main;
  private final Section text;
  private final Symbol textSymbol;

  /** Slots of the first function. */
  private final int mainEnd;

  /** What to add to a slot of the program for that in its section. */
  private final int mainBase;

  private final int textBase;

  /** Symbols of maps and of the kernel, by name. */
  private final Map<String, Symbol> maps;

  private final Map<String, Symbol> externs;

  CodeWriter(
      ObjectWriter.Parts parts, ProgramSpec program, Section main, Map<String, Symbol> maps) {
    this.elf = parts.elf();
    this.ext = parts.ext();
    this.kernel = parts.kernel();
    this.externs = parts.externs();
    this.program = program;
    this.main = main;
    this.text = parts.text();
    this.textSymbol = parts.textSymbol();
    this.maps = maps;
    List<ProgramSpec.Function> functions = program.functions();
    mainEnd = functions.size() > 1 ? functions.get(1).slot() : program.instructions().count();
    mainBase = main.size() / Long.BYTES;
    textBase = text.size() / Long.BYTES - mainEnd;
  }

  /** Offset of a slot in its section. */
  int offset(int slot) {
    return (slot + (slot < mainEnd ? mainBase : textBase)) * Long.BYTES;
  }

  /** The section of a slot. */
  Section section(int slot) {
    return slot < mainEnd ? main : text;
  }

  void write() {
    Map<Integer, Target> targets = new HashMap<>();
    program
        .relocations()
        .forEach(relocation -> targets.put(relocation.slot(), relocation.target()));
    int count = program.instructions().count();
    for (int slot = 0; slot < count; slot++) {
      long word = program.instructions().slot(slot);
      int opcode = (int) word & 0xff;
      Target target = targets.get(slot);
      Section section = section(slot);
      if (target != null) {
        section.appendSlot(relocated(slot, word, target));
      } else {
        section.appendSlot(linked(slot, word));
      }
      if (opcode == LOAD_IMM64 && slot + 1 < count) {
        section.appendSlot(program.instructions().slot(++slot));
      }
    }
  }

  private long relocated(int slot, long word, Target target) {
    Section section = section(slot);
    return switch (target) {
      case Target.MapFd(String map) -> {
        section.relocate(ElfFile.ADDRESS, map(map));
        yield word & ~SOURCE_MASK;
      }
      case Target.MapValue(String map, int offset) -> {
        section.relocate(ElfFile.ADDRESS, map(map));
        yield number(word & ~SOURCE_MASK, offset);
      }
      case Target.Variable(String name) -> {
        kernel.variable(name);
        section.relocate(ElfFile.ADDRESS, extern(name));
        yield word & ~SOURCE_MASK;
      }
      case Target.KernelFunction(String name) -> {
        kernel.function(name);
        section.relocate(ElfFile.CALL, extern(name));
        yield number(source(word, PSEUDO_CALL), -1);
      }
      case Target.StructureId(String type) -> {
        ext.core(
            section.name(),
            section.size(),
            kernel.structure(type),
            "0",
            CoreRelocation.Kind.TYPE_ID_TARGET);
        yield word;
      }
      case Target.Field(String type, String path) -> {
        KernelTypes.Field field = kernel.field(type, path, bytes(word));
        ext.core(
            section.name(),
            section.size(),
            field.type(),
            field.access(),
            CoreRelocation.Kind.FIELD_BYTE_OFFSET);
        yield word & ~OFFSET_MASK;
      }
    };
  }

  /** An instruction that needs nothing from outside of the program. */
  private long linked(int slot, long word) {
    int opcode = (int) word & 0xff;
    int source = (int) word >>> 12 & 0xf;
    boolean call = opcode == CALL && source == PSEUDO_CALL;
    boolean address = opcode == LOAD_IMM64 && source == PSEUDO_FUNCTION;
    if ((opcode == LOAD_IMM64 && source != 0 && !address)
        || (opcode == CALL && source == PSEUDO_KERNEL_FUNCTION)) {
      throw fail(slot, "a number of the running kernel in an object file");
    }
    if (!call && !address) {
      return word;
    }
    long target = slot + 1L + (int) (word >>> Integer.SIZE);
    if (target < mainEnd || target >= program.instructions().count()) {
      throw fail(slot, "a reference to the program's first function in an object file");
    }
    int textSlot = (int) target + textBase;
    if (address) {
      section(slot).relocate(ElfFile.ADDRESS, textSymbol);
      return number(word & ~SOURCE_MASK, textSlot * Long.BYTES);
    }
    if (slot >= mainEnd) {
      return word;
    }
    main.relocate(ElfFile.CALL, textSymbol);
    return number(word, textSlot - 1);
  }

  private Symbol map(String name) {
    Symbol symbol = maps.get(name);
    if (symbol == null) {
      throw new IllegalArgumentException("there is no map " + name);
    }
    return symbol;
  }

  private Symbol extern(String name) {
    return externs.computeIfAbsent(
        name, added -> elf.symbol(added, ElfFile.SYMBOL_NONE, ElfFile.GLOBAL, null, 0, 0));
  }

  private RuntimeException fail(int slot, String what) {
    String place = null;
    for (LineNote note : program.notes()) {
      if (note.slot() <= slot) {
        place = note.text();
      }
    }
    RuntimeException unsupported = KernelTypes.unsupported(what);
    return place == null ? unsupported : KernelTypes.unsupported(what).within(place);
  }

  /** How many bytes an instruction loads. */
  private static int bytes(long word) {
    return switch ((int) word & 0x18) {
      case 0x00 -> 4;
      case 0x08 -> 2;
      case 0x10 -> 1;
      default -> 8;
    };
  }

  private static long source(long word, int source) {
    return (word & ~SOURCE_MASK) | (long) source << 12;
  }

  private static long number(long word, int number) {
    return (word & LOWER_HALF) | (long) number << Integer.SIZE;
  }
}
