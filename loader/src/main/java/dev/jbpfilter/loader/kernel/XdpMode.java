package dev.jbpfilter.loader.kernel;

/** Where XDP programs run ({@code XDP_FLAGS_*} of include/uapi/linux/if_link.h). */
public enum XdpMode {
  /** In the stack, on any device, after the socket buffer is made. */
  GENERIC(1 << 1),
  /** In the device's driver. */
  NATIVE(1 << 2);

  private final int flag;

  XdpMode(int flag) {
    this.flag = flag;
  }

  int flag() {
    return flag;
  }
}
