package dev.jbpfilter.bytecode.elf;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.bytecode.btf.BtfBuilder;
import dev.jbpfilter.bytecode.btf.BtfType;
import dev.jbpfilter.bytecode.btf.Linkage;
import dev.jbpfilter.bytecode.btf.Member;
import dev.jbpfilter.bytecode.btf.SectionEntry;
import dev.jbpfilter.bytecode.elf.ElfBuilder.Section;
import dev.jbpfilter.bytecode.elf.ElfBuilder.Symbol;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes maps: as variables in {@code .maps} whose types say what to create, or, if programs take
 * the address of their values, as sections of variables. libbpf makes of such a section an array
 * with one value; there is no form for the address of a value in any other map.
 *
 * <p>What a map begins with can be the contents of such a section. For other maps there is no form
 * either, and they are refused: loaded without its elements, a set would match nothing, and a chain
 * that drops what is not in it would drop everything, or nothing, and nobody would be told.
 */
final class MapWriter {
  /** {@code BPF_F_MMAPABLE}, which libbpf gives to sections of its own accord. */
  private static final int MAPPABLE = 1 << 10;

  private final ElfBuilder elf;
  private final BtfBuilder types;
  private @Nullable Section section;
  private final List<SectionEntry> entries = new ArrayList<>();

  MapWriter(ElfBuilder elf, BtfBuilder types) {
    this.elf = elf;
    this.types = types;
  }

  /** Adds a map that programs refer to as such. */
  Symbol define(MapSpec map, String name) {
    if (!map.entries().isEmpty()) {
      throw KernelTypes.unsupported(
          "what map "
              + map.name()
              + " begins with ("
              + map.entries()
              + ") in an object file, which holds only values that programs address,");
    }
    List<Member> members = new ArrayList<>();
    number(members, "type", map.type().number(), map);
    MapSpec.MapBtf btf = map.btf();
    if (btf == null) {
      number(members, "key_size", map.keySize(), map);
      number(members, "value_size", map.valueSize(), map);
    } else {
      List<Integer> ids = types.addAll(btf.btf());
      type(members, "key", ids.get(btf.keyType()));
      type(members, "value", ids.get(btf.valueType()));
    }
    number(members, "max_entries", map.maxEntries(), map);
    number(members, "map_flags", map.flags(), map);
    int bytes = members.size() * Long.BYTES;
    int type = types.add(new BtfType.Struct("", bytes, members));
    if (section == null) {
      section = elf.section(MapReader.MAPS, ElfFile.FLAG_ALLOCATE | ElfFile.FLAG_WRITE);
    }
    int offset = section.size();
    entries.add(new SectionEntry(variable(name, type), offset, bytes));
    section.append(new byte[bytes]);
    return elf.symbol(name, ElfFile.SYMBOL_OBJECT, ElfFile.GLOBAL, section, offset, bytes);
  }

  /** Adds a map the address of whose value programs take, or that holds nothing but a constant. */
  Symbol variable(MapSpec map, String name) {
    boolean readOnly = (map.flags() & MapReader.READ_ONLY) != 0;
    if (map.type() != MapType.ARRAY
        || map.keySize() != Integer.BYTES
        || map.maxEntries() != 1
        || (map.flags() & ~(MAPPABLE | MapReader.READ_ONLY)) != 0) {
      throw KernelTypes.unsupported(
          "the address of a value of map "
              + map.name()
              + " in an object file (only of an array with one entry)");
    }
    String sectionName = (readOnly ? ".rodata." : ".data.") + name;
    int flags = ElfFile.FLAG_ALLOCATE | (readOnly ? 0 : ElfFile.FLAG_WRITE);
    Section data = elf.section(sectionName, flags).append(contents(map));
    MapSpec.MapBtf btf = map.btf();
    int type =
        btf == null
            ? types.array(types.unsigned("u8", 1), map.valueSize())
            : types.addAll(btf.btf()).get(btf.valueType());
    SectionEntry entry = new SectionEntry(variable(name, type), 0, map.valueSize());
    types.add(new BtfType.Datasec(sectionName, map.valueSize(), List.of(entry)));
    return elf.symbol(name, ElfFile.SYMBOL_OBJECT, ElfFile.GLOBAL, data, 0, map.valueSize());
  }

  private static byte[] contents(MapSpec map) {
    return map.entries().isEmpty() ? new byte[map.valueSize()] : map.entries().value(0);
  }

  /** Completes what is defined. */
  void finish() {
    if (section != null) {
      types.add(new BtfType.Datasec(MapReader.MAPS, section.size(), entries));
    }
  }

  private int variable(String name, int type) {
    return types.add(new BtfType.Var(name, type, Linkage.GLOBAL));
  }

  /** A number is the length of an array; what is 0 is left out. */
  private void number(List<Member> members, String attribute, int value, MapSpec map) {
    if (value < 0) {
      throw KernelTypes.unsupported(
          attribute + " " + Integer.toUnsignedString(value) + " of map " + map.name());
    }
    if (value > 0) {
      type(members, attribute, types.array(types.signed("int", Integer.BYTES), value));
    }
  }

  private void type(List<Member> members, String attribute, int type) {
    members.add(new Member(attribute, types.pointer(type), members.size() * Long.SIZE));
  }
}
