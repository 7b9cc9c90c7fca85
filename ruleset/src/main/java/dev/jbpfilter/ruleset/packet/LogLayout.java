package dev.jbpfilter.ruleset.packet;

/**
 * Where the fields of a log record are, as offsets in bytes. A record is what a program puts into
 * its chain's ring buffer: {@link #SIZE} bytes, numbers in host order (little-endian), bytes that
 * mean nothing zero. The layout is bpfilter's, which other readers know.
 */
public final class LogLayout {
  public static final int SIZE = 120;

  /** Nanoseconds since boot on the monotonic clock, 8 bytes. */
  public static final int TIME = 0;

  /** The index of the rule, 4 bytes. */
  public static final int RULE = 8;

  /** {@link dev.jbpfilter.ruleset.Verdict#code()}, 4 bytes. */
  public static final int VERDICT = 12;

  /** EtherType, 2 bytes. */
  public static final int ETHER_TYPE = 16;

  /** Transport protocol number, 1 byte. */
  public static final int PROTOCOL = 18;

  /** {@link #PACKET} or {@link #SOCKET_CALL}, 1 byte: decides what comes from here on. */
  public static final int TYPE = 19;

  /** The {@link #TYPE} of a record about a packet. */
  public static final int PACKET = 0;

  /** The {@link #TYPE} of a record about a socket call. */
  public static final int SOCKET_CALL = 1;

  /** The size of the packet as counters count it, 8 bytes. */
  public static final int PACKET_SIZE = 24;

  /**
   * Which headers were asked for, in the low four bits, and which are there, in the high ones;
   * {@link dev.jbpfilter.ruleset.Layer#logBit()} each. 1 byte.
   */
  public static final int HEADERS = 32;

  /** The link header from the wire, 14 bytes of 16. */
  public static final int LINK = 40;

  /** The Internet header from the wire, 20 or 40 bytes of 40. */
  public static final int INTERNET = 56;

  /** The transport header from the wire, 8 or 20 bytes of 24. */
  public static final int TRANSPORT = 96;

  /** The process (thread group) that made the socket call, in the initial name space, 4 bytes. */
  public static final int PROCESS = 24;

  /** The destination port of the socket call, 2 bytes. */
  public static final int PORT = 28;

  /** Bit 0: the source address is known. 1 byte. */
  public static final int CAPTURED = 30;

  /** The name of the process, ended by a zero byte if it is shorter than 16 bytes. */
  public static final int COMMAND = 32;

  /** The source address in network order, 16 bytes; IPv4 in the first four. */
  public static final int SOURCE = 48;

  /** The destination address in network order, 16 bytes; IPv4 in the first four. */
  public static final int DESTINATION = 64;

  private LogLayout() {}
}
