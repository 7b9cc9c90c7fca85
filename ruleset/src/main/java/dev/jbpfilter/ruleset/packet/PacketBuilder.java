package dev.jbpfilter.ruleset.packet;

import dev.jbpfilter.ruleset.Payload;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Builds packets from the outside in; lengths, protocol numbers and checksums are filled in by the
 * layer that follows.
 *
 * <pre>{@code
 * byte[] syn = PacketBuilder.ethernet().ipv4("10.0.0.1", "10.0.0.2").tcp(40000, 80, 0x02).build();
 * }</pre>
 *
 * <p>A header that nothing follows keeps the number 59 (IPv6, no next header) or 253 (IPv4,
 * experiments), or the EtherType 0x88b5 (experiments).
 */
public final class PacketBuilder {
  /** An EtherType for experiments (IEEE 802). */
  public static final int ETHER_TYPE_EXPERIMENT = 0x88b5;

  private static final int ETHER_TYPE_VLAN = 0x8100;
  private static final int ETHER_TYPE_ARP = 0x0806;
  private static final int ETHER_TYPE_IPV4 = 0x0800;
  private static final int ETHER_TYPE_IPV6 = 0x86dd;
  private static final int PROTOCOL_EXPERIMENT = 253;
  private static final int NO_NEXT_HEADER = 59;
  private static final int NONE = -1;

  private byte[] bytes = new byte[0];

  /** Where the number of the next layer goes; two bytes wide if it is an EtherType. */
  private int nextNumberAt = NONE;

  private boolean nextIsEtherType;
  private int ipv4At = NONE;
  private int ipv6At = NONE;

  /** The first header of the transport layer, whose checksum covers the addresses. */
  private int transportAt = NONE;

  private int checksumAt = NONE;
  private int udpLengthAt = NONE;
  private int transportNumber;
  private boolean fragment;
  private int padding;
  private int length = NONE;

  private PacketBuilder() {}

  /** A packet that starts with an Ethernet header. */
  public static PacketBuilder ethernet() {
    PacketBuilder builder = new PacketBuilder();
    builder.append(
        0x02,
        0,
        0,
        0,
        0,
        0x02,
        0x02,
        0,
        0,
        0,
        0,
        0x01,
        ETHER_TYPE_EXPERIMENT >> 8,
        ETHER_TYPE_EXPERIMENT & 0xff);
    builder.nextNumberAt = 12;
    builder.nextIsEtherType = true;
    return builder;
  }

  /** A packet that starts with its Internet header. */
  public static PacketBuilder withoutLink() {
    return new PacketBuilder();
  }

  /** An IEEE 802.1Q tag. */
  public PacketBuilder vlan(int id) {
    next(ETHER_TYPE_VLAN);
    nextNumberAt = bytes.length + 2;
    append(id >> 8, id, ETHER_TYPE_EXPERIMENT >> 8, ETHER_TYPE_EXPERIMENT);
    return this;
  }

  /** An ARP request for {@code target} by {@code sender} (RFC 826). */
  public PacketBuilder arp(String sender, String target) {
    next(ETHER_TYPE_ARP);
    append(0, 1, 8, 0, 6, 4, 0, 1);
    append(0x02, 0, 0, 0, 0, 0x01);
    append32(ipv4Address(sender));
    append(0, 0, 0, 0, 0, 0);
    append32(ipv4Address(target));
    return this;
  }

  /** Bytes of a protocol with that EtherType. */
  public PacketBuilder etherType(int etherType, int... payload) {
    next(etherType);
    append(payload);
    return this;
  }

  /** An IPv4 header without options. */
  public PacketBuilder ipv4(String source, String destination) {
    next(ETHER_TYPE_IPV4);
    ipv4At = bytes.length;
    nextNumberAt = ipv4At + 9;
    nextIsEtherType = false;
    append(0x45, 0, 0, 0, 0, 0, 0, 0, 64, PROTOCOL_EXPERIMENT, 0, 0);
    append32(ipv4Address(source));
    append32(ipv4Address(destination));
    return this;
  }

  /** Options behind the IPv4 header, {@code words} times four bytes of no-operation. */
  public PacketBuilder ipv4Options(int words) {
    headerLength(5 + words);
    for (int i = 0; i < words; i++) {
      append(1, 1, 1, 1);
    }
    return this;
  }

