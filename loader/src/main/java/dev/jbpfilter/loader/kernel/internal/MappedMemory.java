package dev.jbpfilter.loader.kernel.internal;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A range of memory that is shared with the kernel. Every access is checked against its bounds;
 * those that name an order are atomic, at offsets that are multiples of their size. It is not for
 * use by several threads: an access while another one closes it may end the process.
 */
public final class MappedMemory implements AutoCloseable {
  private static final VarHandle INT =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
  private static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final Syscalls syscalls;
  private final long address;
  private @Nullable ByteBuffer buffer;

  /**
   * Takes over what {@code mmap(2)} returned.
   *
   * @param bytes its size
   */
  public MappedMemory(Syscalls syscalls, long address, int bytes) {
    this.syscalls = syscalls;
    this.address = address;
    this.buffer = new Pointer(address).getByteBuffer(0, bytes).order(ByteOrder.nativeOrder());
  }

  /** The size of a page of memory: what can be mapped begins at a multiple of it. */
  public static int pageSize() {
    return NativeLibrary.getProcess().getFunction("getpagesize").invokeInt(new Object[0]);
  }

  /** Reads 64 bits; what is read later is not older. */
  public long getLongAcquire(int offset) {
    return (long) LONG.getAcquire(buffer(), offset);
  }

  /** Reads 32 bits; what is read later is not older. */
  public int getIntAcquire(int offset) {
    return (int) INT.getAcquire(buffer(), offset);
  }

  /**
   * Writes 64 bits if they still are as expected, in one step with that comparison. What was read
   * before is not newer than that, and what is read later not older.
   *
   * @return whether they were
   */
  public boolean compareAndSetLong(int offset, long expected, long value) {
    return LONG.compareAndSet(buffer(), offset, expected, value);
  }

  /** Copies bytes. */
  public byte[] get(int offset, int length) {
    byte[] bytes = new byte[length];
    buffer().get(offset, bytes);
    return bytes;
  }

  /** Ends the mapping; once is enough, more does no harm. */
  @Override
  public void close() {
    ByteBuffer mapped = buffer;
    if (mapped != null) {
      buffer = null;
      long result = syscalls.invoke(Syscall.MUNMAP, address, mapped.capacity());
      if (result < 0) {
        throw new IllegalStateException("munmap of what was mapped: errno " + -result);
      }
    }
  }

  private ByteBuffer buffer() {
    if (buffer == null) {
      throw new IllegalStateException("memory is no longer mapped");
    }
    return buffer;
  }
}
