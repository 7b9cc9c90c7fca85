package dev.jbpfilter.loader.kernel;

import dev.jbpfilter.loader.kernel.internal.NativeMemory;
import dev.jbpfilter.loader.kernel.internal.Syscall;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Asks which XDP program a network device has. No bpf(2) command tells; rtnetlink(7) does, in the
 * attribute {@code IFLA_XDP} of a link.
 */
final class XdpQuery {
  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW = 3;
  private static final int NETLINK_ROUTE = 0;

  private static final int NLMSG_HEADER = 16;
  private static final int NLMSG_TYPE = 4;
  private static final int NLMSG_FLAGS = 6;
  private static final int NLM_F_REQUEST = 1;
  private static final int NLMSG_ERROR = 2;
  private static final int RTM_GETLINK = 18;

  private static final int INTERFACE_HEADER = 16;
  private static final int INTERFACE_INDEX = NLMSG_HEADER + 4;

  private static final int ATTRIBUTE_HEADER = 4;
  private static final int ATTRIBUTE_TYPE = 0x3fff;
  private static final int IFLA_XDP = 43;
  private static final int IFLA_XDP_ATTACHED = 2;
  private static final int IFLA_XDP_PROG_ID = 4;
  private static final int XDP_ATTACHED_DRV = 1;
  private static final int XDP_ATTACHED_SKB = 2;

  private static final int ANSWER_SIZE = 1 << 15;

  private final NativeMemory answer;

  private XdpQuery(NativeMemory answer) {
    this.answer = answer;
  }

  static Optional<XdpProgram> run(Linux linux, int interfaceIndex) {
    String object = "XDP program of interface " + interfaceIndex;
    long number =
        linux.call(object, Syscall.SOCKET, AF_NETLINK, SOCK_RAW | Linux.O_CLOEXEC, NETLINK_ROUTE);
    int size = NLMSG_HEADER + INTERFACE_HEADER;
    try (Fd socket = new Fd(linux, (int) number, object);
        NativeMemory request = new NativeMemory(size);
        NativeMemory answer = new NativeMemory(ANSWER_SIZE)) {
      request.putInt(0, size);
      request.putInt(
          NLMSG_TYPE, RTM_GETLINK | (NLM_F_REQUEST << ((NLMSG_FLAGS - NLMSG_TYPE) * Byte.SIZE)));
      request.putInt(INTERFACE_INDEX, interfaceIndex);
      linux.call(object, Syscall.WRITE, socket.number(), request.address(), size);
      linux.call(object, Syscall.READ, socket.number(), answer.address(), ANSWER_SIZE);
      if (answer.getShort(NLMSG_TYPE) == NLMSG_ERROR) {
        int error = answer.getInt(NLMSG_HEADER);
        if (error == -Errno.ENODEV) {
          return Optional.empty();
        }
        Linux.require(error, "RTM_GETLINK", object);
      }
      return new XdpQuery(answer).program();
    }
  }

  private Optional<XdpProgram> program() {
    OptionalInt xdp = find(IFLA_XDP, NLMSG_HEADER + INTERFACE_HEADER, answer.getInt(0));
    if (xdp.isEmpty()) {
      return Optional.empty();
    }
    int from = xdp.getAsInt();
    int to = from - ATTRIBUTE_HEADER + answer.getShort(from - ATTRIBUTE_HEADER);
    OptionalInt attached = find(IFLA_XDP_ATTACHED, from, to);
    OptionalInt id = find(IFLA_XDP_PROG_ID, from, to);
    if (attached.isEmpty() || id.isEmpty()) {
      return Optional.empty();
    }
    int program = answer.getInt(id.getAsInt());
    return switch (answer.getByte(attached.getAsInt())) {
      case XDP_ATTACHED_DRV -> Optional.of(new XdpProgram(program, XdpMode.NATIVE));
      case XDP_ATTACHED_SKB -> Optional.of(new XdpProgram(program, XdpMode.GENERIC));
      default -> Optional.empty();
    };
  }

  /** Where the value of an attribute starts. */
  private OptionalInt find(int type, int from, int to) {
    int at = from;
    while (at + ATTRIBUTE_HEADER <= to) {
      int length = answer.getShort(at);
      if ((answer.getShort(at + 2) & ATTRIBUTE_TYPE) == type) {
        return OptionalInt.of(at + ATTRIBUTE_HEADER);
      }
      // Attributes are aligned to 4 bytes; none is shorter than its header.
      at += (Math.max(length, ATTRIBUTE_HEADER) + 3) & ~3;
    }
    return OptionalInt.empty();
  }
}
