package dev.jbpfilter.bytecode.elf;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.bytecode.btf.Btf;
import dev.jbpfilter.bytecode.btf.BtfException;
import dev.jbpfilter.bytecode.btf.BtfKind;
import dev.jbpfilter.bytecode.btf.BtfType;
import dev.jbpfilter.bytecode.btf.Linkage;
import dev.jbpfilter.bytecode.btf.Member;
import dev.jbpfilter.bytecode.btf.SectionEntry;
import dev.jbpfilter.bytecode.elf.ElfFile.Section;
import dev.jbpfilter.bytecode.elf.ElfFile.Symbol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The maps of an object file: variables in {@code .maps}, whose types say what to create, and the
 * sections that hold other variables.
 */
final class MapReader {
  static final String MAPS = ".maps";
  static final String KCONFIG = ".kconfig";

  /** {@code BPF_F_RDONLY_PROG}. */
  static final int READ_ONLY = 1 << 7;

  private static final int PIN_BY_NAME = 1;

  private final ElfFile elf;
  private final Btf types;

  /** Maps of {@code .maps} by their offset there. */
  private final Map<Long, ObjectMap> defined = new TreeMap<>();

  private final Map<String, ObjectMap> variables = new LinkedHashMap<>();

  /** Offsets of what the kernel's configuration says. */
  private final Map<String, Integer> configuration = new LinkedHashMap<>();

  MapReader(ElfFile elf, Btf types) {
    this.elf = elf;
    this.types = types;
    if (elf.section("maps") != null) {
      throw new ObjectFileException("maps", 0, "maps in the form before BTF");
    }
    Map<String, BtfType.Var> declared = new HashMap<>();
    for (BtfType type : types.types()) {
      if (type instanceof BtfType.Var variable) {
        declared.putIfAbsent(variable.name(), variable);
      }
    }
    for (Symbol symbol : elf.symbols()) {
      Section section = symbol.section();
      if (section != null
          && section.name().equals(MAPS)
          && symbol.type() == ElfFile.SYMBOL_OBJECT) {
        define(symbol, declared.get(symbol.name()));
      }
    }
    for (Section section : elf.sections()) {
      if (holdsVariables(section)) {
        variables.put(section.name(), variables(section));
      }
    }
    configure();
  }

  /** All maps. */
  List<ObjectMap> all() {
    List<ObjectMap> all = new ArrayList<>(defined.values());
    all.addAll(variables.values());
    return all;
  }

  /** Whether a section is a map of variables. */
  static boolean holdsVariables(Section section) {
    String name = section.name();
    boolean named =
        isOrContinues(name, ".data")
            || isOrContinues(name, ".rodata")
            || isOrContinues(name, ".bss");
    boolean typed = section.type() == ElfFile.TYPE_DATA || section.type() == ElfFile.TYPE_NO_DATA;
    return named && typed && section.has(ElfFile.FLAG_ALLOCATE) && section.size() > 0;
  }

  private static boolean isOrContinues(String name, String prefix) {
    return name.startsWith(prefix)
        && (name.length() == prefix.length() || name.charAt(prefix.length()) == '.');
  }

  /** The name of the map at an offset of {@code .maps}; null if there is none. */
  @Nullable String mapAt(long offset) {
    ObjectMap map = defined.get(offset);
    return map == null ? null : map.spec().name();
  }

  /** Where a number of the kernel's configuration is in its map; null if it is none. */
  @Nullable Integer configured(String name) {
    return configuration.get(name);
  }

  private ObjectMap variables(Section section) {
    int flags = section.name().startsWith(".rodata") ? READ_ONLY : 0;
    return ObjectMap.variables(array(section.name(), section.size(), flags), elf.bytes(section));
  }

  private MapSpec array(String name, int bytes, int flags) {
    OptionalInt type = types.find(BtfKind.DATASEC, name);
    MapSpec.MapBtf btf = type.isPresent() ? new MapSpec.MapBtf(types, 0, type.getAsInt()) : null;
    return new MapSpec(name, MapType.ARRAY, Integer.BYTES, bytes, 1, flags, btf);
  }

  /** The kernel's configuration: variables that are only declared, one after another. */
  private void configure() {
    OptionalInt id = types.find(BtfKind.DATASEC, KCONFIG);
    if (id.isEmpty()) {
      return;
    }
    long offset = 0;
    for (SectionEntry entry : ((BtfType.Datasec) types.type(id.getAsInt())).entries()) {
      if (entry.type() != 0
          && types.type(entry.type())
              instanceof BtfType.Var(String name, int type, Linkage linkage)) {
        long bytes = types.bytes(type);
        long alignment = Math.clamp(Long.highestOneBit(bytes), 1, Long.BYTES);
        offset = (offset + alignment - 1) / alignment * alignment;
        configuration.put(name, (int) offset);
        offset += bytes;
      }
      if (offset > Integer.MAX_VALUE) {
        throw new ObjectFileException(KCONFIG, 0, "too large");
      }
    }
    ObjectMap map = ObjectMap.variables(array(KCONFIG, (int) offset, READ_ONLY), new byte[0]);
    variables.put(KCONFIG, map);
  }

