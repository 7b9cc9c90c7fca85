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

  private static final int FIRST_BYTES = 1024;

  private ByteBuffer out;
  private final StringTable strings;
  private final int lastId;

  private BtfEncoder(ByteOrder order, StringTable strings, int lastId) {
    this.out = ByteBuffer.allocate(FIRST_BYTES).order(order);
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
    BtfEncoder encoder = new BtfEncoder(order, strings, last);
    for (BtfType type : btf.types()) {
      encoder.put(type);
    }
    ByteBuffer types = encoder.out.flip();
    int typeBytes = types.limit();
    byte[] texts = strings.toBytes();
    if (texts.length > MAX_TEXT) {
      throw new IllegalArgumentException(texts.length + " bytes of texts are too many");
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(BtfView.HEADER_BYTES + typeBytes + texts.length).order(order);
    bytes.putShort((short) BtfView.MAGIC).put((byte) BtfView.VERSION).put((byte) 0);
    bytes.putInt(BtfView.HEADER_BYTES);
    bytes.putInt(0).putInt(typeBytes).putInt(typeBytes).putInt(texts.length);
    bytes.put(types).put(texts);
    return bytes.array();
  }

  private void put(BtfType type) {
    switch (type) {
      case BtfType.Int integer -> {
        head(type, BtfKind.INT, false, 0, integer.bytes());
        put(integer.encoding() << 24 | integer.bitOffset() << 16 | integer.bits());
      }
      case BtfType.Array array -> {
        head(type, BtfKind.ARRAY, false, 0, 0);
        put(id(array.element(), type)).put(id(array.index(), type));
        put(array.count());
      }
      case BtfType.Struct struct -> members(struct, BtfKind.STRUCT);
      case BtfType.Union union -> members(union, BtfKind.UNION);
      case BtfType.Enum32 enumeration -> values(enumeration, BtfKind.ENUM);
      case BtfType.Enum64 enumeration -> values(enumeration, BtfKind.ENUM64);
      case BtfType.Fwd(String name, boolean union) -> head(type, BtfKind.FWD, union, 0, 0);
      case BtfType.TypeTag tag ->
          head(type, BtfKind.TYPE_TAG, tag.attribute(), 0, id(tag.type(), type));
      case BtfType.Ptr(int id) -> head(type, BtfKind.PTR, false, 0, id(id, type));
      case BtfType.Typedef(String name, int id) ->
          head(type, BtfKind.TYPEDEF, false, 0, id(id, type));
      case BtfType.Qualified(BtfKind kind, int id) -> head(type, kind, false, 0, id(id, type));
      case BtfType.Func function ->
          head(type, BtfKind.FUNC, false, function.linkage().number(), id(function.type(), type));
      case BtfType.FuncProto(int result, List<Parameter> parameters) -> {
        head(type, BtfKind.FUNC_PROTO, false, parameters.size(), id(result, type));
        for (Parameter parameter : parameters) {
          put(text(parameter.name())).put(id(parameter.type(), type));
        }
      }
      case BtfType.Var variable -> {
        head(type, BtfKind.VAR, false, 0, id(variable.type(), type));
        put(variable.linkage().number());
      }
      case BtfType.Datasec section -> {
        head(type, BtfKind.DATASEC, false, section.entries().size(), section.bytes());
        for (SectionEntry entry : section.entries()) {
          put(id(entry.type(), type)).put(entry.offset()).put(entry.bytes());
        }
      }
      case BtfType.FloatingPoint number -> head(type, BtfKind.FLOAT, false, 0, number.bytes());
      case BtfType.DeclTag tag -> {
        head(type, BtfKind.DECL_TAG, tag.attribute(), 0, id(tag.type(), type));
        put(tag.component());
      }
    }
  }

  private void members(BtfType.Composite composite, BtfKind kind) {
    boolean bitFields = false;
    for (Member member : composite.members()) {
      bitFields |= member.bitSize() != 0;
    }
    head(composite, kind, bitFields, composite.members().size(), composite.bytes());
    for (Member member : composite.members()) {
      put(text(member.name())).put(id(member.type(), composite));
      put(member.bitSize() << 24 | member.bitOffset());
    }
  }

  private void values(BtfType.Enumeration enumeration, BtfKind kind) {
    head(enumeration, kind, enumeration.signed(), enumeration.values().size(), enumeration.bytes());
    for (Enumerator value : enumeration.values()) {
      put(text(value.name())).put((int) value.value());
      if (kind == BtfKind.ENUM64) {
        put((int) (value.value() >>> Integer.SIZE));
      }
    }
  }

  /**
   * What all types begin with.
   *
   * @param value its size, or the type that it refers to
   */
  private void head(BtfType type, BtfKind kind, boolean flag, int length, int value) {
    put(text(type.name()));
    put((flag ? 1 << 31 : 0) | kind.number() << 24 | length).put(value);
  }

  private BtfEncoder put(int value) {
    if (out.remaining() < Integer.BYTES) {
      out = ByteBuffer.allocate(out.capacity() * 2).order(out.order()).put(out.flip());
    }
    out.putInt(value);
    return this;
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
