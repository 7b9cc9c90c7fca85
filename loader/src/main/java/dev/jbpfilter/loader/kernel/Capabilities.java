package dev.jbpfilter.loader.kernel;

/**
 * The capabilities that the calling thread has in its user name space (include/uapi/linux/
 * capability.h).
 *
 * @param effective a bit for each
 */
record Capabilities(long effective) {
  static final int NET_ADMIN = 12;
  static final int SYS_ADMIN = 21;
  static final int PERFMON = 38;
  static final int BPF = 39;

  private static final String STATUS = "/proc/thread-self/status";
  private static final String EFFECTIVE = "CapEff:";

  /** Those of the calling thread; {@code ENOENT} without a mounted /proc. */
  static Capabilities ofThread(Linux linux) {
    for (String line : linux.readFile(STATUS).lines().toList()) {
      if (line.startsWith(EFFECTIVE)) {
        return new Capabilities(
            Long.parseUnsignedLong(line.substring(EFFECTIVE.length()).strip(), 16));
      }
    }
    throw BpfException.refusal(Errno.ENOENT, STATUS + ": no " + EFFECTIVE);
  }

  boolean has(int capability) {
    return (effective >> capability & 1) != 0;
  }

  /** Whether BPF commands take it for granted, of which {@code CAP_SYS_ADMIN} includes the rest. */
  boolean allow(int capability) {
    return has(capability) || has(SYS_ADMIN);
  }
}
