package dev.jbpfilter.bytecode.interpreter;

import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.interpreter.ExecutionFault.Kind;
import dev.jbpfilter.bytecode.interpreter.KernelObject.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The structures that a run of a program can reach, and their addresses. */
final class KernelObjects {
  /** The region of the first; the others follow. */
  static final int FIRST = 1 << 25;

  /** In the order in which the program came to know them. */
  private final List<KernelObject> known = new ArrayList<>();

  /** A number for a structure: not that of any kernel, but always the same, and positive. */
  static long typeId(String structure) {
    return (structure.hashCode() & 0x7fff_ffff) | 1;
  }

  /** Forgets the structures of the run before. */
  void clear() {
    known.clear();
  }

  /** What a pointer to {@code object} looks like; 0 if there is none. */
  long address(@Nullable KernelObject object) {
    if (object == null) {
      return 0;
    }
    int index = 0;
    while (index < known.size() && known.get(index) != object) {
      index++;
    }
    if (index == known.size()) {
      known.add(object);
    }
    return (long) (FIRST + index) << 32;
  }

  private @Nullable KernelObject at(long address) {
    long index = (address >>> 32) - FIRST;
    return index >= 0 && index < known.size() ? known.get((int) index) : null;
  }

  /**
   * A load of a field by name. Through a null pointer it gives 0: the kernel catches the fault of
   * such loads.
   */
  long load(long address, String type, String name, Size size) {
    if (address == 0) {
      return 0;
    }
    KernelObject object = at(address);
    if (object == null || (int) address != 0 || !object.type().equals(type)) {
      throw AccessException.call(address, "a struct " + type);
    }
    Field field = object.fields().get(name);
    if (field == null || size.bytes() > field.bytes()) {
      throw fault(address, size, object, "." + name);
    }
    return value(field, size);
  }

  /** A load at an offset. */
  long load(long address, Size size) {
    KernelObject object = at(address);
    if (object != null) {
      for (Field field : object.fields().values()) {
        if (field.offset() == (int) address && field.bytes() == size.bytes()) {
          return value(field, size);
        }
      }
    }
    throw fault(address, size, object, "");
  }

  private long value(Field field, Size size) {
    if (field.pointee() != null) {
      return address(field.pointee());
    }
    return field.number() & (-1L >>> (Long.SIZE - Byte.SIZE * size.bytes()));
  }

  private static AccessException fault(
      long address, Size size, @Nullable KernelObject object, String field) {
    String region = object == null ? "" : "struct " + object.type();
    String text = "read of " + size.bytes() + " bytes at 0x" + Long.toHexString(address);
    String where =
        object == null ? ", no region" : ", byte " + (int) address + " of " + region + field;
    return new AccessException(Kind.READ, address, region, text + where);
  }
}
