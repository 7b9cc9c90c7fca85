package dev.jbpfilter.loader.kernel;

import dev.jbpfilter.loader.kernel.internal.NativeMemory;
import dev.jbpfilter.loader.kernel.internal.Syscall;
import java.nio.charset.StandardCharsets;

/** Names and indexes of network interfaces in the caller's network name space (netdevice(7)). */
final class Interfaces {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SIOCGIFNAME = 0x8910;
  private static final int SIOCGIFINDEX = 0x8933;

  /** {@code struct ifreq}: a name of at most 15 bytes, then a union that starts with the index. */
  private static final int REQUEST_SIZE = 40;

  private static final int NAME_SIZE = 16;

  private Interfaces() {}

  static int index(Linux linux, String name) {
    String object = "interface " + name;
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0 || bytes.length >= NAME_SIZE || name.indexOf('\0') >= 0) {
      throw new BpfException("SIOCGIFINDEX", Errno.ENODEV, object);
    }
    try (NativeMemory request = new NativeMemory(REQUEST_SIZE)) {
      request.put(0, bytes);
      control(linux, SIOCGIFINDEX, "SIOCGIFINDEX", request, object);
      return request.getInt(NAME_SIZE);
    }
  }

  static String name(Linux linux, int index) {
    try (NativeMemory request = new NativeMemory(REQUEST_SIZE)) {
      request.putInt(NAME_SIZE, index);
      control(linux, SIOCGIFNAME, "SIOCGIFNAME", request, "interface " + index);
      return request.getString(0, NAME_SIZE);
    }
  }

  private static void control(
      Linux linux, int request, String step, NativeMemory argument, String object) {
    long number = linux.call(object, Syscall.SOCKET, AF_UNIX, SOCK_DGRAM | Linux.O_CLOEXEC, 0);
    try (Fd socket = new Fd(linux, (int) number, object)) {
      long result = linux.attempt(Syscall.IOCTL, socket.number(), request, argument.address());
      Linux.require(result, step, object);
    }
  }
}
