package dev.jbpfilter.ruleset.packet;

import dev.jbpfilter.ruleset.Layer;
import org.jspecify.annotations.Nullable;

/** What a rule with {@code log} tells of one match; {@link LogLayout} has it as bytes. */
public sealed interface LogRecord {

  /** Nanoseconds since boot on the monotonic clock, unsigned. */
  long time();

  /** The index of the rule, 0 to 2^32-1. */
  long rule();

  /** The word of the rule's verdict, REDIRECT without its target. */
  String verdict();

  /** The EtherType, in host value. */
  int etherType();

  /** The number of the transport protocol; 0 if there is none. */
  int protocol();

  /**
   * A packet.
   *
   * @param size in bytes, as counters count it; unsigned
   * @param requested the headers that were asked for, an or of {@link Layer#logBit()}
   * @param link 14 bytes of Ethernet; null if the hook sees none
   * @param internet 20 bytes of IPv4 without options, or 40 of IPv6; null if there is none
   * @param transport 20 bytes of TCP, or 8 of UDP, ICMP or ICMPv6; null if there is none
   */
  record Packet(
      long time,
      long rule,
      String verdict,
      int etherType,
      int protocol,
      long size,
      int requested,
      @Nullable WireBytes link,
      @Nullable WireBytes internet,
      @Nullable WireBytes transport)
      implements LogRecord {

    /** Whether the header of {@code layer} was asked for. */
    public boolean wants(Layer layer) {
      return (requested & layer.logBit()) != 0;
    }
  }

  /**
   * A socket call.
   *
   * @param process the number of the process in the initial name space, unsigned 32 bits
   * @param command its name
   * @param port the destination port
   * @param source 16 bytes, of which IPv4 uses the first four; null if the hook does not know it
   * @param destination 16 bytes, of which IPv4 uses the first four
   */
  record SocketCall(
      long time,
      long rule,
      String verdict,
      int etherType,
      int protocol,
      long process,
      String command,
      int port,
      @Nullable WireBytes source,
      WireBytes destination)
      implements LogRecord {}

  /**
   * Reads a record.
   *
   * @throws IllegalArgumentException saying what is wrong, if these bytes are none
   */
  static LogRecord decode(byte[] bytes) {
    return new LogDecoder(bytes).record();
  }
}
