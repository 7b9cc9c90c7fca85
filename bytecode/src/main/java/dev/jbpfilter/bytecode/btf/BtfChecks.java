package dev.jbpfilter.bytecode.btf;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What the records of types have in common. */
final class BtfChecks {
  /** Most members, values, parameters or entries of a type ({@code BTF_MAX_VLEN}). */
  private static final int MAX_LENGTH = 0xffff;

  /** A structure with bit-fields has 24 bits for the offset of each member. */
  private static final int MAX_BIT_OFFSET = 0xff_ffff;

  private BtfChecks() {}

  static <T> List<T> copy(List<T> items, String what, String name, int bytes) {
    if (bytes < 0 || items.size() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          what + " " + name + " of " + bytes + " bytes and " + items.size() + " items");
    }
    return List.copyOf(items);
  }

  static List<Member> members(List<Member> members, String what, String name, int bytes) {
    boolean bitFields = false;
    int last = 0;
    for (Member member : members) {
      bitFields |= member.bitSize() != 0;
      last = Math.max(last, member.bitOffset());
    }
    if (bitFields && last > MAX_BIT_OFFSET) {
      throw new IllegalArgumentException(
          what + " " + name + " with bit-fields and a member at bit " + last);
    }
    return copy(members, what, name, bytes);
  }

  static List<Enumerator> values(List<Enumerator> values, String name, int bytes) {
    if (bytes < 1 || bytes > 8 || Integer.bitCount(bytes) != 1) {
      throw new IllegalArgumentException("enumeration " + name + " of " + bytes + " bytes");
    }
    return copy(values, "enumeration", name, bytes);
  }

  static <T> List<T> map(List<T> items, UnaryOperator<T> mapping) {
    List<T> mapped = new ArrayList<>(items.size());
    for (T item : items) {
      mapped.add(mapping.apply(item));
    }
    return mapped;
  }
}