  /** Writes the IPv4 header length in units of four bytes, true or not. */
  public PacketBuilder headerLength(int words) {
    bytes[ipv4()] = (byte) (0x40 | words);
    return this;
  }

  /** Makes the IPv4 packet a fragment; {@code offset} in units of eight bytes. */
  public PacketBuilder fragment(int offset, boolean more) {
    int value = offset | (more ? 0x2000 : 0);
    bytes[ipv4() + 6] = (byte) (value >> 8);
    bytes[ipv4() + 7] = (byte) value;
    fragment |= offset != 0 || more;
    return this;
  }

  /** Writes the second byte of the IPv4 header or the traffic class of the IPv6 header. */
  public PacketBuilder trafficClass(int value) {
    if (ipv6At != NONE) {
      bytes[ipv6At] = (byte) (0x60 | value >> 4);
      bytes[ipv6At + 1] = (byte) ((bytes[ipv6At + 1] & 0xf) | (value << 4));
    } else {
      bytes[ipv4() + 1] = (byte) value;
    }
    return this;
  }

  /** Writes the flow label of the IPv6 header. */
  public PacketBuilder flowLabel(int value) {
    if (ipv6At == NONE) {
      throw new IllegalStateException("no IPv6 header yet");
    }
    bytes[ipv6At + 1] = (byte) ((bytes[ipv6At + 1] & 0xf0) | (value >> 16 & 0xf));
    bytes[ipv6At + 2] = (byte) (value >> 8);
    bytes[ipv6At + 3] = (byte) value;
    return this;
  }

  /** An IPv6 header. */
  public PacketBuilder ipv6(String source, String destination) {
    next(ETHER_TYPE_IPV6);
    ipv6At = bytes.length;
    nextNumberAt = ipv6At + 6;
    nextIsEtherType = false;
    append(0x60, 0, 0, 0, 0, 0, NO_NEXT_HEADER, 64);
    append6(source);
    append6(destination);
    return this;
  }

  /**
   * An IPv6 extension header of {@code (units + 1) * 8} bytes: hop-by-hop 0, routing 43,
   * destination options 60, mobility 135.
   */
  public PacketBuilder extension(int number, int units) {
    next(number);
    nextNumberAt = bytes.length;
    append(NO_NEXT_HEADER, units);
    append(new int[8 * units + 6]);
    return this;
  }

  /** An IPv6 fragment header; {@code offset} in units of eight bytes. */
  public PacketBuilder fragmentHeader(int offset, boolean more) {
    next(44);
    nextNumberAt = bytes.length;
    append(NO_NEXT_HEADER, 0, offset >> 5, offset << 3 | (more ? 1 : 0), 0, 0, 0, 1);
    fragment |= offset != 0 || more;
    return this;
  }

  /** An authentication header of {@code (units + 2) * 4} bytes. */
  public PacketBuilder authentication(int units) {
    next(51);
    nextNumberAt = bytes.length;
    append(NO_NEXT_HEADER, units);
    append(new int[4 * units + 6]);
    return this;
  }

  /** A TCP header; {@code flags} as in {@link Payload.Flags}. */
  public PacketBuilder tcp(int sourcePort, int destinationPort, int flags) {
    transport(6, 16);
    append16(sourcePort);
    append16(destinationPort);
    append(0, 0, 0, 1, 0, 0, 0, 0, 0x50, flags, 0xff, 0xff, 0, 0, 0, 0);
    return this;
  }

  /** A UDP header. */
  public PacketBuilder udp(int sourcePort, int destinationPort) {
    transport(17, 6);
    udpLengthAt = bytes.length + 4;
    append16(sourcePort);
    append16(destinationPort);
    append(0, 0, 0, 0);
    return this;
  }

  /** An ICMP header, in whatever Internet protocol. */
  public PacketBuilder icmp(int type, int code) {
    transport(1, 2);
    append(type, code, 0, 0, 0, 1, 0, 1);
    return this;
  }

  /** An ICMPv6 header, in whatever Internet protocol. */
  public PacketBuilder icmpv6(int type, int code) {
    transport(58, 2);
    append(type, code, 0, 0, 0, 1, 0, 1);
    return this;
  }

