package dev.jbpfilter.ruleset;

import static dev.jbpfilter.ruleset.Operator.ALL;
import static dev.jbpfilter.ruleset.Operator.ANY;
import static dev.jbpfilter.ruleset.Operator.EQ;
import static dev.jbpfilter.ruleset.Operator.IN;
import static dev.jbpfilter.ruleset.Operator.RANGE;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a matcher looks at. */
public enum MatcherType {
  META_IFACE(0, "meta.iface", null, PayloadKind.INTERFACE, HookSet.PACKET, EQ),
  META_L3_PROTO(1, "meta.l3_proto", null, PayloadKind.ETHERTYPE, HookSet.ALL, EQ),
  META_L4_PROTO(2, "meta.l4_proto", null, PayloadKind.PROTOCOL, HookSet.ALL, EQ),
  META_PROBABILITY(3, "meta.probability", null, PayloadKind.PERCENTAGE, HookSet.ALL, EQ),
  META_SPORT(4, "meta.sport", null, PayloadKind.PORT, HookSet.PACKET, EQ, RANGE),
  META_DPORT(5, "meta.dport", null, PayloadKind.PORT, HookSet.ALL, EQ, RANGE),
  META_MARK(6, "meta.mark", null, PayloadKind.MARK, HookSet.SKB, EQ),
  META_FLOW_HASH(7, "meta.flow_hash", null, PayloadKind.FLOW_HASH, HookSet.TC, EQ, RANGE),
  META_FLOW_PROBABILITY(
      8, "meta.flow_probability", null, PayloadKind.PERCENTAGE, HookSet.NOT_NETFILTER, EQ),
  IP4_SADDR(
      9, "ip4.saddr", Protocol.IPV4, PayloadKind.IPV4_ADDRESS, HookSet.PACKET_SENDMSG4, EQ, IN),
  IP4_SNET(
      10, "ip4.snet", Protocol.IPV4, PayloadKind.IPV4_NETWORK, HookSet.PACKET_SENDMSG4, EQ, IN),
  IP4_DADDR(11, "ip4.daddr", Protocol.IPV4, PayloadKind.IPV4_ADDRESS, HookSet.PACKET_IPV4, EQ, IN),
  IP4_DNET(12, "ip4.dnet", Protocol.IPV4, PayloadKind.IPV4_NETWORK, HookSet.PACKET_IPV4, EQ, IN),
  IP4_PROTO(13, "ip4.proto", Protocol.IPV4, PayloadKind.PROTOCOL, HookSet.PACKET_IPV4, EQ, IN),
  IP4_DSCP(14, "ip4.dscp", Protocol.IPV4, PayloadKind.DSCP, HookSet.PACKET, EQ),
  IP6_SADDR(
      15, "ip6.saddr", Protocol.IPV6, PayloadKind.IPV6_ADDRESS, HookSet.PACKET_SENDMSG6, EQ, IN),
  IP6_SNET(
      16, "ip6.snet", Protocol.IPV6, PayloadKind.IPV6_NETWORK, HookSet.PACKET_SENDMSG6, EQ, IN),
  IP6_DADDR(17, "ip6.daddr", Protocol.IPV6, PayloadKind.IPV6_ADDRESS, HookSet.PACKET_IPV6, EQ, IN),
  IP6_DNET(18, "ip6.dnet", Protocol.IPV6, PayloadKind.IPV6_NETWORK, HookSet.PACKET_IPV6, EQ, IN),
  IP6_NEXTHDR(19, "ip6.nexthdr", Protocol.IPV6, PayloadKind.PROTOCOL, HookSet.PACKET, EQ, IN),
  IP6_DSCP(20, "ip6.dscp", Protocol.IPV6, PayloadKind.DSCP, HookSet.PACKET, EQ),
  TCP_SPORT(21, "tcp.sport", Protocol.TCP, PayloadKind.PORT, HookSet.PACKET, EQ, IN, RANGE),
  TCP_DPORT(22, "tcp.dport", Protocol.TCP, PayloadKind.PORT, HookSet.PACKET_CONNECT, EQ, IN, RANGE),
  TCP_FLAGS(23, "tcp.flags", Protocol.TCP, PayloadKind.TCP_FLAGS, HookSet.PACKET, EQ, ANY, ALL),
  UDP_SPORT(24, "udp.sport", Protocol.UDP, PayloadKind.PORT, HookSet.PACKET, EQ, IN, RANGE),
  UDP_DPORT(25, "udp.dport", Protocol.UDP, PayloadKind.PORT, HookSet.ALL, EQ, IN, RANGE),
  ICMP_TYPE(26, "icmp.type", Protocol.ICMP, PayloadKind.ICMP_TYPE, HookSet.PACKET, EQ, IN),
  ICMP_CODE(27, "icmp.code", Protocol.ICMP, PayloadKind.ICMP_CODE, HookSet.PACKET, EQ, IN),
  ICMPV6_TYPE(28, "icmpv6.type", Protocol.ICMPV6, PayloadKind.ICMPV6_TYPE, HookSet.PACKET, EQ, IN),
  ICMPV6_CODE(29, "icmpv6.code", Protocol.ICMPV6, PayloadKind.ICMP_CODE, HookSet.PACKET, EQ, IN);

  private final int code;
  private final String keyword;
  private final @Nullable Protocol protocol;
  private final PayloadKind payloadKind;
  private final int hooks;

  /** A bit per operator, by code. */
  private final int operators;

  MatcherType(
      int code,
      String keyword,
      @Nullable Protocol protocol,
      PayloadKind payloadKind,
      int hooks,
      Operator... operators) {
    this.code = code;
    this.keyword = keyword;
    this.protocol = protocol;
    this.payloadKind = payloadKind;
    this.hooks = hooks;
    int mask = 0;
    for (Operator operator : operators) {
      mask |= 1 << operator.code();
    }
    this.operators = mask;
  }

  /** The row in the table of matchers, and the number in saved state. */
  public int code() {
    return code;
  }

  /** The word of the rule language, for example {@code ip4.saddr}. */
  public String keyword() {
    return keyword;
  }

  /** The protocol that a packet must carry for this matcher to hold, negated or not. */
  public Optional<Protocol> protocol() {
    return Optional.ofNullable(protocol);
  }

  public PayloadKind payloadKind() {
    return payloadKind;
  }

  /** Whether {@code operator} can be used; {@link Operator#IN} only by way of a set key. */
  public boolean supports(Operator operator) {
    return (operators & 1 << operator.code()) != 0;
  }

  /** Whether this can be a component of a set key. */
  public boolean isSetComponent() {
    return supports(IN);
  }

  /** Whether chains of {@code hook} can use this. */
  public boolean isCompatibleWith(Hook hook) {
    return HookSet.contains(hooks, hook);
  }

  /** Whether {@code type operator payload} can be written. */
  public boolean accepts(Operator operator, Payload payload) {
    if (operator == IN || !supports(operator)) {
      return false;
    }
    return operator == RANGE
        ? payload instanceof Payload.Range range && payloadKind.accepts(range)
        : payloadKind.accepts(payload);
  }

  /** The type written as {@code keyword}, if there is one. */
  public static Optional<MatcherType> ofKeyword(String keyword) {
    return Optional.ofNullable(MatcherTypes.at(keyword, 0, keyword.length()));
  }
}
