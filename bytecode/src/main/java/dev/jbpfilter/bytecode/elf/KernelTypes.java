package dev.jbpfilter.bytecode.elf;

import dev.jbpfilter.bytecode.CodegenException;
import dev.jbpfilter.bytecode.CodegenException.Reason;
import dev.jbpfilter.bytecode.btf.Btf;
import dev.jbpfilter.bytecode.btf.BtfBuilder;
import dev.jbpfilter.bytecode.btf.BtfField;
import dev.jbpfilter.bytecode.btf.BtfKind;
import dev.jbpfilter.bytecode.btf.BtfType;
import dev.jbpfilter.bytecode.btf.BtfTypes;
import dev.jbpfilter.bytecode.btf.FieldPath;
import dev.jbpfilter.bytecode.btf.Linkage;
import dev.jbpfilter.bytecode.btf.Member;
import dev.jbpfilter.bytecode.btf.Parameter;
import dev.jbpfilter.bytecode.btf.SectionEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Declares what a program takes from the kernel. libbpf compares the declarations with the kernel's
 * types, but not deeply: structures and unions are equal if both are such, integers whatever their
 * size, and pointers if what they point to is. So a structure is declared without its members, but
 * for those whose offsets are asked for.
 */
final class KernelTypes {
  /** Kernel functions whose types are known without a kernel: result, then parameters. */
  private static final Map<String, List<String>> FUNCTIONS =
      Map.ofEntries(
          function("bpf_dynptr_adjust", "int", "struct bpf_dynptr *", "u64", "u64"),
          function("bpf_dynptr_clone", "int", "struct bpf_dynptr *", "struct bpf_dynptr *"),
          function(
              "bpf_dynptr_from_skb", "int", "struct __sk_buff *", "u64", "struct bpf_dynptr *"),
          function("bpf_dynptr_from_xdp", "int", "struct xdp_md *", "u64", "struct bpf_dynptr *"),
          function("bpf_dynptr_size", "u64", "struct bpf_dynptr *"),
          function("bpf_dynptr_slice", "void *", "struct bpf_dynptr *", "u64", "void *", "u64"),
          function(
              "bpf_dynptr_slice_rdwr", "void *", "struct bpf_dynptr *", "u64", "void *", "u64"),
          function("bpf_cast_to_kern_ctx", "void *", "void *"),
          function("bpf_rdonly_cast", "void *", "void *", "u32"),
          function("bpf_preempt_disable", "void"),
          function("bpf_preempt_enable", "void"),
          function("bpf_rcu_read_lock", "void"),
          function("bpf_rcu_read_unlock", "void"));

  private static final int MAX_DEPTH = 32;

  private final BtfBuilder types;
  private final @Nullable BtfTypes kernel;
  private final Map<String, Integer> structures = new HashMap<>();
  private final Map<String, Integer> externs = new LinkedHashMap<>();
  private final Map<String, Layout> layouts = new LinkedHashMap<>();

  /**
   * A structure of which some members are known. All of them begin where it does: its offsets are
   * those that the instructions have before they are relocated, which is 0.
   */
  private static final class Layout {
    private final String name;
    private final int id;
    private final Map<String, Integer> members = new LinkedHashMap<>();
    private final Map<String, Layout> nested = new LinkedHashMap<>();

    Layout(String name, int id) {
      this.name = name;
      this.id = id;
    }
  }

  /**
   * A field.
   *
   * @param type id of the structure
   * @param access where in it, as CO-RE relocations say it
   */
  record Field(int type, String access) {}

  KernelTypes(BtfBuilder types, @Nullable BtfTypes kernel) {
    this.types = types;
    this.kernel = kernel;
  }

  /** Declares a function of the kernel, once. */
  void function(String name) {
    if (externs.containsKey(name)) {
      return;
    }
    int proto = proto(name);
    if (proto < 0) {
      throw unsupported("kernel function " + name + " (its type is not known)");
    }
    externs.put(name, types.add(new BtfType.Func(name, proto, Linkage.EXTERN)));
  }

