package dev.jbpfilter.bytecode.btf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Writes types as the kernel takes them (BPF_BTF_LOAD; Documentation/bpf/btf.rst): a header, the
 * types in order, and the texts, each once, in order of first use.
 *
 * <p>A structure or union gets the kind flag if it has bit-fields.
 */
public final class BtfEncoder {
  /** {@code BTF_MAX_TYPE}. */
  private static final int MAX_TYPE = 0xf_ffff;

  /** {@code BTF_MAX_NAME_OFFSET}. */
  private static final int MAX_TEXT = 0xff_ffff;

  private final ByteBuffer out;
  private final StringTable strings;
  private final int lastId;

  private BtfEncoder(ByteBuffer out, StringTable strings, int lastId) {
    this.out = out;
    this.strings = strings;
    this.lastId = lastId;
  }

  /**
   * The bytes of some types, little-endian.
   *
   * @throws IllegalArgumentException if a type refers to one that does not exist, or there are more
   *     types or texts than the format allows
   */
  public static byte[] encode(Btf btf) {
    BtfView base = btf.base();
    StringTable strings = base == null ? new StringTable() : StringTable.after(base.strings());
    return encode(btf, ByteOrder.LITTLE_ENDIAN, strings);
  }

  /**
   * The bytes of some types.
   *
   * @param strings what the texts are looked up in, and added to. It may have others, which are
   *     written too; if the types have a base, it must have the base's first.
   * @throws IllegalArgumentException as {@link #encode(Btf)}
   */
  public static byte[] encode(Btf btf, ByteOrder order, StringTable strings) {
    int last = btf.lastId();
    if (last > MAX_TYPE) {
      throw new IllegalArgumentException(last + " types are more than " + MAX_TYPE);
    }
    int typeBytes = 0;
    for (BtfType type : btf.types()) {
      typeBytes += BtfView.TYPE_BYTES + moreBytes(type);
    }
    ByteBuffer types = ByteBuffer.allocate(typeBytes).order(order);
    BtfEncoder encoder = new BtfEncoder(types, strings, last);
    for (BtfType type : btf.types()) {
      encoder.put(type);
    }
    byte[] texts = strings.toBytes();
    if (texts.length > MAX_TEXT) {
      throw new IllegalArgumentException(texts.length + " bytes of texts are too many");
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(BtfView.HEADER_BYTES + typeBytes + texts.length).order(order);
    bytes.putShort((short) BtfView.MAGIC).put((byte) BtfView.VERSION).put((byte) 0);
    bytes.putInt(BtfView.HEADER_BYTES);
    bytes.putInt(0).putInt(typeBytes).putInt(typeBytes).putInt(texts.length);
    bytes.put(types.flip()).put(texts);
    return bytes.array();
  }

  private static int moreBytes(BtfType type) {
    return switch (type) {
      case BtfType.Int integer -> 4;
      case BtfType.Array array -> 12;
      case BtfType.Composite composite -> 12 * composite.members().size();
      case BtfType.Enum32 enumeration -> 8 * enumeration.values().size();
      case BtfType.Enum64 enumeration -> 12 * enumeration.values().size();
      case BtfType.FuncProto proto -> 8 * proto.parameters().size();
      case BtfType.Var variable -> 4;
      case BtfType.Datasec section -> 12 * section.entries().size();
      case BtfType.DeclTag tag -> 4;
      case BtfType.Reference reference -> 0;
      case BtfType.Fwd forward -> 0;
      case BtfType.Func function -> 0;
      case BtfType.FloatingPoint number -> 0;
    };
  }

  private void put(BtfType type) {
    switch (type) {
      case BtfType.Int integer -> {
        head(type, false, 0, integer.bytes());
        out.putInt(integer.encoding() << 24 | integer.bitOffset() << 16 | integer.bits());
      }
      case BtfType.Array array -> {
        head(type, false, 0, 0);
        out.putInt(id(array.element(), type)).putInt(id(array.index(), type));
        out.putInt(array.count());
      }
      case BtfType.Composite composite -> members(composite);
      case BtfType.Enumeration enumeration -> values(enumeration);
      case BtfType.Fwd(String name, boolean union) -> head(type, union, 0, 0);
      case BtfType.TypeTag tag -> head(type, tag.attribute(), 0, id(tag.type(), type));
      case BtfType.Reference reference -> head(type, false, 0, id(reference.type(), type));
      case BtfType.Func function ->
          head(type, false, function.linkage().number(), id(function.type(), type));
      case BtfType.FuncProto(int result, List<Parameter> parameters) -> {
        head(type, false, parameters.size(), id(result, type));
        for (Parameter parameter : parameters) {
          out.putInt(text(parameter.name())).putInt(id(parameter.type(), type));
        }
      }
      case BtfType.Var variable -> {
        head(type, false, 0, id(variable.type(), type));
        out.putInt(variable.linkage().number());
      }
      case BtfType.Datasec section -> {
        head(type, false, section.entries().size(), section.bytes());
        for (SectionEntry entry : section.entries()) {
          out.putInt(id(entry.type(), type)).putInt(entry.offset()).putInt(entry.bytes());
        }
      }
      case BtfType.FloatingPoint number -> head(type, false, 0, number.bytes());
      case BtfType.DeclTag tag -> {
        head(type, tag.attribute(), 0, id(tag.type(), type));
        out.putInt(tag.component());
      }
    }
  }

  private void members(BtfType.Composite composite) {
    boolean bitFields = false;
    for (Member member : composite.members()) {
      bitFields |= member.bitSize() != 0;
    }
    head(composite, bitFields, composite.members().size(), composite.bytes());
    for (Member member : composite.members()) {
      out.putInt(text(member.name())).putInt(id(member.type(), composite));
      out.putInt(member.bitSize() << 24 | member.bitOffset());
    }
  }

  private void values(BtfType.Enumeration enumeration) {
    head(enumeration, enumeration.signed(), enumeration.values().size(), enumeration.bytes());
    for (Enumerator value : enumeration.values()) {
      out.putInt(text(value.name())).putInt((int) value.value());
      if (enumeration instanceof BtfType.Enum64) {
        out.putInt((int) (value.value() >>> Integer.SIZE));
      }
    }
  }

  /**
   * What all types begin with.
   *
   * @param value its size, or the type that it refers to
   */
  private void head(BtfType type, boolean flag, int length, int value) {
    out.putInt(text(type.name()));
    out.putInt((flag ? 1 << 31 : 0) | type.kind().number() << 24 | length).putInt(value);
  }

  private int text(String text) {
    return strings.offset(text);
  }

  private int id(int id, BtfType owner) {
    if (id < 0 || id > lastId) {
      throw new IllegalArgumentException("unknown type " + id + " in " + owner);
    }
    return id;
  }
}
