package dev.jbpfilter.bytecode.btf;

import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * One type. References to other types are ids; 0 is {@code void}.
 *
 * <p>Sizes and offsets are not negative: what does not fit into 31 bits is refused.
 */
public sealed interface BtfType {

  /** Its kind. */
  default BtfKind kind() {
    return switch (this) {
      case Int type -> BtfKind.INT;
      case Ptr type -> BtfKind.PTR;
      case Array type -> BtfKind.ARRAY;
      case Struct type -> BtfKind.STRUCT;
      case Union type -> BtfKind.UNION;
      case Enum32 type -> BtfKind.ENUM;
      case Fwd type -> BtfKind.FWD;
      case Typedef type -> BtfKind.TYPEDEF;
      case Qualified type -> type.kind();
      case Func type -> BtfKind.FUNC;
      case FuncProto type -> BtfKind.FUNC_PROTO;
      case Var type -> BtfKind.VAR;
      case Datasec type -> BtfKind.DATASEC;
      case FloatingPoint type -> BtfKind.FLOAT;
      case DeclTag type -> BtfKind.DECL_TAG;
      case TypeTag type -> BtfKind.TYPE_TAG;
      case Enum64 type -> BtfKind.ENUM64;
    };
  }

  /** Its name; empty if it has none. */
  default String name() {
    return "";
  }

  /** The same type with every reference to another type replaced. */
  default BtfType mapReferences(IntUnaryOperator ids) {
    return this;
  }

  /** A type that stands for another one, or points to it. */
  sealed interface Reference extends BtfType {
    /** Id of the other type. */
    int type();
  }

  /** A type that says how large it is. */
  sealed interface Sized extends BtfType {
    /** Its size. */
    int bytes();
  }

  /** A structure or a union. */
  sealed interface Composite extends Sized {
    /** In the order of their declaration. */
    List<Member> members();
  }

  /** An enumeration. */
  sealed interface Enumeration extends Sized {
    /** Whether values are signed. */
    boolean signed();

    /** In the order of their declaration. */
    List<Enumerator> values();
  }

  /**
   * An integer.
   *
   * @param bytes 1, 2, 4, 8 or 16
   * @param encoding a sum of {@link #SIGNED}, {@link #CHAR} and {@link #BOOL}; the kernel takes at
   *     most one of them
   * @param bitOffset where the value starts; not 0 only for bit-fields in the style of old
   *     compilers
   * @param bits width of the value, {@code bytes * 8} but for such bit-fields
   */
  record Int(String name, int bytes, int encoding, int bitOffset, int bits) implements Sized {
    /** {@code BTF_INT_SIGNED}. */
    public static final int SIGNED = 1;

    /** {@code BTF_INT_CHAR}. */
    public static final int CHAR = 2;

    /** {@code BTF_INT_BOOL}. */
    public static final int BOOL = 4;

    /**
     * @throws IllegalArgumentException if there is no such integer
     */
    public Int {
      if (bytes < 1 || bytes > 16 || Integer.bitCount(bytes) != 1) {
        throw new IllegalArgumentException("integer " + name + " of " + bytes + " bytes");
      }
      if ((encoding & ~(SIGNED | CHAR | BOOL)) != 0) {
        throw new IllegalArgumentException("integer " + name + " of encoding " + encoding);
      }
      if (bits < 0 || bitOffset < 0 || bits > bytes * Byte.SIZE - bitOffset) {
        throw new IllegalArgumentException(
            "integer " + name + " of " + bits + " bits from " + bitOffset + " on");
      }
    }

    /** An unsigned integer. */
    public Int(String name, int bytes) {
      this(name, bytes, 0, 0, bytes * Byte.SIZE);
    }
  }

  /** A pointer. */
  record Ptr(int type) implements Reference {
    @Override
    public Ptr mapReferences(IntUnaryOperator ids) {
      return new Ptr(ids.applyAsInt(type));
    }
  }

  /**
   * An array.
   *
   * @param element id of the type of its elements
   * @param index id of an integer type
   * @param count number of elements
   */
  record Array(int element, int index, int count) implements BtfType {
    /**
     * @throws IllegalArgumentException if the count is negative
     */
    public Array {
      if (count < 0) {
        throw new IllegalArgumentException("array of " + count + " elements");
      }
    }

    @Override
    public Array mapReferences(IntUnaryOperator ids) {
      return new Array(ids.applyAsInt(element), ids.applyAsInt(index), count);
    }
  }

  /** A structure. */
  record Struct(String name, int bytes, List<Member> members) implements Composite {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if there is no such structure
     */
    public Struct {
      members = BtfChecks.members(members, "structure", name, bytes);
    }

    @Override
    public Struct mapReferences(IntUnaryOperator ids) {
      return new Struct(name, bytes, BtfChecks.map(members, member -> member.mapReference(ids)));
    }
  }

  /** A union. */
  record Union(String name, int bytes, List<Member> members) implements Composite {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if there is no such union
     */
    public Union {
      members = BtfChecks.members(members, "union", name, bytes);
    }

    @Override
    public Union mapReferences(IntUnaryOperator ids) {
      return new Union(name, bytes, BtfChecks.map(members, member -> member.mapReference(ids)));
    }
  }

