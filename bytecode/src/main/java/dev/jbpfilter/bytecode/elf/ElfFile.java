package dev.jbpfilter.bytecode.elf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sections, symbols and relocations of an ELF file for eBPF (ELF-64 object file format). All
 * that it hands out has been checked to be inside of the file.
 */
final class ElfFile {
  static final int HEADER_BYTES = 64;
  static final int SECTION_BYTES = 64;
  static final int SYMBOL_BYTES = 24;
  static final int RELOCATION_BYTES = 16;

  static final byte[] MAGIC = {0x7f, 'E', 'L', 'F'};
  static final int CLASS_64 = 2;
  static final int LITTLE_ENDIAN = 1;
  static final int BIG_ENDIAN = 2;
  static final int RELOCATABLE = 1;
  static final int MACHINE_BPF = 247;

  static final int TYPE_NONE = 0;
  static final int TYPE_DATA = 1;
  static final int TYPE_SYMBOLS = 2;
  static final int TYPE_STRINGS = 3;
  static final int TYPE_NO_DATA = 8;
  static final int TYPE_RELOCATIONS = 9;

  static final int FLAG_WRITE = 1;
  static final int FLAG_ALLOCATE = 2;
  static final int FLAG_EXECUTE = 4;
  static final int FLAG_LINK = 0x40;

  static final int SYMBOL_NONE = 0;
  static final int SYMBOL_OBJECT = 1;
  static final int SYMBOL_FUNCTION = 2;
  static final int SYMBOL_SECTION = 3;

  static final int LOCAL = 0;
  static final int GLOBAL = 1;

  /** {@code R_BPF_64_64}: the address of a symbol in a 64-bit load. */
  static final int ADDRESS = 1;

  /** {@code R_BPF_64_32}: a function in a call. */
  static final int CALL = 10;

  private final ByteBuffer data;
  private final List<Section> sections = new ArrayList<>();
  private final List<Symbol> symbols = new ArrayList<>();

  /**
   * A section.
   *
   * @param start offset in the file; 0 if it has no data there
   * @param size in bytes
   * @param link index of another section that it needs
   * @param info for relocations, the index of the section that they apply to
   */
  record Section(
      int index, String name, int type, long flags, int start, int size, int link, int info) {
    boolean has(int flag) {
      return (flags & flag) != 0;
    }

    boolean hasData() {
      return ElfFile.hasData(type);
    }

    boolean isCode() {
      return type == TYPE_DATA && has(FLAG_EXECUTE);
    }
  }

  /**
   * A symbol.
   *
   * @param section null if it is defined elsewhere, or not in a section
   * @param value offset in the section
   */
  record Symbol(
      int index,
      String name,
      int type,
      int binding,
      boolean defined,
      @Nullable Section section,
      long value,
      long size) {}

  /**
   * A relocation.
   *
   * @param offset in the section
   * @param type {@link #ADDRESS}, {@link #CALL} or others
   */
  record Relocation(long offset, int type, Symbol symbol) {}

  private ElfFile(ByteBuffer data) {
    this.data = data;
  }

