package dev.jbpfilter.tests;

import dev.jbpfilter.loader.kernel.internal.Libc;
import dev.jbpfilter.loader.kernel.internal.NativeMemory;
import dev.jbpfilter.loader.kernel.internal.Syscall;
import dev.jbpfilter.loader.testing.NetworkNamespace;
import dev.jbpfilter.loader.testing.Shell;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A device that receives the frames which a test writes, however short, and with as much of them in
 * the linear area as it says (linux/if_tun.h).
 */
final class TapDevice implements AutoCloseable {
  /** Below this, frames are linear whatever is asked for. */
  static final int NONLINEAR_SIZE = 4096;

  private static final int AT_FDCWD = -100;
  private static final int O_RDWR_CLOEXEC = 2 | 1 << 19;
  private static final int TUNSETIFF = 0x4004_54ca;

  /** {@code IFF_TAP | IFF_NO_PI | IFF_VNET_HDR}. */
  private static final short FLAGS = 0x5002;

  private static final int NAME_SIZE = 16;
  private static final int REQUEST_SIZE = 40;

  /** {@code struct virtio_net_hdr} and its {@code hdr_len}. */
  private static final int HEADER_SIZE = 10;

  private static final int LINEAR_SIZE = 2;

  private final Libc libc = new Libc();
  private final long descriptor;

  /** Creates a device that has a hardware address, and no other, and is up. */
  TapDevice(NetworkNamespace namespace, String name, String hardware) {
    descriptor = namespace.call(() -> open(name));
    Shell.run("ip", "-n", namespace.name(), "link", "set", name, "addrgenmode", "none");
    Shell.run("ip", "-n", namespace.name(), "link", "set", name, "address", hardware, "up");
  }

  private long open(String name) {
    try (NativeMemory path = NativeMemory.ofString("/dev/net/tun");
        NativeMemory text = NativeMemory.ofString(name);
        NativeMemory request = new NativeMemory(REQUEST_SIZE)) {
      long tun = require(libc.invoke(Syscall.OPENAT, AT_FDCWD, path.address(), O_RDWR_CLOEXEC, 0));
      request.put(0, text.get(0, name.length()));
      request.putInt(NAME_SIZE, FLAGS);
      require(libc.invoke(Syscall.IOCTL, tun, TUNSETIFF, request.address()));
      return tun;
    }
  }

  /**
   * Receives a frame; whatever the kernel does with it at once is done on return.
   *
   * @param linear how many bytes are in the linear area; 0 for all
   */
  void receive(byte[] frame, int linear) {
    ByteBuffer message =
        ByteBuffer.allocate(HEADER_SIZE + frame.length).order(ByteOrder.LITTLE_ENDIAN);
    message.putShort(LINEAR_SIZE, (short) linear).put(HEADER_SIZE, frame);
    try (NativeMemory memory = NativeMemory.of(message.array())) {
      require(libc.invoke(Syscall.WRITE, descriptor, memory.address(), memory.size()));
    }
  }

  private static long require(long result) {
    if (result < 0) {
      throw new IllegalStateException("/dev/net/tun: errno " + -result);
    }
    return result;
  }

  @Override
  public void close() {
    require(libc.invoke(Syscall.CLOSE, descriptor));
  }
}
