package dev.jbpfilter.cgen;

/** Header lengths in bytes, and the numbers of those protocols whose headers are parsed. */
final class PacketLayout {
  /** IEEE 802.3 with EtherType, without tags. */
  static final int ETHERNET_LENGTH = 14;

  /** Without options (RFC 791). */
  static final int IPV4_LENGTH = 20;

  /** The fixed header (RFC 8200). */
  static final int IPV6_LENGTH = 40;

  /** Without options (RFC 9293). */
  static final int TCP_LENGTH = 20;

  /** UDP, ICMP and ICMPv6. */
  static final int SHORT_TRANSPORT_LENGTH = 8;

  static final int ETHERTYPE_IPV4 = 0x0800;
  static final int ETHERTYPE_IPV6 = 0x86dd;
  static final int ICMP = 1;
  static final int TCP = 6;
  static final int UDP = 17;
  static final int ICMPV6 = 58;

  /** Fragment offset of IPv4, as the two bytes lie in memory. */
  static final int IPV4_FRAGMENT_OFFSET = 0xff1f;

  private PacketLayout() {}
}
