package dev.jbpfilter.loader.kernel.internal;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Native memory, zeroed, that its owner frees. Every access is checked against its bounds. */
public final class NativeMemory implements AutoCloseable {
  private final long address;
  private @Nullable ByteBuffer buffer;

  /**
   * @param bytes its size; 0 is fine
   */
  public NativeMemory(int bytes) {
    // malloc(0) may return null, which would be taken for exhaustion.
    int allocated = Math.max(bytes, 1);
    address = Native.malloc(allocated);
    if (address == 0) {
      throw new OutOfMemoryError(bytes + " bytes of native memory");
    }
    Pointer pointer = new Pointer(address);
    pointer.setMemory(0, allocated, (byte) 0);
    buffer = pointer.getByteBuffer(0, bytes).order(ByteOrder.nativeOrder());
  }

  /** A copy of bytes. */
  public static NativeMemory of(byte[] bytes) {
    NativeMemory memory = new NativeMemory(bytes.length);
    memory.put(0, bytes);
    return memory;
  }

  /**
   * A copy of a text in UTF-8 with a NUL behind it.
   *
   * @throws IllegalArgumentException if there is a NUL in the text, which would cut it short
   */
  public static NativeMemory ofString(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("NUL in \"" + text.replace("\0", "\\0") + '"');
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    NativeMemory memory = new NativeMemory(bytes.length + 1);
    memory.put(0, bytes);
    return memory;
  }

  /** The address of the first byte. */
  public long address() {
    buffer();
    return address;
  }

  /** The size in bytes. */
  public int size() {
    return buffer().capacity();
  }

  /** Writes 32 bits. */
  public void putInt(int offset, int value) {
    buffer().putInt(offset, value);
  }

  /** Writes 64 bits. */
  public void putLong(int offset, long value) {
    buffer().putLong(offset, value);
  }

  /** Writes bytes. */
  public void put(int offset, byte[] bytes) {
    buffer().put(offset, bytes);
  }

  /** Writes some bytes of a buffer, whatever its position. */
  public void put(int offset, ByteBuffer bytes, int from, int length) {
    buffer().put(offset, bytes, from, length);
  }

  /** Reads 8 bits, unsigned. */
  public int getByte(int offset) {
    return Byte.toUnsignedInt(buffer().get(offset));
  }

  /** Reads 16 bits, unsigned. */
  public int getShort(int offset) {
    return Short.toUnsignedInt(buffer().getShort(offset));
  }

  /** Reads 32 bits. */
  public int getInt(int offset) {
    return buffer().getInt(offset);
  }

  /** Reads 64 bits. */
  public long getLong(int offset) {
    return buffer().getLong(offset);
  }

  /** Reads bytes. */
  public byte[] get(int offset, int length) {
    byte[] bytes = new byte[length];
    buffer().get(offset, bytes);
    return bytes;
  }

  /** Reads UTF-8 text up to a NUL, or as many bytes if there is none. */
  public String getString(int offset, int maximum) {
    ByteBuffer memory = buffer();
    int length = 0;
    while (length < maximum && memory.get(offset + length) != 0) {
      length++;
    }
    return new String(get(offset, length), StandardCharsets.UTF_8);
  }

  /** Frees the memory; once is enough, more does no harm. */
  @Override
  public void close() {
    if (buffer != null) {
      buffer = null;
      Native.free(address);
    }
  }

  private ByteBuffer buffer() {
    if (buffer == null) {
      throw new IllegalStateException("native memory is freed");
    }
    return buffer;
  }
}
