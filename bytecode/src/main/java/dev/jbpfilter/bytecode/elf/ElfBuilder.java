package dev.jbpfilter.bytecode.elf;

import dev.jbpfilter.bytecode.btf.StringTable;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a relocatable ELF-64 file for eBPF: the header, the sections in the order in which they
 * were made, relocations, symbols (local ones first, as ELF demands), names, the section headers.
 */
final class ElfBuilder {
  private static final int ALIGNMENT = 8;

  private final ByteOrder order;
  private final List<Section> sections = new ArrayList<>();
  private final List<Symbol> symbols = new ArrayList<>();

  ElfBuilder(ByteOrder order) {
    this.order = order;
  }

  ByteOrder order() {
    return order;
  }

  /** A section that grows. */
  final class Section {
    private final String name;
    private final int type;
    private final int flags;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Relocation> relocations = new ArrayList<>();

    private Section(String name, int type, int flags) {
      this.name = name;
      this.type = type;
      this.flags = flags;
    }

    String name() {
      return name;
    }

    int size() {
      return bytes.size();
    }

    Section append(byte[] more) {
      bytes.writeBytes(more);
      return this;
    }

    /** Appends an instruction slot in the form of {@link dev.jbpfilter.bytecode.Instructions}. */
    void appendSlot(long slot) {
      ByteBuffer out = ByteBuffer.allocate(Long.BYTES).order(order);
      int registers = (int) slot >>> 8 & 0xff;
      if (order == ByteOrder.BIG_ENDIAN) {
        registers = registers >>> 4 | (registers & 0xf) << 4;
      }
      out.put((byte) slot).put((byte) registers).putShort((short) (slot >>> 16));
      out.putInt((int) (slot >>> Integer.SIZE));
      bytes.writeBytes(out.array());
    }

    /** The next bytes are to be relocated. */
    void relocate(int type, Symbol symbol) {
      relocations.add(new Relocation(bytes.size(), type, symbol));
    }
  }

  /** A symbol; without a section it is one of the kernel's. */
  record Symbol(
      String name, int type, int binding, @Nullable Section section, int value, int size) {}

  private record Relocation(int offset, int type, Symbol symbol) {}

  Section section(String name, int flags) {
    Section section = new Section(name, ElfFile.TYPE_DATA, flags);
    sections.add(section);
    return section;
  }

  Symbol symbol(
      String name, int type, int binding, @Nullable Section section, int value, int size) {
    Symbol symbol = new Symbol(name, type, binding, section, value, size);
    symbols.add(symbol);
    return symbol;
  }

