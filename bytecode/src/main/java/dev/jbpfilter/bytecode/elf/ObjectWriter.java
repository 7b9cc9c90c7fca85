package dev.jbpfilter.bytecode.elf;

import dev.jbpfilter.bytecode.CodegenException;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.ObjectSpec;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramSpec.LineNote;
import dev.jbpfilter.bytecode.ProgramSpec.Target;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.bytecode.btf.BtfBuilder;
import dev.jbpfilter.bytecode.btf.BtfEncoder;
import dev.jbpfilter.bytecode.btf.BtfType;
import dev.jbpfilter.bytecode.btf.BtfTypes;
import dev.jbpfilter.bytecode.btf.Linkage;
import dev.jbpfilter.bytecode.btf.Parameter;
import dev.jbpfilter.bytecode.btf.StringTable;
import dev.jbpfilter.bytecode.elf.ElfBuilder.Section;
import dev.jbpfilter.bytecode.elf.ElfBuilder.Symbol;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes object files: for each program its maps, code, types and lines; then all types at once.
 */
final class ObjectWriter {
  private final ByteOrder order;
  private final ElfBuilder elf;
  private final BtfBuilder types = new BtfBuilder();
  private final StringTable strings = new StringTable();
  private final Parts parts;
  private final MapWriter maps;
  private final Identifiers symbols = new Identifiers();
  private final Map<String, Section> sections = new LinkedHashMap<>();

  /** What the programs of a file share. */
  record Parts(
      ElfBuilder elf,
      ExtWriter ext,
      KernelTypes kernel,
      Section text,
      Symbol textSymbol,
      Map<String, Symbol> externs) {}

  /**
   * @param kernel the types of a kernel, if they are at hand
   */
  ObjectWriter(ByteOrder order, @Nullable BtfTypes kernel) {
    this.order = order;
    elf = new ElfBuilder(order);
    Section text = code(CodeSections.TEXT);
    Symbol textSymbol = elf.symbol("", ElfFile.SYMBOL_SECTION, ElfFile.LOCAL, text, 0, 0);
    parts =
        new Parts(
            elf,
            new ExtWriter(strings),
            new KernelTypes(types, kernel),
            text,
            textSymbol,
            new HashMap<>());
    maps = new MapWriter(elf, types);
  }

  byte[] write(List<ObjectSpec> objects) {
    String license = license(objects);
    for (ObjectSpec object : objects) {
      try {
        add(object, objects.size() == 1 ? "" : object.name() + "_");
      } catch (CodegenException e) {
        throw e.within("program '" + object.name() + "'");
      }
    }
    parts.kernel().finish();
    maps.finish();
    int data = ElfFile.FLAG_ALLOCATE | ElfFile.FLAG_WRITE;
    elf.section(ObjectReader.LICENSE, data)
        .append((license + "\0").getBytes(StandardCharsets.UTF_8));
    // First the lines: their texts are among those of the types.
    byte[] ext = parts.ext().encode(order);
    elf.section(ObjectReader.BTF, 0).append(BtfEncoder.encode(types.build(), order, strings));
    elf.section(ExtReader.SECTION, 0).append(ext);
    return elf.build();
  }

  private static String license(List<ObjectSpec> objects) {
    String license = objects.isEmpty() ? "" : objects.getFirst().program().license();
    for (ObjectSpec object : objects) {
      if (!object.program().license().equals(license)) {
        throw KernelTypes.unsupported(
            "licenses " + license + " and " + object.program().license() + " in one object file");
      }
    }
    return license;
  }

  private void add(ObjectSpec object, String prefix) {
    ProgramSpec program = object.program();
    String name = SectionName.of(program);
    if (name == null) {
      throw KernelTypes.unsupported(
          "a program of type "
              + program.type()
              + " with attach type "
              + program.attachType()
              + " and flags 0x"
              + Integer.toHexString(program.flags())
              + " in an object file");
    }
    Section section = sections.computeIfAbsent(name, this::code);
    CodeWriter code = new CodeWriter(parts, program, section, maps(object, prefix));
    functions(program, prefix, code);
    lines(object, code);
    code.write();
  }

