package dev.jbpfilter.bytecode.btf;

import java.util.List;

/** Types in the words of {@code bpftool btf dump … format raw}. */
final class BpftoolText {
  private final Btf types;
  private final StringBuilder out = new StringBuilder();

  private BpftoolText(Btf types) {
    this.types = types;
  }

  static String of(Btf types) {
    BpftoolText text = new BpftoolText(types);
    for (int id = 1; id <= types.lastId(); id++) {
      text.add(id, types.type(id));
    }
    return text.out.toString();
  }

  private void add(int id, BtfType type) {
    String kind = type.kind().name();
    out.append('[').append(id).append("] ").append(kind).append(' ').append(name(type.name()));
    switch (type) {
      case BtfType.Int(String name, int bytes, int encoding, int offset, int bits) ->
          out.append(
              " size=%d bits_offset=%d nr_bits=%d encoding=%s"
                  .formatted(bytes, offset, bits, encoding(encoding)));
      case BtfType.Array(int element, int index, int count) ->
          out.append(" type_id=%d index_type_id=%d nr_elems=%d".formatted(element, index, count));
      case BtfType.Composite composite -> members(composite);
      case BtfType.Enumeration enumeration -> values(enumeration);
      case BtfType.Fwd(String name, boolean union) ->
          out.append(union ? " fwd_kind=union" : " fwd_kind=struct");
      case BtfType.Func(String name, int proto, Linkage linkage) ->
          out.append(" type_id=" + proto + " linkage=" + linkage(linkage));
      case BtfType.FuncProto(int result, List<Parameter> parameters) -> {
        out.append(" ret_type_id=" + result + " vlen=" + parameters.size());
        for (Parameter parameter : parameters) {
          out.append("\n\t" + name(parameter.name()) + " type_id=" + parameter.type());
        }
      }
      case BtfType.Var(String name, int value, Linkage linkage) ->
          out.append(" type_id=" + value + ", linkage=" + linkage(linkage));
      case BtfType.Datasec(String name, int bytes, List<SectionEntry> entries) -> {
        out.append(" size=" + bytes + " vlen=" + entries.size());
        for (SectionEntry entry : entries) {
          BtfType variable = types.type(entry.type());
          out.append(
              "\n\ttype_id=%d offset=%d size=%d (%s '%s')"
                  .formatted(
                      entry.type(),
                      entry.offset(),
                      entry.bytes(),
                      variable.kind(),
                      variable.name()));
        }
      }
      case BtfType.FloatingPoint number -> out.append(" size=" + number.bytes());
      case BtfType.DeclTag tag ->
          out.append(" type_id=" + tag.type() + " component_idx=" + tag.component());
      case BtfType.Reference reference -> out.append(" type_id=" + reference.type());
    }
    out.append('\n');
  }

  private void members(BtfType.Composite composite) {
    out.append(" size=" + composite.bytes() + " vlen=" + composite.members().size());
    for (Member member : composite.members()) {
      out.append("\n\t" + name(member.name()) + " type_id=" + member.type());
      out.append(" bits_offset=" + member.bitOffset());
      if (member.bitSize() != 0) {
        out.append(" bitfield_size=" + member.bitSize());
      }
    }
  }

  private void values(BtfType.Enumeration enumeration) {
    out.append(" encoding=" + (enumeration.signed() ? "SIGNED" : "UNSIGNED"));
    out.append(" size=" + enumeration.bytes() + " vlen=" + enumeration.values().size());
    for (Enumerator value : enumeration.values()) {
      out.append("\n\t" + name(value.name()) + " val=");
      out.append(
          enumeration.signed()
              ? Long.toString(value.value())
              : Long.toUnsignedString(value.value()));
      if (enumeration instanceof BtfType.Enum64) {
        out.append(enumeration.signed() ? "LL" : "ULL");
      }
    }
  }

  private static String name(String name) {
    return name.isEmpty() ? "'(anon)'" : "'" + name + "'";
  }

  private static String linkage(Linkage linkage) {
    return switch (linkage) {
      case STATIC -> "static";
      case GLOBAL -> "global";
      case EXTERN -> "extern";
    };
  }

  private static String encoding(int encoding) {
    return switch (encoding) {
      case 0 -> "(none)";
      case BtfType.Int.SIGNED -> "SIGNED";
      case BtfType.Int.CHAR -> "CHAR";
      case BtfType.Int.BOOL -> "BOOL";
      default -> "UNKN";
    };
  }
}
