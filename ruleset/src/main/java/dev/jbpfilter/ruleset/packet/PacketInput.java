package dev.jbpfilter.ruleset.packet;

import dev.jbpfilter.ruleset.Flavor;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.Protocol;
import java.util.Arrays;

/** A packet as a hook sees it: its bytes and what the kernel knows about it. */
public final class PacketInput {
  private static final int NO_PROTOCOL = -1;
  private static final int ETHER_TYPE = 12;

  private final byte[] bytes;
  private final int etherType;
  private final long interfaceIndex;
  private final long mark;
  private final long flowHash;

  private PacketInput(byte[] bytes, int etherType, long interfaceIndex, long mark, long flowHash) {
    this.bytes = bytes;
    this.etherType = etherType;
    this.interfaceIndex = interfaceIndex;
    this.mark = mark;
    this.flowHash = flowHash;
  }

  /** A frame that starts with its Ethernet header, as XDP and TC hooks see it. */
  public static PacketInput ofFrame(byte[] frame) {
    return new PacketInput(frame.clone(), NO_PROTOCOL, 1, 0, 0);
  }

  /**
   * A packet that starts with its Internet header, as Netfilter and cgroup hooks see it.
   *
   * @param etherType what the kernel says the packet is, in host value
   */
  public static PacketInput ofPacket(int etherType, byte[] packet) {
    if (etherType < 0 || etherType > 0xffff) {
      throw new IllegalArgumentException("not an EtherType: " + etherType);
    }
    return new PacketInput(packet.clone(), etherType, 1, 0, 0);
  }

  /**
   * A frame that starts with its Ethernet header, as a hook sees it: whole, or from its Internet
   * header on.
   *
   * @throws IllegalArgumentException if the hook sees socket calls, or no such packets: Netfilter
   *     and cgroup hooks see only IPv4 and IPv6
   */
  public static PacketInput ofFrame(byte[] frame, Hook hook) {
    Flavor flavor = hook.flavor();
    if (!flavor.seesPackets()) {
      throw new IllegalArgumentException(hook.keyword() + " chains see socket calls, not packets");
    }
    if (flavor.hasLinkHeader()) {
      return ofFrame(frame);
    }
    PacketInput whole = ofFrame(frame);
    int etherType = frame.length < Headers.ETHERNET_SIZE ? 0 : whole.u16(ETHER_TYPE);
    if (etherType != Protocol.IPV4.number() && etherType != Protocol.IPV6.number()) {
      throw new IllegalArgumentException(hook.keyword() + " chains see only IPv4 and IPv6 packets");
    }
    return ofPacket(etherType, Arrays.copyOfRange(frame, Headers.ETHERNET_SIZE, frame.length));
  }

  /** The index of the interface that the hook reports. */
  public PacketInput withInterfaceIndex(long index) {
    return new PacketInput(bytes, etherType, unsigned32(index), mark, flowHash);
  }

  /** The packet mark before the chain runs. */
  public PacketInput withMark(long value) {
    return new PacketInput(bytes, etherType, interfaceIndex, unsigned32(value), flowHash);
  }

  /** The kernel's flow hash of the packet. */
  public PacketInput withFlowHash(long value) {
    return new PacketInput(bytes, etherType, interfaceIndex, mark, unsigned32(value));
  }

  /** Whether the bytes start with an Ethernet header. */
  public boolean hasLinkHeader() {
    return etherType == NO_PROTOCOL;
  }

  /**
   * What the kernel says the packet is.
   *
   * @throws IllegalStateException if the packet has a link header to look at instead
   */
  public int etherType() {
    if (hasLinkHeader()) {
      throw new IllegalStateException("the EtherType of a frame is in its link header");
    }
    return etherType;
  }

  public long interfaceIndex() {
    return interfaceIndex;
  }

  public long mark() {
    return mark;
  }

  public long flowHash() {
    return flowHash;
  }

  /** The number of bytes. */
  public int length() {
    return bytes.length;
  }

  /** A copy of the bytes. */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  int u8(int offset) {
    return Byte.toUnsignedInt(bytes[offset]);
  }

  int u16(int offset) {
    return u8(offset) << 8 | u8(offset + 1);
  }

  int i32(int offset) {
    return u16(offset) << 16 | u16(offset + 2);
  }

  long i64(int offset) {
    return (long) i32(offset) << 32 | Integer.toUnsignedLong(i32(offset + 4));
  }

  private static long unsigned32(long value) {
    if (value < 0 || value > 0xffff_ffffL) {
      throw new IllegalArgumentException("not an unsigned 32-bit number: " + value);
    }
    return value;
  }
}
