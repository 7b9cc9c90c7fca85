package dev.jbpfilter.tests.benchmarks;

import dev.jbpfilter.ruleset.packet.PacketBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What differs between the packets of a benchmark: addresses, ports and protocol of a frame of
 * fixed length. A flow has the same layout in the table that programs read flows from: addresses
 * and ports in the order of the packet, then what else is written.
 */
sealed interface Flow {
  int TCP = 6;
  int UDP = 17;
  int ICMP = 1;

  /** Offset of the IPv4 or IPv6 header in frames. */
  int NETWORK = 14;

  /** Offset of the source address in frames with IPv4, which the destination and ports follow. */
  int IPV4_SOURCE = NETWORK + 12;

  int IPV4_PROTOCOL = NETWORK + 9;

  /** Of the flags in TCP over IPv4 without options. */
  int IPV4_TCP_FLAGS = NETWORK + 33;

  /** Offset of the source address in frames with IPv6, which the destination and ports follow. */
  int IPV6_SOURCE = NETWORK + 8;

  /**
   * IPv4 without options.
   *
   * @param source in host byte order, as {@code destination}
   * @param sourcePort with {@code destinationPort} the first four bytes behind the IPv4 header: for
   *     ICMP, type and code are the two bytes of the first one
   * @param flags the byte of TCP's flags
   */
  record Ipv4(
      int source, int destination, int sourcePort, int destinationPort, int protocol, int flags)
      implements Flow {
    /** Bytes in the table. */
    static final int SIZE = 16;

    private static final byte[] TEMPLATE =
        PacketBuilder.ethernet().ipv4("0.0.0.0", "0.0.0.0").tcp(0, 0, 0).payload(64).build();

    /** The first packet of a connection. */
    static Ipv4 tcp(int source, int destination, int sourcePort, int destinationPort) {
      return new Ipv4(source, destination, sourcePort, destinationPort, TCP, 0x02);
    }

    Ipv4 withSource(int address) {
      return new Ipv4(address, destination, sourcePort, destinationPort, protocol, flags);
    }

    Ipv4 withDestination(int address) {
      return new Ipv4(source, address, sourcePort, destinationPort, protocol, flags);
    }

    Ipv4 withDestinationPort(int port) {
      return new Ipv4(source, destination, sourcePort, port, protocol, flags);
    }

    @Override
    public byte[] frame() {
      byte[] frame = TEMPLATE.clone();
      putEnds(ByteBuffer.wrap(frame, IPV4_SOURCE, 12));
      frame[IPV4_PROTOCOL] = (byte) protocol;
      frame[IPV4_TCP_FLAGS] = (byte) flags;
      return frame;
    }

    @Override
    public void put(ByteBuffer table) {
      putEnds(table.order(ByteOrder.BIG_ENDIAN))
          .put((byte) protocol)
          .put((byte) flags)
          .putShort((short) 0);
    }

    /** Addresses and ports. */
    private ByteBuffer putEnds(ByteBuffer out) {
      return out.putInt(source)
          .putInt(destination)
          .putShort((short) sourcePort)
          .putShort((short) destinationPort);
    }

    @Override
    public int size() {
      return SIZE;
    }
  }

  /**
   * TCP over IPv6, to one destination.
   *
   * @param high the upper half of the source address
   * @param low its lower half
   */
  record Ipv6(long high, long low, int sourcePort, int destinationPort) implements Flow {
    /** Bytes in the table. */
    static final int SIZE = 24;

    private static final byte[] TEMPLATE =
        PacketBuilder.ethernet().ipv6("::", "2001:db8::1").tcp(0, 0, 2).payload(64).build();

    private static final int PORTS = IPV6_SOURCE + 32;

    @Override
    public byte[] frame() {
      byte[] frame = TEMPLATE.clone();
      ByteBuffer buffer = ByteBuffer.wrap(frame);
      buffer.putLong(IPV6_SOURCE, high).putLong(IPV6_SOURCE + 8, low);
      buffer.putShort(PORTS, (short) sourcePort).putShort(PORTS + 2, (short) destinationPort);
      return frame;
    }

    @Override
    public void put(ByteBuffer table) {
      table
          .order(ByteOrder.BIG_ENDIAN)
          .putLong(high)
          .putLong(low)
          .putShort((short) sourcePort)
          .putShort((short) destinationPort)
          .putInt(0);
    }

    @Override
    public int size() {
      return SIZE;
    }
  }

  /** A packet of this flow. Its checksums are not right. */
  byte[] frame();

  /** Appends the flow to a table. */
  void put(ByteBuffer table);

  /** Bytes in a table. */
  int size();
}