  /** An enumeration whose values have at most 32 bits. */
  record Enum32(String name, int bytes, boolean signed, List<Enumerator> values)
      implements Enumeration {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if there is no such enumeration
     */
    public Enum32 {
      values = BtfChecks.values(values, name, bytes);
      for (Enumerator value : values) {
        long number = value.value();
        if (number != (signed ? (int) number : number & 0xffff_ffffL)) {
          throw new IllegalArgumentException(
              "value " + value.name() + " of enumeration " + name + " has more than 32 bits");
        }
      }
    }
  }

  /** An enumeration whose values have 64 bits. */
  record Enum64(String name, int bytes, boolean signed, List<Enumerator> values)
      implements Enumeration {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if there is no such enumeration
     */
    public Enum64 {
      values = BtfChecks.values(values, name, bytes);
    }
  }

  /** A structure or union that is only declared. */
  record Fwd(String name, boolean union) implements BtfType {}

  /** Another name for a type. */
  record Typedef(String name, int type) implements Reference {
    @Override
    public Typedef mapReferences(IntUnaryOperator ids) {
      return new Typedef(name, ids.applyAsInt(type));
    }
  }

  /**
   * A qualifier.
   *
   * @param kind {@link BtfKind#VOLATILE}, {@link BtfKind#CONST} or {@link BtfKind#RESTRICT}
   */
  record Qualified(BtfKind kind, int type) implements Reference {
    /**
     * @throws IllegalArgumentException if the kind is no qualifier
     */
    public Qualified {
      if (kind != BtfKind.VOLATILE && kind != BtfKind.CONST && kind != BtfKind.RESTRICT) {
        throw new IllegalArgumentException(kind + " is no qualifier");
      }
    }

    @Override
    public Qualified mapReferences(IntUnaryOperator ids) {
      return new Qualified(kind, ids.applyAsInt(type));
    }
  }

  /**
   * A function.
   *
   * @param type id of a {@link FuncProto}
   */
  record Func(String name, int type, Linkage linkage) implements BtfType {
    @Override
    public Func mapReferences(IntUnaryOperator ids) {
      return new Func(name, ids.applyAsInt(type), linkage);
    }
  }

  /**
   * The type of a function.
   *
   * @param result type id
   * @param parameters a last one without name and type stands for {@code ...}
   */
  record FuncProto(int result, List<Parameter> parameters) implements BtfType {
    /** Copies the list. */
    public FuncProto {
      parameters = BtfChecks.copy(parameters, "function", "", 0);
    }

    @Override
    public FuncProto mapReferences(IntUnaryOperator ids) {
      return new FuncProto(
          ids.applyAsInt(result),
          BtfChecks.map(
              parameters,
              parameter -> new Parameter(parameter.name(), ids.applyAsInt(parameter.type()))));
    }
  }

  /**
   * A variable.
   *
   * @param type type id
   */
  record Var(String name, int type, Linkage linkage) implements BtfType {
    @Override
    public Var mapReferences(IntUnaryOperator ids) {
      return new Var(name, ids.applyAsInt(type), linkage);
    }
  }

  /**
   * A section of variables, or of functions to be linked.
   *
   * @param name such as {@code .maps}
   * @param bytes its size, if known
   */
  record Datasec(String name, int bytes, List<SectionEntry> entries) implements Sized {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if there is no such section
     */
    public Datasec {
      entries = BtfChecks.copy(entries, "section", name, bytes);
    }

    @Override
    public Datasec mapReferences(IntUnaryOperator ids) {
      return new Datasec(
          name,
          bytes,
          BtfChecks.map(
              entries,
              entry ->
                  new SectionEntry(ids.applyAsInt(entry.type()), entry.offset(), entry.bytes())));
    }
  }

  /**
   * A floating-point number.
   *
   * @param bytes 2, 4, 8, 12 or 16
   */
  record FloatingPoint(String name, int bytes) implements Sized {
    /**
     * @throws IllegalArgumentException if there is no such number
     */
    public FloatingPoint {
      if (bytes != 2 && bytes != 4 && bytes != 8 && bytes != 12 && bytes != 16) {
        throw new IllegalArgumentException(
            "floating-point number " + name + " of " + bytes + " bytes");
      }
    }
  }

  /**
   * An attribute of a declaration, {@code btf_decl_tag} if not said otherwise.
   *
   * @param type id of the structure, union, function, variable or typedef that has it
   * @param component index of its member or parameter; {@link #WHOLE} for all of it
   * @param attribute whether the name is a whole attribute of the compiler (kind flag)
   */
  record DeclTag(String name, int type, int component, boolean attribute) implements BtfType {
    /** The component of a tag that belongs to the declaration itself. */
    public static final int WHOLE = -1;

    /**
     * @throws IllegalArgumentException if there is no such component
     */
    public DeclTag {
      if (component < WHOLE) {
        throw new IllegalArgumentException("tag " + name + " of component " + component);
      }
    }

    @Override
    public DeclTag mapReferences(IntUnaryOperator ids) {
      return new DeclTag(name, ids.applyAsInt(type), component, attribute);
    }
  }

  /**
   * A type with an attribute, {@code btf_type_tag} if not said otherwise.
   *
   * @param attribute whether the name is a whole attribute of the compiler (kind flag)
   */
  record TypeTag(String name, int type, boolean attribute) implements Reference {
    @Override
    public TypeTag mapReferences(IntUnaryOperator ids) {
      return new TypeTag(name, ids.applyAsInt(type), attribute);
    }
  }
}
