package dev.jbpfilter.bytecode.interpreter;

import dev.jbpfilter.bytecode.MapSpec;
import java.util.function.IntConsumer;

/** An array: all its entries are always there. */
final class ArrayState extends MapState {
  private final byte[] bytes;
  private final int stride;

  /** Is told the index of each lookup by a program. */
  private IntConsumer watcher = index -> {};

  ArrayState(MapSpec spec) {
    super(spec);
    require(spec.keySize() == Integer.BYTES, "key is not of 4 bytes");
    require(spec.valueSize() > 0 && spec.valueSize() <= 1 << 30, "size of values");
    require(spec.maxEntries() > 0, "number of entries");
    stride = stride(spec.valueSize());
    bytes = allocate(spec.maxEntries(), stride);
  }

  @Override
  byte[] bytes() {
    return bytes;
  }

  @Override
  long end(int offset) {
    return (long) offset - offset % stride + spec.valueSize();
  }

  void watch(IntConsumer next) {
    watcher = next;
  }

  /** A lookup by a program. */
  int look(long index) {
    watcher.accept((int) index);
    return find(index);
  }

  /** The offset of a value, or {@link #NONE}. */
  int find(long index) {
    return index < spec.maxEntries() ? (int) index * stride : NONE;
  }

  @Override
  int find(byte[] key) {
    return find(index(key));
  }

  @Override
  int update(byte[] key, byte[] value, long flags) {
    int offset = find(index(key));
    if (flags < 0 || flags > EXIST) {
      return -Errno.EINVAL;
    }
    if (offset == NONE) {
      return -Errno.E2BIG;
    }
    if (flags == NO_EXIST) {
      return -Errno.EEXIST;
    }
    System.arraycopy(value, 0, bytes, offset, value.length);
    return 0;
  }

  @Override
  int delete(byte[] key) {
    return -Errno.EINVAL;
  }

  static long index(byte[] key) {
    return (key[0] & 0xff) | (key[1] & 0xff) << 8 | (key[2] & 0xff) << 16 | (key[3] & 0xffL) << 24;
  }
}
