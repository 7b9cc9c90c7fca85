package dev.jbpfilter.cgen;

/** How far packets are parsed; each depth includes those before it. */
public enum ParseDepth {
  /** Nothing is looked at. */
  NONE("nothing"),
  /** The Ethernet header. */
  LINK("link"),
  /** IPv4 and IPv6 headers. */
  NETWORK("network"),
  /** IPv6 extension headers. */
  EXTENSIONS("extension headers"),
  /** TCP, UDP, ICMP and ICMPv6 headers. */
  TRANSPORT("transport");

  private final String label;

  ParseDepth(String label) {
    this.label = label;
  }

  /** The name in listings. */
  public String label() {
    return label;
  }

  /** The deeper of two. */
  public ParseDepth or(ParseDepth other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** Whether this reaches as far as another. */
  boolean includes(ParseDepth other) {
    return compareTo(other) >= 0;
  }
}
