package dev.jbpfilter.ruleset;

/** A protocol whose header fields matchers can name. */
public enum Protocol {
  IPV4(Layer.INTERNET, 0x0800),
  IPV6(Layer.INTERNET, 0x86dd),
  TCP(Layer.TRANSPORT, 6),
  UDP(Layer.TRANSPORT, 17),
  ICMP(Layer.TRANSPORT, 1),
  ICMPV6(Layer.TRANSPORT, 58);

  private final Layer layer;
  private final int number;

  Protocol(Layer layer, int number) {
    this.layer = layer;
    this.number = number;
  }

  public Layer layer() {
    return layer;
  }

  /** The EtherType of an Internet-layer protocol, the IP protocol number of a transport. */
  public int number() {
    return number;
  }
}
