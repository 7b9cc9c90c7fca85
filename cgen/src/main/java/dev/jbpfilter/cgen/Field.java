package dev.jbpfilter.cgen;

/**
 * What a test looks at: a named property of a packet, as an unsigned number in host order.
 *
 * <p>A field has a value only on packets that carry its header. Whoever tests a header field tests
 * first, with {@link #L3_PROTO} or {@link #L4_HEADER}, that the header is there.
 */
public enum Field {
  /** EtherType of the network layer. */
  L3_PROTO("l3.proto", 16, ParseDepth.LINK),
  /** IPv4 protocol, or the next header behind the IPv6 extension headers; none without IP. */
  L4_PROTO("l4.proto", 8, ParseDepth.EXTENSIONS),
  /** The protocol of the transport header, where there is one that was parsed; else none. */
  L4_HEADER("l4.header", 8, ParseDepth.TRANSPORT),
  IP4_SADDR("ip4.saddr", 32, ParseDepth.NETWORK),
  IP4_DADDR("ip4.daddr", 32, ParseDepth.NETWORK),
  IP4_PROTO("ip4.proto", 8, ParseDepth.NETWORK),
  /** Source port of TCP or UDP. */
  SPORT("l4.sport", 16, ParseDepth.TRANSPORT),
  /** Destination port of TCP or UDP. */
  DPORT("l4.dport", 16, ParseDepth.TRANSPORT),
  TCP_FLAGS("tcp.flags", 8, ParseDepth.TRANSPORT),
  ICMP_TYPE("icmp.type", 8, ParseDepth.TRANSPORT),
  ICMP_CODE("icmp.code", 8, ParseDepth.TRANSPORT);

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

  /** The largest value. */
  public long max() {
    return (1L << bits) - 1;
  }

  /** How far a packet has to be parsed to know the field. */
  public ParseDepth depth() {
    return depth;
  }
}
