package dev.jbpfilter.ruleset.packet;

import dev.jbpfilter.ruleset.Protocol;

/**
 * The hash of {@code meta.flow_probability}: the same on every host and hook, different for the two
 * directions of a flow. Words are taken in little-endian order from the wire; the last steps are
 * those of xxHash32.
 */
final class FlowHash {
  private FlowHash() {}

  /** The hash of a TCP or UDP packet. */
  static int of(PacketInput packet, Headers headers) {
    int at = headers.internetOffset();
    int protocol = headers.transportNumber().orElseThrow();
    int hash;
    if (headers.has(Protocol.IPV4)) {
      hash = Integer.rotateRight(le32(packet, at + 12), 8) ^ le32(packet, at + 16);
    } else {
      int flowLabel = packet.i32(at) & 0xfffff;
      hash = Integer.rotateRight(fold(packet, at + 8), 8) ^ fold(packet, at + 24) ^ flowLabel;
    }
    hash ^= protocol << 16;
    int ports = headers.transportOffset();
    hash ^= le16(packet, ports) << 16 | le16(packet, ports + 2);
    hash ^= hash >>> 15;
    hash *= 0x85ebca77;
    hash ^= hash >>> 13;
    hash *= 0xc2b2ae3d;
    return hash ^ hash >>> 16;
  }

  private static int fold(PacketInput packet, int offset) {
    return le32(packet, offset)
        ^ le32(packet, offset + 4)
        ^ le32(packet, offset + 8)
        ^ le32(packet, offset + 12);
  }

  private static int le32(PacketInput packet, int offset) {
    return Integer.reverseBytes(packet.i32(offset));
  }

  private static int le16(PacketInput packet, int offset) {
    return packet.u8(offset) | packet.u8(offset + 1) << 8;
  }
}
