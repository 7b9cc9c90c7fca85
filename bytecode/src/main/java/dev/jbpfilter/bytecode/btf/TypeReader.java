package dev.jbpfilter.bytecode.btf;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Decodes one type, whose length a {@link BtfView} has checked. */
final class TypeReader {
  private final int lastId;
  private final IntFunction<String> texts;
  private final ByteBuffer data;
  private final int start;
  private int at;

  private String name = "";
  private int length;
  private boolean flag;

  TypeReader(int lastId, IntFunction<String> texts, ByteBuffer data, int start) {
    this.lastId = lastId;
    this.texts = texts;
    this.data = data;
    this.start = start;
    this.at = start;
  }

  BtfType read() {
    try {
      name = text();
      int info = next();
      BtfKind kind = BtfKind.of(info >>> 24 & 0x1f);
      length = info & 0xffff;
      flag = info < 0;
      requireZero(info & 0x60ff_0000);
      if (kind == null) {
        throw new IllegalArgumentException("unknown kind");
      }
      requireZero(flag && !hasFlag(kind) ? 1 : 0);
      requireZero(hasLength(kind) ? 0 : length);
      BtfType type = type(kind);
      if (!type.name().equals(name)) {
        throw new IllegalArgumentException(kind + " has the name " + name);
      }
      return type;
    } catch (IllegalArgumentException e) {
      // The records know best what is valid.
      throw BtfException.at(start, String.valueOf(e.getMessage()));
    }
  }

  private BtfType type(BtfKind kind) {
    return switch (kind) {
      case INT -> integer(next());
      case PTR -> new BtfType.Ptr(id());
      case ARRAY -> {
        requireZero(next());
        yield new BtfType.Array(id(), id(), next());
      }
      case STRUCT -> new BtfType.Struct(name, next(), members());
      case UNION -> new BtfType.Union(name, next(), members());
      case ENUM -> new BtfType.Enum32(name, next(), flag, values());
      case ENUM64 -> new BtfType.Enum64(name, next(), flag, longValues());
      case FWD -> {
        requireZero(next());
        yield new BtfType.Fwd(name, flag);
      }
      case TYPEDEF -> new BtfType.Typedef(name, id());
      case VOLATILE, CONST, RESTRICT -> new BtfType.Qualified(kind, id());
      case FUNC -> new BtfType.Func(name, id(), Linkage.of(length));
      case FUNC_PROTO -> new BtfType.FuncProto(id(), parameters());
      case VAR -> new BtfType.Var(name, id(), Linkage.of(next()));
      case DATASEC -> new BtfType.Datasec(name, next(), entries());
      case FLOAT -> new BtfType.FloatingPoint(name, next());
      case DECL_TAG -> new BtfType.DeclTag(name, id(), next(), flag);
      case TYPE_TAG -> new BtfType.TypeTag(name, id(), flag);
    };
  }

  private BtfType integer(int bytes) {
    int value = next();
    requireZero(value & 0xf000_ff00);
    return new BtfType.Int(name, bytes, value >>> 24, value >>> 16 & 0xff, value & 0xff);
  }

  private List<Member> members() {
    List<Member> members = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      String member = text();
      int type = id();
      int offset = next();
      members.add(
          flag
              ? new Member(member, type, offset & 0xff_ffff, offset >>> 24)
              : new Member(member, type, offset));
    }
    return members;
  }

  private List<Enumerator> values() {
    List<Enumerator> values = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      String value = text();
      int number = next();
      values.add(new Enumerator(value, flag ? number : Integer.toUnsignedLong(number)));
    }
    return values;
  }

  private List<Enumerator> longValues() {
    List<Enumerator> values = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      String value = text();
      long low = Integer.toUnsignedLong(next());
      values.add(new Enumerator(value, low | (long) next() << Integer.SIZE));
    }
    return values;
  }

  private List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      parameters.add(new Parameter(text(), id()));
    }
    return parameters;
  }

  private List<SectionEntry> entries() {
    List<SectionEntry> entries = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      entries.add(new SectionEntry(id(), next(), next()));
    }
    return entries;
  }

  private int next() {
    int value = data.getInt(at);
    at += Integer.BYTES;
    return value;
  }

  private String text() {
    return texts.apply(next());
  }

  private int id() {
    int id = next();
    if (id < 0 || id > lastId) {
      throw new IllegalArgumentException("no type " + Integer.toUnsignedString(id));
    }
    return id;
  }

  private static void requireZero(int unused) {
    if (unused != 0) {
      throw new IllegalArgumentException("a field that is not used is not zero");
    }
  }

  private static boolean hasFlag(BtfKind kind) {
    return switch (kind) {
      case STRUCT, UNION, FWD, ENUM, ENUM64, DECL_TAG, TYPE_TAG -> true;
      case INT, PTR, ARRAY, TYPEDEF, VOLATILE, CONST, RESTRICT, FUNC, FUNC_PROTO, VAR, DATASEC ->
          false;
      case FLOAT -> false;
    };
  }

  private static boolean hasLength(BtfKind kind) {
    return switch (kind) {
      case STRUCT, UNION, ENUM, ENUM64, FUNC, FUNC_PROTO, DATASEC -> true;
      case INT, PTR, ARRAY, FWD, TYPEDEF, VOLATILE, CONST, RESTRICT, VAR, FLOAT -> false;
      case DECL_TAG, TYPE_TAG -> false;
    };
  }
}
