package dev.jbpfilter.bytecode.btf;

import java.util.function.IntUnaryOperator;

/**
 * A member of a structure or union.
 *
 * @param name empty for an anonymous structure or union
 * @param type type id
 * @param bitOffset from the start of the structure
 * @param bitSize width of a bit-field, 0 for other members
 */
public record Member(String name, int type, int bitOffset, int bitSize) {
  /**
   * @throws IllegalArgumentException if there is no such member
   */
  public Member {
    if (bitOffset < 0) {
      throw new IllegalArgumentException("member " + name + " at bit " + bitOffset);
    }
    if (bitSize < 0 || bitSize > 0xff) {
      throw new IllegalArgumentException("bit-field " + name + " of " + bitSize + " bits");
    }
  }

  /** A member that is no bit-field. */
  public Member(String name, int type, int bitOffset) {
    this(name, type, bitOffset, 0);
  }

  Member mapReference(IntUnaryOperator ids) {
    return new Member(name, ids.applyAsInt(type), bitOffset, bitSize);
  }
}