  private Section code(String name) {
    return elf.section(name, ElfFile.FLAG_ALLOCATE | ElfFile.FLAG_EXECUTE);
  }

  private Map<String, Symbol> maps(ObjectSpec object, String prefix) {
    Map<String, Boolean> asValue = new HashMap<>();
    object
        .program()
        .relocations()
        .forEach(relocation -> {
          switch (relocation.target()) {
            case Target.MapFd(String map) -> use(asValue, map, false);
            case Target.MapValue(String map, int offset) -> use(asValue, map, true);
            case Target.KernelFunction function -> {}
            case Target.Variable variable -> {}
            case Target.StructureId structure -> {}
            case Target.Field field -> {}
          }
        });
    Map<String, Symbol> written = new HashMap<>();
    for (MapSpec map : object.maps()) {
      String name = symbols.unique(prefix + map.name());
      boolean value = asValue.getOrDefault(map.name(), map.isConstant());
      written.put(map.name(), value ? maps.variable(map, name) : maps.define(map, name));
    }
    return written;
  }

  private static void use(Map<String, Boolean> asValue, String map, boolean value) {
    Boolean before = asValue.put(map, value);
    if (before != null && before != value) {
      throw KernelTypes.unsupported(
          "map " + map + ", used as a map and by the address of its value, in an object file");
    }
  }

  private void functions(ProgramSpec program, String prefix, CodeWriter code) {
    for (int i = 0; i < program.functions().size(); i++) {
      ProgramSpec.Function function = program.functions().get(i);
      Section section = code.section(function.slot());
      int offset = code.offset(function.slot());
      int bytes = (end(program, i) - function.slot()) * Long.BYTES;
      boolean main = i == 0;
      String name = symbols.unique(prefix + function.name());
      elf.symbol(
          name,
          ElfFile.SYMBOL_FUNCTION,
          main ? ElfFile.GLOBAL : ElfFile.LOCAL,
          section,
          offset,
          bytes);
      int proto = main ? mainType(program.type()) : subprogramType(function.parameters());
      Linkage linkage = main ? Linkage.GLOBAL : Linkage.STATIC;
      int type = types.add(new BtfType.Func(name, proto, linkage));
      parts.ext().function(section.name(), offset, type);
    }
  }

  private int mainType(ProgramType type) {
    int context = parts.kernel().pointerTo(type.contextStructure().orElse(""));
    int result = types.signed("int", Integer.BYTES);
    return types.add(new BtfType.FuncProto(result, List.of(new Parameter("ctx", context))));
  }

  private int subprogramType(int parameters) {
    int u64 = types.unsigned("u64", Long.BYTES);
    List<Parameter> list = new ArrayList<>();
    for (int i = 0; i < parameters; i++) {
      list.add(KernelTypes.parameter(i, u64));
    }
    return types.add(new BtfType.FuncProto(u64, list));
  }

  /** Notes become lines, equal ones the same line; a function without a note gets its name. */
  private void lines(ObjectSpec object, CodeWriter code) {
    ProgramSpec program = object.program();
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 0; i < program.functions().size(); i++) {
      ProgramSpec.Function function = program.functions().get(i);
      boolean begun = false;
      for (LineNote note : program.notes()) {
        if (note.slot() >= function.slot() && note.slot() < end(program, i)) {
          if (!begun && note.slot() > function.slot()) {
            line(object, code, numbers, function.slot(), function.name());
          }
          begun = true;
          line(object, code, numbers, note.slot(), note.text());
        }
      }
      if (!begun) {
        line(object, code, numbers, function.slot(), function.name());
      }
    }
  }

  private void line(
      ObjectSpec object, CodeWriter code, Map<String, Integer> numbers, int slot, String text) {
    String line = text.replace('\n', ' ').replace("\0", "");
    Integer number = numbers.computeIfAbsent(line, added -> numbers.size() + 1);
    String section = code.section(slot).name();
    parts.ext().line(section, code.offset(slot), object.name(), number, line);
  }

  private static int end(ProgramSpec program, int function) {
    return function + 1 < program.functions().size()
        ? program.functions().get(function + 1).slot()
        : program.instructions().count();
  }
}