  byte[] build() {
    StringTable names = new StringTable();
    List<Section> all = new ArrayList<>(sections);
    Section symbolTable = new Section(".symtab", ElfFile.TYPE_SYMBOLS, 0);
    Map<Symbol, Integer> numbers = new HashMap<>();
    int locals = symbols(symbolTable, all, names, numbers);
    List<Integer> targets = new ArrayList<>();
    for (int i = 0; i < sections.size(); i++) {
      if (!sections.get(i).relocations.isEmpty()) {
        all.add(relocations(sections.get(i), numbers));
        targets.add(i + 1);
      }
    }
    all.add(symbolTable);
    Section strings = new Section(".strtab", ElfFile.TYPE_STRINGS, 0);
    all.add(strings);
    for (Section section : all) {
      names.offset(section.name);
    }
    strings.append(names.toBytes());

    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[ElfFile.HEADER_BYTES]);
    ByteBuffer headers = ByteBuffer.allocate((all.size() + 1) * ElfFile.SECTION_BYTES).order(order);
    headers.position(ElfFile.SECTION_BYTES);
    int firstRelocations = sections.size();
    for (int i = 0; i < all.size(); i++) {
      align(file);
      Section section = all.get(i);
      int relocated = i - firstRelocations;
      int link = 0;
      int info = 0;
      if (section == symbolTable) {
        link = all.size();
        info = locals;
      } else if (section.type == ElfFile.TYPE_RELOCATIONS) {
        link = all.size() - 1;
        info = targets.get(relocated);
      }
      header(headers, section, names.offset(section.name), file.size(), link, info);
      file.writeBytes(section.bytes.toByteArray());
    }
    align(file);
    int start = file.size();
    file.writeBytes(headers.array());
    byte[] bytes = file.toByteArray();
    head(ByteBuffer.wrap(bytes).order(order), start, all.size());
    return bytes;
  }

  /** Fills the table; returns the number of its local symbols, the empty first one included. */
  private int symbols(
      Section table, List<Section> all, StringTable names, Map<Symbol, Integer> numbers) {
    List<Symbol> ordered = new ArrayList<>();
    for (int binding : new int[] {ElfFile.LOCAL, ElfFile.GLOBAL}) {
      for (Symbol symbol : symbols) {
        if (symbol.binding() == binding) {
          ordered.add(symbol);
        }
      }
    }
    table.append(new byte[ElfFile.SYMBOL_BYTES]);
    int locals = 1;
    for (Symbol symbol : ordered) {
      numbers.put(symbol, numbers.size() + 1);
      locals += symbol.binding() == ElfFile.LOCAL ? 1 : 0;
      boolean named = symbol.type() != ElfFile.SYMBOL_SECTION;
      ByteBuffer out = ByteBuffer.allocate(ElfFile.SYMBOL_BYTES).order(order);
      out.putInt(named ? names.offset(symbol.name()) : 0);
      out.put((byte) (symbol.binding() << 4 | symbol.type())).put((byte) 0);
      out.putShort((short) (all.indexOf(symbol.section()) + 1));
      out.putLong(symbol.value()).putLong(symbol.size());
      table.append(out.array());
    }
    return locals;
  }

  private Section relocations(Section target, Map<Symbol, Integer> numbers) {
    Section section =
        new Section(".rel" + target.name, ElfFile.TYPE_RELOCATIONS, ElfFile.FLAG_LINK);
    for (Relocation relocation : target.relocations) {
      ByteBuffer out = ByteBuffer.allocate(ElfFile.RELOCATION_BYTES).order(order);
      long symbol = numbers.getOrDefault(relocation.symbol(), 0);
      out.putLong(relocation.offset()).putLong(symbol << 32 | relocation.type());
      section.append(out.array());
    }
    return section;
  }

  private void header(ByteBuffer out, Section section, int name, int start, int link, int info) {
    int entrySize =
        switch (section.type) {
          case ElfFile.TYPE_SYMBOLS -> ElfFile.SYMBOL_BYTES;
          case ElfFile.TYPE_RELOCATIONS -> ElfFile.RELOCATION_BYTES;
          default -> 0;
        };
    out.putInt(name).putInt(section.type).putLong(section.flags).putLong(0);
    out.putLong(start).putLong(section.size()).putInt(link).putInt(info);
    out.putLong(ALIGNMENT).putLong(entrySize);
  }

  private static void head(ByteBuffer out, int sectionHeaders, int sections) {
    out.put(ElfFile.MAGIC).put((byte) ElfFile.CLASS_64);
    boolean little = out.order() == ByteOrder.LITTLE_ENDIAN;
    out.put((byte) (little ? ElfFile.LITTLE_ENDIAN : ElfFile.BIG_ENDIAN)).put((byte) 1);
    out.putShort(16, (short) ElfFile.RELOCATABLE).putShort(18, (short) ElfFile.MACHINE_BPF);
    out.putInt(20, 1).putLong(40, sectionHeaders).putShort(52, (short) ElfFile.HEADER_BYTES);
    out.putShort(58, (short) ElfFile.SECTION_BYTES).putShort(60, (short) (sections + 1));
    // Names of sections and of symbols share a table, the last section.
    out.putShort(62, (short) sections);
  }

  private static void align(ByteArrayOutputStream file) {
    while (file.size() % ALIGNMENT != 0) {
      file.write(0);
    }
  }
}
