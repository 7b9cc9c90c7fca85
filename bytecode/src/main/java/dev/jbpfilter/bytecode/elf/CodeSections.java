package dev.jbpfilter.bytecode.elf;

import dev.jbpfilter.bytecode.btf.Btf;
import dev.jbpfilter.bytecode.btf.BtfType;
import dev.jbpfilter.bytecode.elf.ElfFile.Relocation;
import dev.jbpfilter.bytecode.elf.ElfFile.Section;
import dev.jbpfilter.bytecode.elf.ElfFile.Symbol;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The sections of an object file that have instructions, and the functions in them. */
final class CodeSections {
  /** The section for functions that are only called. */
  static final String TEXT = ".text";

  private static final int MAX_PARAMETERS = 5;

  private final Map<Integer, Code> sections = new TreeMap<>();

  /** One section. */
  private static final class Code {
    private final long[] slots;
    private final Map<Integer, Relocation> relocations = new HashMap<>();
    private final Map<Integer, Function> functions = new TreeMap<>();

    Code(long[] slots) {
      this.slots = slots;
    }
  }

  /**
   * A function.
   *
   * @param start its first slot in the section
   * @param end the slot after its last one
   * @param program whether it is a program, not only called by others
   */
  record Function(
      Section section, String name, int start, int end, int parameters, boolean program) {}

  CodeSections(ElfFile elf, Btf types) {
    Map<String, BtfType.Func> declared = new HashMap<>();
    for (BtfType type : types.types()) {
      if (type instanceof BtfType.Func function) {
        declared.putIfAbsent(function.name(), function);
      }
    }
    for (Section section : elf.sections()) {
      if (section.isCode()) {
        Code code = new Code(slots(section, elf));
        for (Relocation relocation : elf.relocations(section)) {
          code.relocations.put(slot(section, relocation.offset()), relocation);
        }
        sections.put(section.index(), code);
      }
    }
    for (Symbol symbol : elf.symbols()) {
      Section section = symbol.section();
      if (section != null && section.isCode() && symbol.type() == ElfFile.SYMBOL_FUNCTION) {
        add(section, symbol, parameters(declared.get(symbol.name()), types));
      }
    }
  }

  /** All programs, by section and place. */
  List<Function> programs() {
    List<Function> programs = new ArrayList<>();
    for (Code code : sections.values()) {
      for (Function function : code.functions.values()) {
        if (function.program()) {
          programs.add(function);
        }
      }
    }
    return programs;
  }

  /** The instructions of a section, in the form of {@link dev.jbpfilter.bytecode.Instructions}. */
  long[] slots(Section section) {
    return code(section).slots;
  }

  @Nullable Relocation relocation(Section section, int slot) {
    return code(section).relocations.get(slot);
  }

  /** The function that begins in a slot; null if there is none. */
  @Nullable Function function(Section section, long slot) {
    return slot == (int) slot ? code(section).functions.get((int) slot) : null;
  }

  private Code code(Section section) {
    Code code = sections.get(section.index());
    if (code == null) {
      throw new IllegalArgumentException(section.name() + " has no instructions");
    }
    return code;
  }

  private void add(Section section, Symbol symbol, int parameters) {
    int start = slot(section, symbol.value());
    int end = (int) (symbol.value() + symbol.size()) / Long.BYTES;
    if (symbol.size() == 0 || symbol.size() % Long.BYTES != 0) {
      throw new ObjectFileException(
          section.name(),
          symbol.value(),
          "function " + symbol.name() + " of " + symbol.size() + " bytes");
    }
    boolean program = !section.name().equals(TEXT) && symbol.binding() != ElfFile.LOCAL;
    Function function =
        new Function(section, symbol.name(), start, end, program ? 1 : parameters, program);
    if (code(section).functions.put(start, function) != null) {
      throw new ObjectFileException(
          section.name(), symbol.value(), "two functions in the same place");
    }
  }

  /** How many values a function takes; as many as it could if nothing tells. */
  private static int parameters(BtfType.@Nullable Func function, Btf types) {
    return function != null
            && function.type() != 0
            && types.type(function.type()) instanceof BtfType.FuncProto proto
        ? Math.min(proto.parameters().size(), MAX_PARAMETERS)
        : MAX_PARAMETERS;
  }

  private static int slot(Section section, long offset) {
    if (offset < 0 || offset >= section.size() || offset % Long.BYTES != 0) {
      throw new ObjectFileException(section.name(), offset, "no instruction begins here");
    }
    return (int) offset / Long.BYTES;
  }

  private static long[] slots(Section section, ElfFile elf) {
    if (section.size() % Long.BYTES != 0) {
      throw new ObjectFileException(
          section.name(), section.size(), "no whole number of instruction slots");
    }
    ByteBuffer data = ByteBuffer.wrap(elf.bytes(section)).order(elf.order());
    boolean big = elf.order() == ByteOrder.BIG_ENDIAN;
    long[] slots = new long[section.size() / Long.BYTES];
    for (int i = 0; i < slots.length; i++) {
      int at = i * Long.BYTES;
      int registers = data.get(at + 1) & 0xff;
      // The two halves of the byte change places with the byte order.
      long swapped = big ? registers >>> 4 | (registers & 0xf) << 4 : registers;
      slots[i] =
          (data.get(at) & 0xffL)
              | swapped << 8
              | (data.getShort(at + 2) & 0xffffL) << 16
              | (long) data.getInt(at + 4) << Integer.SIZE;
    }
    return slots;
  }
}
