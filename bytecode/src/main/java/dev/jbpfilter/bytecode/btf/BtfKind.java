package dev.jbpfilter.bytecode.btf;

import org.jspecify.annotations.Nullable;

/**
 * Kinds of types ({@code BTF_KIND_*} of include/uapi/linux/btf.h), in the order of their numbers.
 */
public enum BtfKind {
  INT(1),
  PTR(2),
  ARRAY(3),
  STRUCT(4),
  UNION(5),
  ENUM(6),
  FWD(7),
  TYPEDEF(8),
  VOLATILE(9),
  CONST(10),
  RESTRICT(11),
  FUNC(12),
  FUNC_PROTO(13),
  VAR(14),
  DATASEC(15),
  FLOAT(16),
  DECL_TAG(17),
  TYPE_TAG(18),
  ENUM64(19);

  private static final BtfKind[] BY_NUMBER = values();

  private final int number;

  BtfKind(int number) {
    this.number = number;
  }

  /** The kernel's number. */
  public int number() {
    return number;
  }

  /** The kind of a number; null if there is none. */
  static @Nullable BtfKind of(int number) {
    return number >= 1 && number <= BY_NUMBER.length ? BY_NUMBER[number - 1] : null;
  }
}
