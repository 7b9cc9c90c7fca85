package dev.jbpfilter.bytecode.interpreter;

import dev.jbpfilter.bytecode.Size;
import java.util.List;

/**
 * Kernel functions: {@code bpf_dynptr_from_xdp}, {@code bpf_dynptr_from_skb}, {@code
 * bpf_dynptr_slice} and {@code bpf_rdonly_cast}. A dynamic pointer is 16 bytes on the stack which
 * programs only pass on; here they say that it stands for the packet.
 */
final class KernelFunctions {
  private static final String FROM_XDP = "bpf_dynptr_from_xdp";
  private static final String FROM_SKB = "bpf_dynptr_from_skb";
  private static final String CAST = "bpf_rdonly_cast";
  private static final List<String> NAMES = List.of(FROM_XDP, FROM_SKB, CAST, "bpf_dynptr_slice");

  private static final long MARK = 0x7274_706e_7964_0001L;

  private final Memory memory;
  private final Packet packet;

  KernelFunctions(Memory memory, Packet packet) {
    this.memory = memory;
    this.packet = packet;
  }

  /**
   * @throws IllegalArgumentException if there is none of that name
   */
  static int number(String name) {
    int number = NAMES.indexOf(name);
    if (number < 0) {
      throw new IllegalArgumentException("kernel function " + name + " is not interpreted");
    }
    return number;
  }

  /** The function's result. */
  long call(int number, long[] r) {
    String name = NAMES.get(number);
    if (name.equals(FROM_XDP)) {
      packet.requireContext(r[1], false, name);
      return fromPacket(r[2], r[3]);
    }
    if (name.equals(FROM_SKB)) {
      packet.requireSocketBuffer(r[1], name);
      return fromPacket(r[2], r[3]);
    }
    if (name.equals(CAST)) {
      // Types are the verifier's matter; loads are checked as all are.
      return r[1];
    }
    return slice(r[1], r[2] & 0xffff_ffffL, r[3], r[4] & 0xffff_ffffL);
  }

  private long fromPacket(long flags, long dynptr) {
    requireAligned(dynptr);
    memory.store(dynptr, Size.DW, flags == 0 ? MARK : 0);
    memory.store(dynptr + Long.BYTES, Size.DW, 0);
    return flags == 0 ? 0 : -Errno.EINVAL;
  }

  private long slice(long dynptr, long offset, long buffer, long length) {
    boolean empty = isEmpty(dynptr);
    if (buffer != 0) {
      memory.requireWritable(buffer, length);
    }
    if (empty || offset + length > packet.length()) {
      return 0;
    }
    if (offset + length <= packet.linear()) {
      return Memory.SLICE + offset;
    }
    if (buffer != 0) {
      memory.write(buffer, (int) length, memory.packet(), (int) offset, (int) length);
    }
    return buffer;
  }

  /** {@code dynptr_read}, which is a helper. */
  long read(long target, long length, long dynptr, long offset, long flags) {
    boolean empty = isEmpty(dynptr);
    memory.requireWritable(target, length);
    if (empty || flags != 0) {
      return -Errno.EINVAL;
    }
    if (offset + length > packet.length()) {
      return -Errno.E2BIG;
    }
    memory.write(target, (int) length, memory.packet(), (int) offset, (int) length);
    return 0;
  }

  /** Whether a dynamic pointer stands for nothing, since it could not be made. */
  private boolean isEmpty(long dynptr) {
    requireAligned(dynptr);
    long mark = memory.load(dynptr, Size.DW);
    if (mark != MARK && mark != 0) {
      throw AccessException.call(mark, "what a dynamic pointer begins with");
    }
    return mark == 0;
  }

  private static void requireAligned(long dynptr) {
    if ((dynptr & 7) != 0) {
      throw AccessException.call(dynptr, "aligned as a dynamic pointer has to be");
    }
  }
}