  /** Declares a variable of the kernel, once. */
  void variable(String name) {
    if (externs.containsKey(name)) {
      return;
    }
    OptionalInt id = kernel == null ? OptionalInt.empty() : kernel.find(BtfKind.VAR, name);
    if (kernel == null
        || id.isEmpty()
        || !(kernel.type(id.getAsInt()) instanceof BtfType.Var variable)) {
      throw unsupported("kernel variable " + name + " (its type is not known)");
    }
    int type = copy(kernel, variable.type(), 0);
    externs.put(name, types.add(new BtfType.Var(name, type, Linkage.EXTERN)));
  }

  /** A pointer to a structure that is only known by name; to void for an empty name. */
  int pointerTo(String structure) {
    return types.pointer(structure.isEmpty() ? 0 : structure(structure));
  }

  /**
   * Declares a field of a kernel structure.
   *
   * @param bytes how many are loaded. If the kernel's types are not at hand, eight are a pointer,
   *     and fewer an integer.
   */
  Field field(String type, String path, int bytes) {
    BtfField found = null;
    if (kernel != null) {
      OptionalInt id = kernel.find(BtfKind.STRUCT, type);
      found = id.isEmpty() ? null : kernel.field(id.getAsInt(), path).orElse(null);
      if (found == null || !found.wholeBytes()) {
        throw unsupported("kernel field " + type + "." + path + " (missing, or a bit-field)");
      }
    }
    Layout root = layouts.computeIfAbsent(type, name -> new Layout(name, types.declare()));
    Layout layout = root;
    StringBuilder access = new StringBuilder("0");
    List<FieldPath.Step> steps = FieldPath.parse(path).steps();
    for (int i = 0; i < steps.size(); i++) {
      FieldPath.Step step = steps.get(i);
      if (!step.indices().isEmpty()) {
        throw unsupported("kernel field " + type + "." + path + " (an element of an array)");
      }
      boolean last = i == steps.size() - 1;
      if (!layout.members.containsKey(step.name())) {
        layout.members.put(step.name(), last ? fieldType(found, bytes) : nested(layout, step));
      }
      access.append(':').append(List.copyOf(layout.members.keySet()).indexOf(step.name()));
      Layout inner = layout.nested.get(step.name());
      if (last == (inner != null)) {
        throw unsupported("kernel field " + type + "." + path + " (in part a structure)");
      }
      layout = inner == null ? layout : inner;
    }
    return new Field(root.id, access.toString());
  }

  /** Completes what is declared. */
  void finish() {
    layouts.values().forEach(this::define);
    if (!externs.isEmpty()) {
      List<SectionEntry> entries = new ArrayList<>();
      externs.values().forEach(id -> entries.add(new SectionEntry(id, 0, 0)));
      types.add(new BtfType.Datasec(".ksyms", 0, entries));
    }
  }

  private int nested(Layout layout, FieldPath.Step step) {
    Layout inner = new Layout("", types.declare());
    layout.nested.put(step.name(), inner);
    return inner.id;
  }

  private int fieldType(@Nullable BtfField found, int bytes) {
    if (kernel != null && found != null) {
      return copy(kernel, found.type(), 0);
    }
    return bytes == Long.BYTES ? types.pointer(0) : types.unsigned("u" + bytes * 8, bytes);
  }

  /** Defines a structure after those in it; returns its size. */
  private int define(Layout layout) {
    Map<String, Integer> sizes = new HashMap<>();
    layout.nested.forEach((name, inner) -> sizes.put(name, define(inner)));
    int bytes = Long.BYTES;
    List<Member> members = new ArrayList<>();
    for (Map.Entry<String, Integer> member : layout.members.entrySet()) {
      bytes = Math.max(bytes, sizes.getOrDefault(member.getKey(), Long.BYTES));
      members.add(new Member(member.getKey(), member.getValue(), 0));
    }
    types.define(layout.id, new BtfType.Struct(layout.name, bytes, members));
    return bytes;
  }