  /**
   * Reads the tables.
   *
   * @throws ObjectFileException if they are malformed, or the file is not for eBPF
   */
  static ElfFile read(byte[] bytes) {
    if (bytes.length < HEADER_BYTES) {
      throw new ObjectFileException("", 0, "no ELF header");
    }
    ByteBuffer data = ByteBuffer.wrap(bytes);
    for (int i = 0; i < MAGIC.length; i++) {
      require(bytes[i] == MAGIC[i], i, "not an ELF file");
    }
    require(bytes[4] == CLASS_64, 4, "not a 64-bit ELF file");
    require(bytes[5] == LITTLE_ENDIAN || bytes[5] == BIG_ENDIAN, 5, "unknown byte order");
    data.order(bytes[5] == LITTLE_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    require(bytes[6] == 1 && data.getInt(20) == 1, 6, "unknown ELF version");
    require(data.getShort(16) == RELOCATABLE, 16, "not a relocatable file");
    require(data.getShort(18) == MACHINE_BPF, 18, "not for eBPF");
    ElfFile file = new ElfFile(data);
    file.readSections();
    file.refuseOverlaps();
    file.readSymbols();
    return file;
  }

  ByteOrder order() {
    return data.order();
  }

  List<Section> sections() {
    return sections;
  }

  List<Symbol> symbols() {
    return symbols;
  }

  /** The section of some name; null if there is none. */
  @Nullable Section section(String name) {
    for (Section section : sections) {
      if (section.name().equals(name)) {
        return section;
      }
    }
    return null;
  }

  /** The contents of a section; none if it has no data in the file. */
  byte[] bytes(Section section) {
    byte[] bytes = new byte[section.hasData() ? section.size() : 0];
    data.get(section.start(), bytes);
    return bytes;
  }

  /** The relocations of a section. */
  List<Relocation> relocations(Section target) {
    Section found = null;
    for (Section section : sections) {
      if (section.type() == TYPE_RELOCATIONS && section.info() == target.index()) {
        if (found != null) {
          throw new ObjectFileException(section.name(), 0, target.name() + " is relocated twice");
        }
        found = section;
      }
    }
    return found == null ? List.of() : read(found);
  }

  private List<Relocation> read(Section section) {
    List<Relocation> relocations = new ArrayList<>();
    for (int at = 0; at + RELOCATION_BYTES <= section.size(); at += RELOCATION_BYTES) {
      long offset = data.getLong(section.start() + at);
      long info = data.getLong(section.start() + at + 8);
      long symbol = info >>> 32;
      if (symbol >= symbols.size()) {
        throw new ObjectFileException(section.name(), at, "no symbol " + symbol);
      }
      relocations.add(new Relocation(offset, (int) info, symbols.get((int) symbol)));
    }
    return relocations;
  }

  private void readSections() {
    long table = data.getLong(40);
    int count = data.getShort(60) & 0xffff;
    int names = data.getShort(62) & 0xffff;
    require(
        count == 0 || (data.getShort(58) & 0xffff) == SECTION_BYTES,
        58,
        "unknown size of section headers");
    require(
        table >= 0 && table <= data.limit() - (long) count * SECTION_BYTES,
        40,
        "section headers outside of the file");
    require(names < count, 62, "no section names");
    int namesHeader = (int) table + names * SECTION_BYTES;
    Section strings = section(names, "", namesHeader);
    require(strings.type() == TYPE_STRINGS, namesHeader + 4, "section names are no strings");
    for (int i = 0; i < count; i++) {
      int at = (int) table + i * SECTION_BYTES;
      sections.add(section(i, text(strings, data.getInt(at), "", at), at));
    }
  }

  /** What overlaps could be read over and over: a small file would take unbounded time. */
  private void refuseOverlaps() {
    List<Section> ordered = new ArrayList<>(sections);
    ordered.sort(Comparator.comparingInt(Section::start));
    int end = 0;
    for (Section section : ordered) {
      if (section.hasData() && section.size() > 0) {
        if (section.start() < end) {
          throw new ObjectFileException(section.name(), 0, "overlaps another section");
        }
        end = section.start() + section.size();
      }
    }
  }

  private Section section(int index, String name, int at) {
    int type = data.getInt(at + 4);
    long start = data.getLong(at + 24);
    long size = data.getLong(at + 32);
    boolean hasData = hasData(type);
    require(
        size >= 0
            && size <= Integer.MAX_VALUE
            && (!hasData || (start >= 0 && start <= data.limit() - size)),
        at + 24,
        "section " + name + " is outside of the file");
    return new Section(
        index,
        name,
        type,
        data.getLong(at + 8),
        hasData ? (int) start : 0,
        (int) size,
        data.getInt(at + 40),
        data.getInt(at + 44));
  }

  private static boolean hasData(int type) {
    return type != TYPE_NO_DATA && type != TYPE_NONE;
  }

  private void readSymbols() {
    for (Section section : sections) {
      if (section.type() == TYPE_SYMBOLS) {
        if (!symbols.isEmpty()) {
          throw new ObjectFileException(section.name(), 0, "a second symbol table");
        }
        readSymbols(section);
      }
    }
  }

  private void readSymbols(Section section) {
    int link = section.link();
    if (link < 0 || link >= sections.size() || sections.get(link).type() != TYPE_STRINGS) {
      throw new ObjectFileException(section.name(), 0, "symbols without names");
    }
    for (int at = 0; at + SYMBOL_BYTES <= section.size(); at += SYMBOL_BYTES) {
      int start = section.start() + at;
      int kind = data.get(start + 4) & 0xff;
      int index = data.getShort(start + 6) & 0xffff;
      boolean inSection = index != 0 && index < 0xff00;
      if (inSection && index >= sections.size()) {
        throw new ObjectFileException(section.name(), at, "symbol in section " + index);
      }
      Section owner = inSection ? sections.get(index) : null;
      int type = kind & 0xf;
      String name = text(sections.get(link), data.getInt(start), section.name(), at);
      long value = data.getLong(start + 8);
      long size = data.getLong(start + 16);
      if (owner != null
          && (value < 0 || size < 0 || value > owner.size() || size > owner.size() - value)) {
        throw new ObjectFileException(
            section.name(), at, "symbol " + name + " is outside of its section");
      }
      String shown = type == SYMBOL_SECTION && owner != null ? owner.name() : name;
      symbols.add(
          new Symbol(at / SYMBOL_BYTES, shown, type, kind >> 4, index != 0, owner, value, size));
    }
  }

  private String text(Section strings, int offset, String section, int at) {
    int end = offset;
    while (end >= 0 && end < strings.size() && data.get(strings.start() + end) != 0) {
      end++;
    }
    if (end < 0 || end >= strings.size()) {
      throw new ObjectFileException(section, at, "no name at " + Integer.toUnsignedString(offset));
    }
    byte[] text = new byte[end - offset];
    data.get(strings.start() + offset, text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private static void require(boolean condition, long offset, String problem) {
    if (!condition) {
      throw new ObjectFileException("", offset, problem);
    }
  }
}
