package dev.jbpfilter.bytecode;

import dev.jbpfilter.bytecode.ProgramSpec.Relocation;
import dev.jbpfilter.bytecode.ProgramSpec.Target;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Writes programs and their maps as text, for people and for other tools. All formats take several
 * chains, show them in the given order, and end each line with a line feed.
 */
public final class Dump {
  private static final HexFormat SPACED = HexFormat.ofDelimiter(" ");

  private Dump() {}

  /**
   * Listings as {@link Disassembler} prints them, each below comment lines that describe the chain,
   * its program and its maps. An empty line separates chains.
   *
   * @throws DecodeException if an instruction is unknown
   */
  public static String asm(List<ObjectSpec> objects) {
    StringBuilder out = new StringBuilder();
    for (ObjectSpec object : objects) {
      separate(out);
      out.append("; ").append(summary(object, "; "));
      out.append(Disassembler.disassemble(object.program()));
    }
    return out.toString();
  }

  /**
   * The instructions as bytes: on each line the eight bytes of a slot on a little-endian machine,
   * in hexadecimal. A {@code #} begins a comment that goes on to the end of the line; comments
   * describe the chain, its program and its maps, and name what the loader has to fill in. An empty
   * line separates chains.
   */
  public static String hex(List<ObjectSpec> objects) {
    StringBuilder out = new StringBuilder();
    for (ObjectSpec object : objects) {
      separate(out);
      out.append("# ").append(summary(object, "# "));
      ProgramSpec program = object.program();
      byte[] bytes = program.instructions().toBytes();
      int relocations = 0;
      for (int slot = 0; slot < program.instructions().count(); slot++) {
        out.append(SPACED.formatHex(bytes, slot * Long.BYTES, (slot + 1) * Long.BYTES));
        if (relocations < program.relocations().size()
            && program.relocations().get(relocations).slot() == slot) {
          out.append(" # ").append(text(program.relocations().get(relocations++)));
        }
        out.append('\n');
      }
    }
    return out.toString();
  }

  /**
   * C source that needs {@code <linux/bpf.h>} and no more than C99. For each chain, named after it:
   *
   * <ul>
   *   <li>{@code const struct bpf_insn NAME_insns[]}, the instructions;
   *   <li>{@code NAME_relocations[]}, what has to be filled in before loading, if anything: the
   *       slot, {@code "map_fd"}, {@code "map_value"}, {@code "kernel_function"}, {@code
   *       "variable"} or {@code "field"}, the name of the map, function or variable or of type and
   *       member with a dot between them, and the byte offset into the map's value;
   *   <li>{@code const union bpf_attr NAME_maps[]}, the arguments of BPF_MAP_CREATE for its maps,
   *       if it has any, but for their BTF.
   * </ul>
   *
   * <p>Characters of the name that C does not allow become {@code _}; a name that is taken then
   * gets a number.
   *
   * @throws DecodeException if an instruction is unknown
   */
  public static String c(List<ObjectSpec> objects) {
    return new CWriter().write(objects);
  }

