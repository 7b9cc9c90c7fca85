package dev.jbpfilter.ruleset.packet.capture;

import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.Protocol;
import dev.jbpfilter.ruleset.packet.PacketInput;
import dev.jbpfilter.ruleset.packet.capture.HookView.Seen;
import dev.jbpfilter.ruleset.packet.capture.HookView.Unseen;
import java.util.Arrays;

/** What a captured packet begins with, and what is behind it. */
final class LinkHeader {
  private static final int ETHERNET_BYTES = 14;
  private static final int ETHER_TYPE = 12;
  private static final int TAG_BYTES = 4;
  private static final int ADDRESSES_BYTES = 12;
  private static final int VLAN = 0x8100;
  private static final int SERVICE_VLAN = 0x88a8;
  private static final int IPV4 = Protocol.IPV4.number();
  private static final int IPV6 = Protocol.IPV6.number();
  private static final int IPV4_BYTES = 20;
  private static final int IPV6_BYTES = 40;
  private static final int HOP_BY_HOP = 0;

  /** AF_INET, and what AF_INET6 is on one system or another. */
  private static final int AF_INET = 2;

  private static final int AF_INET6_LINUX = 10;
  private static final int AF_INET6_NETBSD = 24;
  private static final int AF_INET6_FREEBSD = 28;
  private static final int AF_INET6_DARWIN = 30;

  private static final int UNKNOWN = -1;

  private final CapturedPacket packet;
  private final byte[] bytes;

  LinkHeader(CapturedPacket packet) {
    this.packet = packet;
    this.bytes = packet.bytes();
  }

  HookView seenAt(Hook hook) {
    if (!hook.flavor().seesPackets()) {
      throw new IllegalArgumentException(hook.keyword() + " chains see socket calls, not packets");
    }
    if (packet.linkType() == LinkType.OTHER) {
      return Unseen.LINK_TYPE;
    }
    int header = headerBytes();
    if (bytes.length < Math.max(header, header == 0 ? 1 : 0)) {
      return packet.isCut() ? Unseen.CUT : Unseen.HOOK;
    }
    int etherType = etherType();
    if (etherType == UNKNOWN) {
      return Unseen.HOOK;
    }
    if (hook.flavor().hasLinkHeader()) {
      return frame(hook, header, etherType);
    }
    return network(header, etherType);
  }

  private int headerBytes() {
    return switch (packet.linkType()) {
      case NULL, LOOP -> 4;
      case ETHERNET -> ETHERNET_BYTES;
      case LINUX_SLL -> 16;
      case LINUX_SLL2 -> 20;
      case RAW, IPV4, IPV6, OTHER -> 0;
    };
  }

  /** What the link header, all of which is there, says that it is; or {@link #UNKNOWN}. */
  private int etherType() {
    return switch (packet.linkType()) {
      case NULL -> family(Math.min(i32(0), Integer.reverseBytes(i32(0))));
      case LOOP -> family(i32(0));
      case ETHERNET -> u16(ETHER_TYPE);
      case LINUX_SLL -> u16(14);
      case LINUX_SLL2 -> u16(0);
      case IPV4 -> IPV4;
      case IPV6 -> IPV6;
      case RAW ->
          switch (bytes[0] >> 4 & 0xf) {
            case 4 -> IPV4;
            case 6 -> IPV6;
            default -> UNKNOWN;
          };
      case OTHER -> UNKNOWN;
    };
  }

  private static int family(int family) {
    return switch (family) {
      case AF_INET -> IPV4;
      case AF_INET6_LINUX, AF_INET6_NETBSD, AF_INET6_FREEBSD, AF_INET6_DARWIN -> IPV6;
      default -> UNKNOWN;
    };
  }

