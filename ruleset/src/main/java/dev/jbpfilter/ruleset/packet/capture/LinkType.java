package dev.jbpfilter.ruleset.packet.capture;

/** What the bytes of a captured packet begin with (tcpdump.org/linktypes.html). */
public enum LinkType {
  /** A 4-byte address family in the byte order of whoever wrote the file. */
  NULL(0),
  /** An Ethernet header. */
  ETHERNET(1),
  /** An IPv4 or IPv6 header, whichever its first four bits say. */
  RAW(101),
  /** A 4-byte address family in network order. */
  LOOP(108),
  /** A Linux cooked header, version 1. */
  LINUX_SLL(113),
  /** An IPv4 header. */
  IPV4(228),
  /** An IPv6 header. */
  IPV6(229),
  /** A Linux cooked header, version 2. */
  LINUX_SLL2(276),
  /** Something else; {@link CapturedPacket#linkNumber()} says what. */
  OTHER(-1);

  /** DLT_RAW of two families of systems; files with these numbers are about. */
  private static final int RAW_12 = 12;

  private static final int RAW_14 = 14;

  private final int number;

  LinkType(int number) {
    this.number = number;
  }

  /** The number in files; -1 for {@link #OTHER}. */
  public int number() {
    return number;
  }

  /** The type of a number. */
  public static LinkType of(int number) {
    return switch (number) {
      case 0 -> NULL;
      case 1 -> ETHERNET;
      case 101, RAW_12, RAW_14 -> RAW;
      case 108 -> LOOP;
      case 113 -> LINUX_SLL;
      case 228 -> IPV4;
      case 229 -> IPV6;
      case 276 -> LINUX_SLL2;
      default -> OTHER;
    };
  }
}
