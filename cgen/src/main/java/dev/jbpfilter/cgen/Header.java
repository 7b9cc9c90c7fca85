package dev.jbpfilter.cgen;

/**
 * A header of which fields are loaded.
 *
 * <p>Kernel structures have the layouts of the wire; the verifier knows them by these names.
 */
enum Header {
  ETHERNET("ethhdr", PacketLayout.ETHERNET_LENGTH),
  IPV4("iphdr", PacketLayout.IPV4_LENGTH),
  IPV6("ipv6hdr", PacketLayout.IPV6_LENGTH),
  /** What extension headers of IPv6 begin with. */
  EXTENSION("ipv6_opt_hdr", 2),
  FRAGMENT("frag_hdr", 8),
  TCP("tcphdr", PacketLayout.TCP_LENGTH),
  UDP("udphdr", PacketLayout.SHORT_TRANSPORT_LENGTH),
  /** ICMP or ICMPv6. */
  ICMP("icmphdr", PacketLayout.SHORT_TRANSPORT_LENGTH);

  private final String structure;
  private final int length;

  Header(String structure, int length) {
    this.structure = structure;
    this.length = length;
  }

  /** The kernel's structure. */
  String structure() {
    return structure;
  }

  /** How many bytes must be there. */
  int length() {
    return length;
  }
}
