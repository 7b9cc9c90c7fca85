package dev.jbpfilter.cgen;

/**
 * What a test looks at: a named property of a packet or a socket call, as an unsigned number in
 * host order.
 *
 * <p>A field has a value only on packets that carry its header. Whoever tests a header field tests
 * first, with {@link #L3_PROTO} or {@link #L4_HEADER}, that the header is there.
 */
public enum Field {
  /** Index of the interface that the hook is about. */
  IFACE("iface", 32, ParseDepth.NONE),
  /** The packet mark, as earlier rules left it. */
  MARK("mark", 32, ParseDepth.NONE),
  /** The kernel's hash of the flow. */
  FLOW_HASH("flow.hash", 32, ParseDepth.NONE),
  /** Another number each time that it is looked at. */
  RANDOM("random", 32, ParseDepth.NONE),
  /** EtherType of the network layer. */
  L3_PROTO("l3.proto", 16, ParseDepth.LINK),
  /** IPv4 protocol, or the next header behind the IPv6 extension headers; none without IP. */
  L4_PROTO("l4.proto", 8, ParseDepth.EXTENSIONS),
  /** The protocol of the transport header, where there is one that was parsed; else none. */
  L4_HEADER("l4.header", 8, ParseDepth.TRANSPORT),
  IP4_SADDR("ip4.saddr", 32, ParseDepth.NETWORK),
  IP4_DADDR("ip4.daddr", 32, ParseDepth.NETWORK),
  IP4_PROTO("ip4.proto", 8, ParseDepth.NETWORK),
  IP4_DSCP("ip4.dscp", 6, ParseDepth.NETWORK),
  /** The first half of the address. */
  IP6_SADDR_HIGH("ip6.saddr.high", 64, ParseDepth.NETWORK),
  IP6_SADDR_LOW("ip6.saddr.low", 64, ParseDepth.NETWORK),
  /** The first half of the address. */
  IP6_DADDR_HIGH("ip6.daddr.high", 64, ParseDepth.NETWORK),
  IP6_DADDR_LOW("ip6.daddr.low", 64, ParseDepth.NETWORK),
  /** The next-header byte of the IPv6 header itself. */
  IP6_NEXTHDR("ip6.nexthdr", 8, ParseDepth.NETWORK),
  /** Which extension headers were passed, a bit of {@link ExtensionHeader} each. */
  IP6_EXTENSIONS("ip6.extensions", 6, ParseDepth.EXTENSIONS),
  IP6_DSCP("ip6.dscp", 6, ParseDepth.NETWORK),
  /** Source port of TCP or UDP. */
  SPORT("l4.sport", 16, ParseDepth.TRANSPORT),
  /** Destination port of TCP or UDP. */
  DPORT("l4.dport", 16, ParseDepth.TRANSPORT),
  TCP_FLAGS("tcp.flags", 8, ParseDepth.TRANSPORT),
  /** Type of ICMP or ICMPv6. */
  ICMP_TYPE("icmp.type", 8, ParseDepth.TRANSPORT),
  /** Code of ICMP or ICMPv6. */
  ICMP_CODE("icmp.code", 8, ParseDepth.TRANSPORT),
  /** The hash of addresses and ports that is the same on every host. */
  FLOW_DIGEST("flow.digest", 32, ParseDepth.TRANSPORT);

  private final String label;
  private final int bits;
  private final ParseDepth depth;

  Field(String label, int bits, ParseDepth depth) {
    this.label = label;
    this.bits = bits;
    this.depth = depth;
  }

  /** The name in listings. */
  public String label() {
    return label;
  }

  /** How many bits a value has at most. */
  public int bits() {
    return bits;
  }

  /** The largest value, unsigned. */
  public long max() {
    return -1L >>> (Long.SIZE - bits);
  }

  /** How far a packet has to be parsed to know the field. */
  public ParseDepth depth() {
    return depth;
  }
}
