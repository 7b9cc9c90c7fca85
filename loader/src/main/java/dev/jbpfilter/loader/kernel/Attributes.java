package dev.jbpfilter.loader.kernel;

import dev.jbpfilter.loader.kernel.internal.NativeMemory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One {@code union bpf_attr} and the memory that it points to. Offsets are those of
 * include/uapi/linux/bpf.h. Older kernels take a union that is longer than theirs as long as the
 * excess is zero.
 */
final class Attributes implements AutoCloseable {
  /** Up to and including {@code fd_array_cnt} of BPF_PROG_LOAD. */
  static final int SIZE = 152;

  /** {@code BPF_OBJ_NAME_LEN}: bytes of an object's name with its terminator. */
  static final int NAME_SIZE = 16;

  private final NativeMemory union = new NativeMemory(SIZE);
  private final List<NativeMemory> referenced = new ArrayList<>();

  long address() {
    return union.address();
  }

  Attributes set(int offset, int value) {
    union.putInt(offset, value);
    return this;
  }

  Attributes setLong(int offset, long value) {
    union.putLong(offset, value);
    return this;
  }

  /**
   * An object's name, in place.
   *
   * @throws IllegalArgumentException if it is longer than 15 bytes
   */
  Attributes setName(int offset, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length >= NAME_SIZE) {
      throw new IllegalArgumentException(
          "object name \"" + name + "\" is longer than " + (NAME_SIZE - 1) + " bytes");
    }
    union.put(offset, bytes);
    return this;
  }

  /** A pointer to a copy of bytes; no bytes make a null pointer. */
  Attributes setPointer(int offset, byte[] bytes) {
    if (bytes.length > 0) {
      point(offset, NativeMemory.of(bytes));
    }
    return this;
  }

  /** A pointer to a NUL-terminated copy of a text. */
  Attributes setPointer(int offset, String text) {
    point(offset, NativeMemory.ofString(text));
    return this;
  }

  /** A pointer to zeroed memory, for the kernel to write to. */
  NativeMemory allocate(int offset, int bytes) {
    return point(offset, new NativeMemory(bytes));
  }

  int get(int offset) {
    return union.getInt(offset);
  }

  @Override
  public void close() {
    union.close();
    for (NativeMemory memory : referenced) {
      memory.close();
    }
  }

  private NativeMemory point(int offset, NativeMemory memory) {
    referenced.add(memory);
    union.putLong(offset, memory.address());
    return memory;
  }
}
