package dev.jbpfilter.ruleset.packet.capture;

import dev.jbpfilter.ruleset.Protocol;

/**
 * A stand-in for the hash that the kernel computes of a packet's flow, which depends on a secret of
 * the machine: the same for all packets of a flow, in both directions, and never 0. A flow is two
 * addresses, a protocol and, if the packet is no fragment, the ports of TCP, UDP and SCTP.
 */
final class FlowStandIn {
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int SCTP = 132;
  private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

  private FlowStandIn() {}

  /**
   * The hash, as an unsigned number of 32 bits; 1 for what is neither IPv4 nor IPv6, or cut off.
   *
   * @param at where the network header begins
   * @param etherType what it is
   */
  static long hash(byte[] bytes, int at, int etherType) {
    if (etherType == Protocol.IPV4.number() && bytes.length >= at + 20) {
      boolean fragment = (u16(bytes, at + 6) & 0x3fff) != 0;
      int ports = at + 4 * (bytes[at] & 0xf);
      return hash(bytes, at + 12, 4, bytes[at + 9] & 0xff, fragment ? bytes.length : ports);
    }
    if (etherType == Protocol.IPV6.number() && bytes.length >= at + 40) {
      return hash(bytes, at + 8, 16, bytes[at + 6] & 0xff, at + 40);
    }
    return 1;
  }

  /** The same for two addresses of a length, one behind the other. */
  private static long hash(byte[] bytes, int addresses, int length, int protocol, int ports) {
    boolean hasPorts =
        (protocol == TCP || protocol == UDP || protocol == SCTP) && ports + 4 <= bytes.length;
    long first = end(bytes, addresses, length, hasPorts ? u16(bytes, ports) : 0);
    long second = end(bytes, addresses + length, length, hasPorts ? u16(bytes, ports + 2) : 0);
    // Addition, as it does not matter which end sent the packet.
    long hash = mix(first + second + protocol) & 0xffff_ffffL;
    return hash == 0 ? 1 : hash;
  }

  private static long end(byte[] bytes, int address, int length, int port) {
    long hash = port;
    for (int i = 0; i < length; i += 4) {
      long word = (long) u16(bytes, address + i) << Short.SIZE | u16(bytes, address + i + 2);
      hash = mix(hash * GOLDEN + word);
    }
    return hash;
  }

  private static long mix(long value) {
    long mixed = (value ^ value >>> 32) * GOLDEN;
    return mixed ^ mixed >>> 29;
  }

  private static int u16(byte[] bytes, int offset) {
    return (bytes[offset] & 0xff) << Byte.SIZE | (bytes[offset + 1] & 0xff);
  }
}
