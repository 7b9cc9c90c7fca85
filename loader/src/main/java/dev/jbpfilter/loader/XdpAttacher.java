package dev.jbpfilter.loader;

import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.BpfLink;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.XdpMode;
import java.util.Optional;

/** Attaches programs to devices: in the driver where it can, else in the stack. */
final class XdpAttacher {
  private XdpAttacher() {}

  /** A new link. */
  record Attached(BpfLink link, XdpMode mode) {}

  /** How users are told of a mode. */
  static Event event(XdpMode mode) {
    return Event.info(
        switch (mode) {
          case NATIVE -> "attached XDP program in driver mode";
          case GENERIC -> "attached XDP program in SKB mode";
        });
  }

  /** How users are told that a point's link got another program, if they are. */
  static Optional<Event> eventAt(Kernel kernel, AttachPoint point) {
    return point instanceof AttachPoint.Xdp device
        ? kernel.xdpProgram(device.interfaceIndex()).map(program -> event(program.mode()))
        : Optional.empty();
  }

  /**
   * Attaches a program to a device of the calling thread's network name space. If both modes are
   * refused the first refusal stands.
   */
  static Attached attach(Kernel kernel, BpfProgram program, int interfaceIndex) {
    try {
      return attach(kernel, program, interfaceIndex, XdpMode.NATIVE);
    } catch (BpfException refused) {
      if (!isAboutMode(refused.errno())) {
        throw refused;
      }
      try {
        return attach(kernel, program, interfaceIndex, XdpMode.GENERIC);
      } catch (BpfException e) {
        refused.addSuppressed(e);
        throw refused;
      }
    }
  }

  private static Attached attach(
      Kernel kernel, BpfProgram program, int interfaceIndex, XdpMode mode) {
    return new Attached(kernel.attachXdp(program, interfaceIndex, mode), mode);
  }

  /** Whether it can be the driver that refuses: each has its own way to say so. */
  private static boolean isAboutMode(int errno) {
    return switch (errno) {
      case Errno.EOPNOTSUPP, Errno.ENOTSUPP, Errno.EINVAL, Errno.ERANGE -> true;
      default -> false;
    };
  }
}
