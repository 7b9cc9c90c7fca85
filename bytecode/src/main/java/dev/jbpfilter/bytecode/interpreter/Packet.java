package dev.jbpfilter.bytecode.interpreter;

import dev.jbpfilter.bytecode.Size;
import org.jspecify.annotations.Nullable;

/** What helpers and the packet access instructions do with the packet (net/core/filter.c). */
final class Packet {
  private static final int ETHERNET_BYTES = 14;
  private static final int MAX_OFFSET = 0xffff;

  /** SKF_NET_OFF and SKF_LL_OFF of linux/filter.h: what offsets below 0 count from. */
  private static final int FROM_NETWORK_HEADER = -0x100000;

  private static final int FROM_LINK_HEADER = -0x200000;

  /** BPF_HDR_START_MAC and BPF_HDR_START_NET. */
  private static final long START_LINK = 0;

  private static final long START_NETWORK = 1;

  private final Memory memory;
  private Frame frame = Frame.of(new byte[0]);
  private int skipped;

  Packet(Memory memory) {
    this.memory = memory;
  }

  /** Brings in a frame. */
  void enter(Frame next) {
    frame = next;
    skipped = Math.min(memory.context().layout.skipped, next.length());
    memory.enter(next);
  }

  /** Bytes of the whole packet. */
  int length() {
    return frame.length() - skipped;
  }

  /** Bytes of the part to which programs have direct access. */
  int linear() {
    return Math.max(0, frame.linear() - skipped);
  }

  /** The whole frame as it is now. */
  byte[] toArray() {
    byte[] bytes = new byte[frame.length()];
    frame.copyTo(0, bytes, 0, skipped);
    System.arraycopy(memory.packet(), 0, bytes, skipped, length());
    return bytes;
  }

  /** Checks the argument of a function that takes the structure of a socket buffer. */
  void requireSocketBuffer(long argument, String function) {
    if (memory.context().layout.hasObjects()) {
      if (argument != memory.context().packetArgument()) {
        throw AccessException.call(argument, "the packet");
      }
    } else {
      requireContext(argument, true, function);
    }
  }

  void requireContext(long argument, boolean socketBuffer, String function) {
    if (argument != Memory.CONTEXT) {
      throw AccessException.call(argument, "the context");
    }
    ContextLayout layout = memory.context().layout;
    if (socketBuffer ? !layout.socketBuffer : !layout.equals(ContextLayout.XDP)) {
      throw AccessException.call(function + " in a program of another type");
    }
  }

  /** {@code xdp_load_bytes}; the limits are those of {@code bpf_xdp_pointer}. */
  long loadXdp(long offset, long target, long length) {
    requireSome(length);
    memory.requireWritable(target, length);
    if (offset > MAX_OFFSET || length > MAX_OFFSET) {
      return -Errno.EFAULT;
    }
    if (offset + length > length()) {
      return -Errno.EINVAL;
    }
    memory.write(target, (int) length, memory.packet(), (int) offset, (int) length);
    return 0;
  }

  /** {@code xdp_store_bytes}. */
  long storeXdp(long offset, long source, long length) {
    requireSome(length);
    byte[] bytes = memory.read(source, length);
    if (offset > MAX_OFFSET || length > MAX_OFFSET) {
      return -Errno.EFAULT;
    }
    if (offset + length > length()) {
      return -Errno.EINVAL;
    }
    System.arraycopy(bytes, 0, memory.packet(), (int) offset, bytes.length);
    return 0;
  }

  /** {@code skb_load_bytes}: what cannot be loaded reads as zeros. */
  long loadSkb(long offset, long target, long length) {
    requireSome(length);
    boolean there = offset + length <= length();
    memory.requireWritable(target, length);
    memory.write(
        target, (int) length, memory.packet(), there ? (int) offset : 0, there ? (int) length : 0);
    return there ? 0 : -Errno.EFAULT;
  }

  /** {@code skb_load_bytes_relative}. */
  long loadSkbFrom(long start, long offset, long target, long length) {
    requireSome(length);
    memory.requireWritable(target, length);
    long base = start == START_LINK ? 0 : ETHERNET_BYTES;
    boolean known = start == START_LINK || start == START_NETWORK;
    boolean there = known && offset <= MAX_OFFSET && base + offset + length <= frame.length();
    memory.write(
        target,
        (int) length,
        toArray(),
        there ? (int) (base + offset) : 0,
        there ? (int) length : 0);
    return there ? 0 : -Errno.EFAULT;
  }

  /**
   * What a packet access instruction loads.
   *
   * @return null if the packet ends before
   */
  @Nullable Long access(int offset, Size size) {
    byte[] bytes = memory.packet();
    long from = offset;
    long end = length();
    if (offset < 0) {
      bytes = toArray();
      end = bytes.length;
      if (offset >= FROM_NETWORK_HEADER) {
        from = (long) offset - FROM_NETWORK_HEADER + ETHERNET_BYTES;
      } else if (offset >= FROM_LINK_HEADER) {
        from = (long) offset - FROM_LINK_HEADER;
      } else {
        return null;
      }
    }
    if (from + size.bytes() > end) {
      return null;
    }
    long value = 0;
    for (int i = 0; i < size.bytes(); i++) {
      value = value << Byte.SIZE | (bytes[(int) from + i] & 0xff);
    }
    return value;
  }

  private static void requireSome(long length) {
    if (length == 0) {
      throw AccessException.call("nothing to copy");
    }
  }
}