  private void define(Symbol symbol, BtfType.@Nullable Var variable) {
    try {
      if (variable != null && definition(variable.type()) instanceof BtfType.Struct struct) {
        defined.put(symbol.value(), new Definition(symbol.name(), struct).map());
        return;
      }
    } catch (IllegalArgumentException e) {
      throw new ObjectFileException(
          MAPS, symbol.value(), "map " + symbol.name() + ": " + e.getMessage(), e);
    } catch (BtfException e) {
      throw new ObjectFileException(MAPS, symbol.value(), String.valueOf(e.getMessage()), e);
    }
    throw new ObjectFileException(
        MAPS, symbol.value(), "map " + symbol.name() + " has no type that says what it is");
  }

  private @Nullable BtfType definition(int id) {
    int definition = types.definition(id);
    return definition == 0 ? null : types.type(definition);
  }

  /** The definition of one map: each member of the structure is an attribute. */
  private final class Definition {
    private final String name;
    private final BtfType.Struct struct;

    private int type;
    private int keySize;
    private int valueSize;
    private int keyType;
    private int valueType;
    private int maxEntries;
    private int flags;
    private int pinning;
    private long extra;
    private OptionalInt numaNode = OptionalInt.empty();
    private @Nullable MapSpec inner;

    Definition(String name, BtfType.Struct struct) {
      this.name = name;
      this.struct = struct;
    }

    ObjectMap map() {
      MapSpec spec = spec();
      return ObjectMap.defined(spec, pinning == PIN_BY_NAME, inner, extra, numaNode);
    }

    private MapSpec spec() {
      for (Member member : struct.members()) {
        read(member);
      }
      MapType known =
          MapType.of(type)
              .orElseThrow(() -> new IllegalArgumentException("unknown map type " + type));
      MapSpec.MapBtf btf =
          keyType != 0 && valueType != 0 ? new MapSpec.MapBtf(types, keyType, valueType) : null;
      return new MapSpec(name, known, keySize, valueSize, maxEntries, flags, btf);
    }

    private void read(Member member) {
      int value = member.type();
      switch (member.name()) {
        case "type" -> type = number(value);
        case "max_entries" -> maxEntries = number(value);
        case "map_flags" -> flags = number(value);
        case "map_extra" -> extra = number(value);
        case "numa_node" -> numaNode = OptionalInt.of(number(value));
        case "pinning" -> pinning = number(value);
        case "key_size" -> keySize = number(value);
        case "value_size" -> valueSize = number(value);
        case "key" -> {
          keyType = pointee(value);
          keySize = size(keyType);
        }
        case "value" -> {
          valueType = pointee(value);
          valueSize = size(valueType);
        }
        case "values" -> values(value);
        default -> throw new IllegalArgumentException("unknown attribute " + member.name());
      }
    }

    /** What a map of maps has in it; elements that are functions need no description. */
    private void values(int id) {
      valueSize = Integer.BYTES;
      if (definition(id) instanceof BtfType.Array array
          && definition(array.element()) instanceof BtfType.Ptr pointer) {
        if (definition(pointer.type()) instanceof BtfType.Struct described) {
          // One level only: the kernel has no maps of maps of maps.
          Definition definition = new Definition(name + ".inner", described);
          for (Member member : described.members()) {
            if (member.name().equals("values")) {
              throw new IllegalArgumentException("maps in maps in maps");
            }
          }
          inner = definition.spec();
        }
        return;
      }
      throw new IllegalArgumentException("values that are no array of pointers");
    }

    /** A number is the length of an array: {@code int (*max_entries)[4]}; or that of an enum. */
    private int number(int id) {
      BtfType type = definition(id);
      if (type instanceof BtfType.Ptr pointer
          && definition(pointer.type()) instanceof BtfType.Array array) {
        return array.count();
      }
      if (type instanceof BtfType.Enumeration enumeration && enumeration.values().size() == 1) {
        long value = enumeration.values().getFirst().value();
        if (value != (int) value) {
          throw new IllegalArgumentException("attribute of more than 32 bits");
        }
        return (int) value;
      }
      throw new IllegalArgumentException("attribute is no number");
    }

    private int pointee(int id) {
      if (definition(id) instanceof BtfType.Ptr pointer) {
        return pointer.type();
      }
      throw new IllegalArgumentException("attribute is no pointer to a type");
    }

    private int size(int id) {
      long size = types.bytes(id);
      if (size > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("type of " + size + " bytes");
      }
      return (int) size;
    }
  }
}