  private int proto(String name) {
    if (kernel != null) {
      OptionalInt id = kernel.find(BtfKind.FUNC, name);
      if (id.isPresent() && kernel.type(id.getAsInt()) instanceof BtfType.Func function) {
        return copy(kernel, function.type(), 0);
      }
      return -1;
    }
    List<String> declared = FUNCTIONS.get(name);
    if (declared == null) {
      return -1;
    }
    int result = named(declared.getFirst());
    List<Parameter> parameters = new ArrayList<>();
    for (String parameter : declared.subList(1, declared.size())) {
      parameters.add(parameter(parameters.size(), named(parameter)));
    }
    return types.add(new BtfType.FuncProto(result, parameters));
  }

  /** A type in the notation of C, as far as {@link #FUNCTIONS} uses it. */
  private int named(String type) {
    return switch (type) {
      case "void" -> 0;
      case "int" -> types.signed("int", Integer.BYTES);
      case "u32" -> types.unsigned("u32", Integer.BYTES);
      case "u64" -> types.unsigned("u64", Long.BYTES);
      case "void *" -> types.pointer(0);
      default -> pointerTo(type.substring("struct ".length(), type.length() - " *".length()));
    };
  }

  /** A structure that is only known by name. */
  int structure(String name) {
    Integer known = structures.get(name);
    if (known == null) {
      known = types.add(new BtfType.Struct(name, 0, List.of()));
      structures.put(name, known);
    }
    return known;
  }

  /** A type of the kernel, as far as libbpf looks at it. */
  private int copy(BtfTypes kernel, int id, int depth) {
    int definition = kernel.definition(id);
    if (definition == 0) {
      return 0;
    }
    if (depth > MAX_DEPTH) {
      throw unsupported("kernel type " + id + " (nested too deeply)");
    }
    return switch (kernel.type(definition)) {
      case BtfType.Int integer -> types.addAll(new Btf(List.of(integer))).get(1);
      case BtfType.Ptr pointer -> types.pointer(copy(kernel, pointer.type(), depth + 1));
      case BtfType.Array array ->
          types.array(copy(kernel, array.element(), depth + 1), array.count());
      case BtfType.Struct struct -> structure(struct.name());
      case BtfType.Union union -> types.add(new BtfType.Union(union.name(), 0, List.of()));
      case BtfType.Enum32 enumeration -> types.add(enumeration);
      case BtfType.Enum64 enumeration -> types.add(enumeration);
      case BtfType.Fwd forward -> types.add(forward);
      case BtfType.FloatingPoint number -> types.add(number);
      case BtfType.FuncProto proto -> {
        int result = copy(kernel, proto.result(), depth + 1);
        List<Parameter> parameters = new ArrayList<>();
        for (Parameter parameter : proto.parameters()) {
          int type = copy(kernel, parameter.type(), depth + 1);
          parameters.add(parameter.type() == 0 ? parameter : parameter(parameters.size(), type));
        }
        yield types.add(new BtfType.FuncProto(result, parameters));
      }
      case BtfType.Func function -> throw unsupported("kernel type " + function.name());
      case BtfType.Var variable -> throw unsupported("kernel type " + variable.name());
      case BtfType.Datasec section -> throw unsupported("kernel type " + section.name());
      case BtfType.DeclTag tag -> throw unsupported("kernel type " + tag.name());
      // The definition of a type is none of these.
      case BtfType.Reference reference -> throw unsupported("kernel type " + reference.name());
    };
  }

  /** The kernel wants parameters to have names. */
  static Parameter parameter(int index, int type) {
    return new Parameter("arg" + index, type);
  }

  private static Map.Entry<String, List<String>> function(String name, String... types) {
    return Map.entry(name, List.of(types));
  }

  static CodegenException unsupported(String what) {
    return new CodegenException(new Reason.Unsupported(what), null);
  }
}