  /**
   * A JSON document (RFC 8259): an array with an object for each chain. Members are always present
   * and in this order unless said otherwise:
   *
   * <pre>{@code
   * [
   *   {
   *     "format": "jbpfilter-program",
   *     "version": 1,
   *     "name": "my_chain",
   *     "program": {
   *       "name": "bf_prog",
   *       "type": "xdp",              kernel name in lower case
   *       "type_number": 6,           enum bpf_prog_type
   *       "attach_type": "xdp",
   *       "attach_type_number": 37,   enum bpf_attach_type
   *       "flags": 32,                prog_flags of BPF_PROG_LOAD
   *       "license": "GPL",
   *       "instructions": [           one string for each slot: its eight bytes on a
   *         "6116040000000000"        little-endian machine, in hexadecimal
   *       ],
   *       "relocations": [            what the loader fills in, by ascending slot
   *         {"slot": 3, "kind": "map_fd", "map": "bf_cmap"},
   *         {"slot": 7, "kind": "map_value", "map": "bf_tables", "offset": 40},
   *         {"slot": 9, "kind": "kernel_function", "function": "bpf_dynptr_from_xdp"},
   *         {"slot": 11, "kind": "variable", "variable": "bpf_prog_active"},
   *         {"slot": 13, "kind": "field", "type": "sk_buff", "field": "dev"}
   *       ],
   *       "functions": [              where each begins, by ascending slot
   *         {"slot": 0, "name": "bf_prog", "parameters": 1}
   *       ],
   *       "notes": [                  what the instructions from a slot on are for
   *         {"slot": 0, "text": "rule 0"}
   *       ]
   *     },
   *     "maps": [
   *       {
   *         "name": "bf_cmap",
   *         "type": "percpu_array",
   *         "type_number": 6,         enum bpf_map_type
   *         "key_size": 4,            bytes
   *         "value_size": 16,         bytes
   *         "max_entries": 3,
   *         "flags": 0,               map_flags of BPF_MAP_CREATE
   *         "btf": {                  absent if the map has none
   *           "key_type": 2,          type ids
   *           "value_type": 3,
   *           "data": "9feb01…"       what BPF_BTF_LOAD takes, in hexadecimal
   *         },
   *         "entries": [              absent if the map begins with none: key and value of each
   *           ["c0000201", "03"]      as bytes in memory, in hexadecimal
   *         ]
   *       }
   *     ]
   *   }
   * ]
   * }</pre>
   *
   * <p>Any other change than a new member gets a new version number.
   */
  public static String json(List<ObjectSpec> objects) {
    StringBuilder text = new StringBuilder();
    json(objects, text);
    return text.toString();
  }

  /**
   * Writes the same document piece by piece, as maps may begin with millions of entries.
   *
   * @throws java.io.UncheckedIOException if the target fails
   */
  public static void json(List<ObjectSpec> objects, Appendable target) {
    new JsonDump(target).write(objects);
  }

  private static void separate(StringBuilder out) {
    if (!out.isEmpty()) {
      out.append('\n');
    }
  }

  /** A chain's description: lines, of which all but the first begin with a prefix. */
  static String summary(ObjectSpec object, String prefix) {
    ProgramSpec program = object.program();
    StringBuilder out = new StringBuilder();
    out.append("chain ").append(object.name()).append('\n');
    out.append(prefix).append("program ").append(program.name());
    out.append(": type ").append(name(program.type()));
    out.append("  attach_type ").append(name(program.attachType()));
    out.append("  flags 0x").append(Integer.toHexString(program.flags()));
    out.append("  license ").append(program.license()).append('\n');
    for (MapSpec map : object.maps()) {
      out.append(prefix).append("map ").append(map.name());
      out.append(": type ").append(name(map.type()));
      out.append("  key ").append(map.keySize()).append('B');
      out.append("  value ").append(map.valueSize()).append('B');
      out.append("  max_entries ").append(map.maxEntries());
      out.append("  flags 0x").append(Integer.toHexString(map.flags()));
      if (!map.entries().isEmpty()) {
        out.append("  begins with ").append(map.entries());
      }
      out.append('\n');
    }
    return out.toString();
  }

  /** The kernel's name of a constant, in lower case. */
  static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String text(Relocation relocation) {
    return switch (relocation.target()) {
      case Target.MapFd(String map) -> "map " + map;
      case Target.MapValue(String map, int offset) -> "map " + map + " value+" + offset;
      case Target.KernelFunction(String function) -> "kernel function " + function;
      case Target.Variable(String variable) -> "kernel variable " + variable;
      case Target.StructureId(String type) -> "type id of struct " + type;
      case Target.Field(String type, String field) -> "offset of " + type + "." + field;
    };
  }
}
