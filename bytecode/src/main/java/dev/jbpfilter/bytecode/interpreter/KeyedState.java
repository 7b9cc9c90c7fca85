package dev.jbpfilter.bytecode.interpreter;

import dev.jbpfilter.bytecode.MapSpec;
import java.util.ArrayDeque;

/**
 * A map whose entries come and go. A new value gets room of its own, even for a key that has one,
 * so that whoever holds a pointer to the old value still reads that, as in the kernel.
 */
abstract sealed class KeyedState extends MapState permits HashState, TrieState {
  /** BPF_F_NO_PREALLOC. */
  static final int NO_PREALLOC = 1;

  private final byte[] bytes;
  private final int stride;
  private final ArrayDeque<Integer> free = new ArrayDeque<>();
  private int used;

  KeyedState(MapSpec spec) {
    super(spec);
    require(spec.keySize() > 0, "size of keys");
    require(spec.valueSize() > 0, "size of values");
    require(spec.maxEntries() > 0, "number of entries");
    stride = stride(spec.valueSize());
    bytes = allocate(spec.maxEntries() + 1L, stride);
  }

  @Override
  final byte[] bytes() {
    return bytes;
  }

  @Override
  final long end(int offset) {
    return (long) offset - offset % stride + spec.valueSize();
  }

  /** Room for a value, which it is given; there is always room for one that replaces another. */
  final int place(byte[] value) {
    int offset = used <= spec.maxEntries() ? used++ * stride : free.remove();
    System.arraycopy(value, 0, bytes, offset, value.length);
    return offset;
  }

  final void release(int offset) {
    free.add(offset);
  }
}
