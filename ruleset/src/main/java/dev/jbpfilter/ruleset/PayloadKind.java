package dev.jbpfilter.ruleset;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a matcher compares a packet with: decides the reader, the bounds and the spelling. */
public enum PayloadKind {
  /** Interface index, 1 to 2^32-1; written as a name or a number. */
  INTERFACE(Payload.Scalar.class, 0xffff_ffffL, 4),
  /** EtherType in host value (0x0800 is IPv4). */
  ETHERTYPE(Payload.Scalar.class, 0xffff, 2),
  /** IP protocol or IPv6 next-header number. */
  PROTOCOL(Payload.Scalar.class, 0xff, 1),
  /** Percentage, 0 to 100, single precision. */
  PERCENTAGE(Payload.Percentage.class, 0, 4),
  /** TCP or UDP port. */
  PORT(Payload.Scalar.class, 0xffff, 2),
  /** Packet mark. */
  MARK(Payload.Scalar.class, 0xffff_ffffL, 4),
  /** The kernel's flow hash. */
  FLOW_HASH(Payload.Scalar.class, 0xffff_ffffL, 4),
  IPV4_ADDRESS(Payload.Ipv4Address.class, 0, 4),
  IPV4_NETWORK(Payload.Ipv4Network.class, 0, 8),
  IPV6_ADDRESS(Payload.Ipv6Address.class, 0, 16),
  IPV6_NETWORK(Payload.Ipv6Network.class, 0, 20),
  /** Differentiated-services code point (RFC 2474), six bits. */
  DSCP(Payload.Scalar.class, 0x3f, 1),
  TCP_FLAGS(Payload.Flags.class, 0xff, 1),
  ICMP_TYPE(Payload.Scalar.class, 0xff, 1),
  ICMPV6_TYPE(Payload.Scalar.class, 0xff, 1),
  /** ICMP or ICMPv6 code; has no names. */
  ICMP_CODE(Payload.Scalar.class, 0xff, 1);

  private final Class<? extends Payload> type;
  private final long maximum;
  private final int size;

  PayloadKind(Class<? extends Payload> type, long maximum, int size) {
    this.type = type;
    this.maximum = maximum;
    this.size = size;
  }

  /** The greatest number of this kind; 0 for what is not a number. */
  public long maximum() {
    return maximum;
  }

  /** The smallest number of this kind. */
  public long minimum() {
    return this == INTERFACE ? 1 : 0;
  }

  /** The bytes that a value of this kind takes in a set element. */
  public int size() {
    return size;
  }

  public boolean isNetwork() {
    return this == IPV4_NETWORK || this == IPV6_NETWORK;
  }

  /** Whether {@code number} is within the bounds of this kind. */
  public boolean isInBounds(long number) {
    return number >= minimum() && number <= maximum;
  }

  /** Whether {@code payload} is a single value of this kind. */
  public boolean accepts(Payload payload) {
    return type.isInstance(payload)
        && switch (payload) {
          case Payload.Scalar scalar -> isInBounds(scalar.value());
          case Payload.Range _r -> false;
          case Payload.Ipv4Address _a -> true;
          case Payload.Ipv4Network _n -> true;
          case Payload.Ipv6Address _a -> true;
          case Payload.Ipv6Network _n -> true;
          case Payload.Flags _f -> true;
          case Payload.Percentage _p -> true;
        };
  }

  /** Whether both ends of {@code range} are within the bounds of this kind. */
  public boolean accepts(Payload.Range range) {
    return type == Payload.Scalar.class && isInBounds(range.low()) && isInBounds(range.high());
  }

  /**
   * The value that {@code text} stands for in rules, behind a matcher of this kind; empty if it is
   * refused.
   *
   * @throws IllegalArgumentException for percentages
   */
  public Optional<Payload> parse(String text, InterfaceResolver interfaces) {
    if (this == PERCENTAGE) {
      throw new IllegalArgumentException("percentages are read by the lexer");
    }
    return new PayloadReader(interfaces).read(this, Operator.EQ, text);
  }

  /** How a value is written, in words: {@code a decimal port from 0 to 65535}. */
  public String form(Operator operator) {
    if (operator == Operator.RANGE) {
      return this == PORT
          ? "two decimal ports joined by '-', the lower one first"
          : "two numbers joined by '-', the lower one first, starting with a digit";
    }
    return switch (this) {
      case INTERFACE -> "an interface name or a decimal interface index from 1 to 4294967295";
      case ETHERTYPE -> "ipv4, ipv6, or a decimal or hexadecimal EtherType";
      case PROTOCOL -> "a protocol name, or a decimal or hexadecimal number from 0 to 255";
      case PERCENTAGE -> "a percentage from 0% to 100%";
      case PORT -> "a decimal port from 0 to 65535";
      case MARK -> "a number from 0 to 0xffffffff";
      case FLOW_HASH -> "a decimal or hexadecimal number of 32 bits";
      case IPV4_ADDRESS -> "an IPv4 address in dotted notation";
      case IPV4_NETWORK -> "an IPv4 network: address, '/', prefix length from 0 to 32";
      case IPV6_ADDRESS -> "an IPv6 address";
      case IPV6_NETWORK -> "an IPv6 network: address, '/', prefix length from 0 to 128";
      case DSCP -> "a DSCP class name, or a decimal or hexadecimal number from 0 to 63";
      case TCP_FLAGS -> "TCP flags (fin syn rst psh ack urg ece cwr) joined by ','";
      case ICMP_TYPE, ICMPV6_TYPE ->
          "an ICMP type name, or a decimal or hexadecimal number from 0 to 255";
      case ICMP_CODE -> "a decimal or hexadecimal number from 0 to 255";
    };
  }

  /** The names that can be written for numbers of this kind, in any case, with these numbers. */
  public Map<String, Integer> names() {
    NameTable table = NameTable.of(this);
    Map<String, Integer> names = new LinkedHashMap<>();
    for (String name : table.names()) {
      names.put(name, table.value(name));
    }
    return Collections.unmodifiableMap(names);
  }
}