  private HookView frame(Hook hook, int header, int etherType) {
    byte[] frame = bytes;
    long size = packet.originalLength();
    if (packet.linkType() != LinkType.ETHERNET) {
      frame = new byte[ETHERNET_BYTES + bytes.length - header];
      frame[ETHER_TYPE] = (byte) (etherType >> Byte.SIZE);
      frame[ETHER_TYPE + 1] = (byte) etherType;
      System.arraycopy(bytes, header, frame, ETHERNET_BYTES, bytes.length - header);
      size += ETHERNET_BYTES - header;
    }
    if (isTag(etherType) && (hook == Hook.TC_INGRESS || hook == Hook.TC_EGRESS)) {
      if (frame.length < ETHERNET_BYTES + TAG_BYTES) {
        return packet.isCut() ? Unseen.CUT : Unseen.HOOK;
      }
      byte[] untagged = new byte[frame.length - TAG_BYTES];
      System.arraycopy(frame, 0, untagged, 0, ADDRESSES_BYTES);
      int from = ADDRESSES_BYTES + TAG_BYTES;
      System.arraycopy(frame, from, untagged, ADDRESSES_BYTES, frame.length - from);
      frame = untagged;
      size -= TAG_BYTES;
    }
    PacketInput input = PacketInput.ofFrame(frame).withFlowHash(flowHash(header, etherType));
    return new Seen(input, size, packet.isCut());
  }

  private long flowHash(int header, int etherType) {
    int at = header;
    int type = etherType;
    while (isTag(type) && at + TAG_BYTES <= bytes.length) {
      type = u16(at + 2);
      at += TAG_BYTES;
    }
    return FlowStandIn.hash(bytes, at, type);
  }

  private HookView network(int header, int etherType) {
    int at = header;
    int type = etherType;
    while (isTag(type)) {
      if (bytes.length < at + TAG_BYTES) {
        return packet.isCut() ? Unseen.CUT : Unseen.HOOK;
      }
      type = u16(at + 2);
      at += TAG_BYTES;
    }
    if (type != IPV4 && type != IPV6) {
      return Unseen.HOOK;
    }
    int least = type == IPV4 ? IPV4_BYTES : IPV6_BYTES;
    if (bytes.length < at + least) {
      return packet.isCut() ? Unseen.CUT : Unseen.HOOK;
    }
    long there = packet.originalLength() - at;
    long length = type == IPV4 ? ipv4Length(at, there) : ipv6Length(at, there);
    if (length > there) {
      return Unseen.HOOK;
    }
    int end = (int) Math.min(bytes.length, at + length);
    PacketInput input =
        PacketInput.ofPacket(type, Arrays.copyOfRange(bytes, at, end))
            .withFlowHash(FlowStandIn.hash(bytes, at, type));
    return new Seen(input, ETHERNET_BYTES + length, end < at + length);
  }

  /** The length that an IPv4 header says; too much if it contradicts itself ({@code ip_rcv}). */
  private long ipv4Length(int at, long there) {
    int headerLength = (bytes[at] & 0xf) * 4;
    int total = u16(at + 2);
    if (total == 0) {
      // A packet that the network card was to cut into several.
      return there;
    }
    boolean contradiction =
        (bytes[at] >> 4 & 0xf) != 4 || headerLength < IPV4_BYTES || total < headerLength;
    return contradiction ? Long.MAX_VALUE : total;
  }

  /** The same for IPv6 ({@code ip6_rcv}). */
  private long ipv6Length(int at, long there) {
    int payload = u16(at + 4);
    if ((bytes[at] >> 4 & 0xf) != 6) {
      return Long.MAX_VALUE;
    }
    return payload == 0 && bytes[at + 6] == HOP_BY_HOP ? there : IPV6_BYTES + payload;
  }

  private static boolean isTag(int etherType) {
    return etherType == VLAN || etherType == SERVICE_VLAN;
  }

  private int u16(int offset) {
    return (bytes[offset] & 0xff) << Byte.SIZE | (bytes[offset + 1] & 0xff);
  }

  private int i32(int offset) {
    return u16(offset) << Short.SIZE | u16(offset + 2);
  }
}
