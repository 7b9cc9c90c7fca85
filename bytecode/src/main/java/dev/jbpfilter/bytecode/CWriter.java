package dev.jbpfilter.bytecode;

import dev.jbpfilter.bytecode.ProgramSpec.Relocation;
import dev.jbpfilter.bytecode.ProgramSpec.Target;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes {@link Dump#c}. */
final class CWriter {
  private final StringBuilder out = new StringBuilder();
  private final Set<String> names = new HashSet<>();

  String write(List<ObjectSpec> objects) {
    out.append("#include <linux/bpf.h>\n");
    for (ObjectSpec object : objects) {
      String name = identifier(object.name());
      out.append("\n/*\n * ").append(comment(Dump.summary(object, " * "))).append(" */\n");
      instructions(name, object.program());
      if (!object.program().relocations().isEmpty()) {
        relocations(name, object.program().relocations());
      }
      if (!object.maps().isEmpty()) {
        maps(name, object.maps());
      }
    }
    return out.toString();
  }

  private void instructions(String name, ProgramSpec program) {
    out.append("const struct bpf_insn ").append(name).append("_insns[] = {\n");
    for (Disassembler.Line line : Disassembler.lines(program)) {
      if (line.kind() != Disassembler.Kind.INSTRUCTION) {
        out.append("\t/* ").append(comment(line.text())).append(" */\n");
        continue;
      }
      long slot = program.instructions().slot(line.slot());
      instruction(slot);
      out.append(" /* ").append(comment(line.text())).append(" */\n");
      if ((slot & 0xff) == 0x18) {
        instruction(program.instructions().slot(line.slot() + 1));
        out.append('\n');
      }
    }
    out.append("};\n");
  }

  private void instruction(long slot) {
    out.append("\t{.code = 0x").append(Integer.toHexString((int) slot & 0xff));
    out.append(", .dst_reg = ").append((int) slot >>> 8 & 0xf);
    out.append(", .src_reg = ").append((int) slot >>> 12 & 0xf);
    out.append(", .off = ").append((short) (slot >>> 16));
    out.append(", .imm = ").append((int) (slot >>> 32)).append("},");
  }

  private void relocations(String name, List<Relocation> relocations) {
    out.append("const struct {\n\tunsigned int slot;\n\tconst char *kind;\n");
    out.append("\tconst char *name;\n\tunsigned int offset;\n} ");
    out.append(name).append("_relocations[] = {\n");
    for (Relocation relocation : relocations) {
      out.append("\t{").append(relocation.slot()).append(", ");
      switch (relocation.target()) {
        case Target.MapFd(String map) -> relocation("map_fd", map, 0);
        case Target.MapValue(String map, int offset) -> relocation("map_value", map, offset);
        case Target.KernelFunction(String function) -> relocation("kernel_function", function, 0);
        case Target.Variable(String variable) -> relocation("variable", variable, 0);
        case Target.StructureId(String type) -> relocation("structure_id", type, 0);
        case Target.Field(String type, String field) -> relocation("field", type + "." + field, 0);
      }
      out.append("},\n");
    }
    out.append("};\n");
  }

  private void relocation(String kind, String name, int offset) {
    out.append('"').append(kind).append("\", ").append(literal(name)).append(", ").append(offset);
  }

  private void maps(String name, List<MapSpec> maps) {
    out.append("const union bpf_attr ").append(name).append("_maps[] = {\n");
    for (MapSpec map : maps) {
      out.append("\t{\n\t\t.map_type = BPF_MAP_TYPE_").append(map.type().name());
      out.append(",\n\t\t.key_size = ").append(map.keySize());
      out.append(",\n\t\t.value_size = ").append(map.valueSize());
      out.append(",\n\t\t.max_entries = ").append(map.maxEntries());
      out.append(",\n\t\t.map_flags = 0x").append(Integer.toHexString(map.flags()));
      out.append(",\n\t\t.map_name = ").append(literal(map.name())).append(",\n\t},\n");
    }
    out.append("};\n");
  }

  private String identifier(String name) {
    StringBuilder identifier = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      boolean digit = c >= '0' && c <= '9';
      identifier.append(letter || (digit && i > 0) ? c : '_');
    }
    String base = identifier.toString();
    String candidate = base;
    for (int i = 2; !names.add(candidate); i++) {
      candidate = base + "_" + i;
    }
    return candidate;
  }

  private static String comment(String text) {
    return text.replace("/*", "/ *").replace("*/", "* /");
  }

  private static String literal(String text) {
    StringBuilder literal = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        literal.append('\\');
      }
      literal.append(c);
    }
    return literal.append('"').toString();
  }
}