  /** Bytes of a transport protocol with that number. */
  public PacketBuilder transport(int number, int... payload) {
    next(number);
    append(payload);
    return this;
  }

  /** {@code size} bytes of payload. */
  public PacketBuilder payload(int size) {
    int[] data = new int[size];
    for (int i = 0; i < size; i++) {
      data[i] = i;
    }
    append(data);
    return this;
  }

  /** Appends zeros behind the packet that no length field counts, up to {@code total} bytes. */
  public PacketBuilder padTo(int total) {
    padding = total;
    return this;
  }

  /** Cuts the packet off after {@code size} bytes; length fields still count what is missing. */
  public PacketBuilder truncate(int size) {
    length = size;
    return this;
  }

  /** The packet's bytes. */
  public byte[] build() {
    byte[] packet = bytes.clone();
    fillLengths(packet);
    fillChecksums(packet);
    int size = length == NONE ? Math.max(packet.length, padding) : length;
    return Arrays.copyOf(packet, size);
  }

  private void fillLengths(byte[] packet) {
    if (ipv4At != NONE) {
      put16(packet, ipv4At + 2, packet.length - ipv4At);
    }
    if (ipv6At != NONE) {
      put16(packet, ipv6At + 4, packet.length - ipv6At - 40);
    }
    if (udpLengthAt != NONE) {
      put16(packet, udpLengthAt, packet.length - transportAt);
    }
  }

  private void fillChecksums(byte[] packet) {
    if (ipv4At != NONE) {
      int end = Math.min(ipv4At + 4 * (packet[ipv4At] & 0xf), packet.length);
      put16(packet, ipv4At + 10, Checksum.of(packet, ipv4At, end, 0));
    }
    // The checksum of a fragment covers bytes that are not here.
    if (checksumAt == NONE || fragment) {
      return;
    }
    int pseudo = 0;
    if (transportNumber != 1) {
      int from = ipv6At != NONE ? ipv6At + 8 : ipv4At + 12;
      int to = ipv6At != NONE ? ipv6At + 40 : ipv4At + 20;
      pseudo = Checksum.sum(packet, from, to, transportNumber + packet.length - transportAt);
    }
    int checksum = Checksum.of(packet, transportAt, packet.length, pseudo);
    // RFC 768: zero says that there is none.
    put16(packet, checksumAt, checksum == 0 && transportNumber == 17 ? 0xffff : checksum);
  }

  private void transport(int number, int checksumOffset) {
    if (ipv4At == NONE && ipv6At == NONE) {
      throw new IllegalStateException("no Internet header yet");
    }
    next(number);
    transportNumber = number;
    transportAt = bytes.length;
    checksumAt = transportAt + checksumOffset;
  }

  private void next(int number) {
    if (nextNumberAt == NONE) {
      return;
    }
    if (nextIsEtherType) {
      put16(bytes, nextNumberAt, number);
    } else {
      bytes[nextNumberAt] = (byte) number;
    }
    nextNumberAt = NONE;
  }

  private int ipv4() {
    if (ipv4At == NONE) {
      throw new IllegalStateException("no IPv4 header yet");
    }
    return ipv4At;
  }

  private void append(int... values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + values.length);
    out.writeBytes(bytes);
    for (int value : values) {
      out.write(value);
    }
    bytes = out.toByteArray();
  }

  private void append16(int value) {
    append(value >> 8, value);
  }

  private void append32(int value) {
    append(value >> 24, value >> 16, value >> 8, value);
  }

  private void append6(String address) {
    Payload.Ipv6Address value =
        Payload.Ipv6Address.parse(address)
            .orElseThrow(() -> new IllegalArgumentException("not an IPv6 address: " + address));
    append32((int) (value.high() >> 32));
    append32((int) value.high());
    append32((int) (value.low() >> 32));
    append32((int) value.low());
  }

  private static int ipv4Address(String address) {
    return Payload.Ipv4Address.parse(address)
        .orElseThrow(() -> new IllegalArgumentException("not an IPv4 address: " + address))
        .value();
  }

  private static void put16(byte[] packet, int at, int value) {
    packet[at] = (byte) (value >> 8);
    packet[at + 1] = (byte) value;
  }
}
