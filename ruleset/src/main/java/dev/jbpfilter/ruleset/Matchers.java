package dev.jbpfilter.ruleset;

import java.util.ArrayList;
import java.util.List;

/**
 * The words that rules are built of, to be imported statically: a field for each matcher type,
 * {@link #key} for several at once, and {@link #match}, which begins a rule. A constant offers what
 * the rule language has for its type, under the same names.
 *
 * <table>
 *   <caption>The same in text and in Java</caption>
 *   <tr><th>text</th><th>Java</th></tr>
 *   <tr><td>{@code tcp.dport 22}</td>
 *       <td>{@code TCP_DPORT.eq(22)}</td></tr>
 *   <tr><td>{@code ip4.snet not 10.0.0.0/8}</td>
 *       <td>{@code IP4_SNET.not().eq("10.0.0.0/8")}</td></tr>
 *   <tr><td>{@code udp.sport range 1000-2000}</td>
 *       <td>{@code UDP_SPORT.range(1000, 2000)}</td></tr>
 *   <tr><td>{@code tcp.flags any syn,ack}</td>
 *       <td>{@code TCP_FLAGS.any(SYN, ACK)}</td></tr>
 *   <tr><td>{@code (tcp.dport) in {80; 443}}</td>
 *       <td>{@code TCP_DPORT.in(80, 443)}</td></tr>
 *   <tr><td>{@code (ip4.saddr, tcp.dport) not in flows}</td>
 *       <td>{@code key(IP4_SADDR, TCP_DPORT).not().inSet("flows")}</td></tr>
 * </table>
 */
public final class Matchers {

  /**
   * {@code meta.iface}: the interface that the packet comes in by; for egress hooks, the one it
   * leaves by.
   */
  public static final MatcherField.Numeric META_IFACE =
      new MatcherField.Numeric(MatcherType.META_IFACE, false);

  /** {@code meta.l3_proto}: the EtherType. */
  public static final MatcherField.Named META_L3_PROTO =
      new MatcherField.Named(MatcherType.META_L3_PROTO, false);

  /** {@code meta.l4_proto}: the transport protocol, of IPv4 or IPv6. */
  public static final MatcherField.Named META_L4_PROTO =
      new MatcherField.Named(MatcherType.META_L4_PROTO, false);

  /** {@code meta.probability}: a random share of the packets. */
  public static final MatcherField.Percentage META_PROBABILITY =
      new MatcherField.Percentage(MatcherType.META_PROBABILITY, false);

  /** {@code meta.sport}: the source port, of TCP or UDP. */
  public static final MatcherField.Ranged META_SPORT =
      new MatcherField.Ranged(MatcherType.META_SPORT, false);

  /** {@code meta.dport}: the destination port, of TCP or UDP. */
  public static final MatcherField.Ranged META_DPORT =
      new MatcherField.Ranged(MatcherType.META_DPORT, false);

  /** {@code meta.mark}: the packet's mark. */
  public static final MatcherField.Numeric META_MARK =
      new MatcherField.Numeric(MatcherType.META_MARK, false);

  /** {@code meta.flow_hash}: the kernel's hash of the flow. */
  public static final MatcherField.Ranged META_FLOW_HASH =
      new MatcherField.Ranged(MatcherType.META_FLOW_HASH, false);

  /**
   * {@code meta.flow_probability}: a share of the flows, the same packets of which always match.
   */
  public static final MatcherField.Percentage META_FLOW_PROBABILITY =
      new MatcherField.Percentage(MatcherType.META_FLOW_PROBABILITY, false);

  /** {@code ip4.saddr}: the IPv4 source address. */
  public static final MatcherField.Address IP4_SADDR =
      new MatcherField.Address(MatcherType.IP4_SADDR, false);

  /** {@code ip4.snet}: the network that the IPv4 source address is in. */
  public static final MatcherField.Address IP4_SNET =
      new MatcherField.Address(MatcherType.IP4_SNET, false);

  /** {@code ip4.daddr}: the IPv4 destination address. */
  public static final MatcherField.Address IP4_DADDR =
      new MatcherField.Address(MatcherType.IP4_DADDR, false);

  /** {@code ip4.dnet}: the network that the IPv4 destination address is in. */
  public static final MatcherField.Address IP4_DNET =
      new MatcherField.Address(MatcherType.IP4_DNET, false);

  /** {@code ip4.proto}: the protocol that IPv4 carries. */
  public static final MatcherField.NamedMember IP4_PROTO =
      new MatcherField.NamedMember(MatcherType.IP4_PROTO, false);

  /** {@code ip4.dscp}: the differentiated-services code point of the IPv4 header. */
  public static final MatcherField.Named IP4_DSCP =
      new MatcherField.Named(MatcherType.IP4_DSCP, false);

  /** {@code ip6.saddr}: the IPv6 source address. */
  public static final MatcherField.Address IP6_SADDR =
      new MatcherField.Address(MatcherType.IP6_SADDR, false);

  /** {@code ip6.snet}: the network that the IPv6 source address is in. */
  public static final MatcherField.Address IP6_SNET =
      new MatcherField.Address(MatcherType.IP6_SNET, false);

  /** {@code ip6.daddr}: the IPv6 destination address. */
  public static final MatcherField.Address IP6_DADDR =
      new MatcherField.Address(MatcherType.IP6_DADDR, false);

  /** {@code ip6.dnet}: the network that the IPv6 destination address is in. */
  public static final MatcherField.Address IP6_DNET =
      new MatcherField.Address(MatcherType.IP6_DNET, false);

  /** {@code ip6.nexthdr}: an IPv6 extension header, or the protocol behind all of them. */
  public static final MatcherField.NamedMember IP6_NEXTHDR =
      new MatcherField.NamedMember(MatcherType.IP6_NEXTHDR, false);

  /** {@code ip6.dscp}: the differentiated-services code point of the IPv6 header. */
  public static final MatcherField.Named IP6_DSCP =
      new MatcherField.Named(MatcherType.IP6_DSCP, false);

  /** {@code tcp.sport}: the TCP source port. */
  public static final MatcherField.RangedMember TCP_SPORT =
      new MatcherField.RangedMember(MatcherType.TCP_SPORT, false);

  /** {@code tcp.dport}: the TCP destination port. */
  public static final MatcherField.RangedMember TCP_DPORT =
      new MatcherField.RangedMember(MatcherType.TCP_DPORT, false);

  /** {@code tcp.flags}: the TCP flags. */
  public static final MatcherField.Flags TCP_FLAGS =
      new MatcherField.Flags(MatcherType.TCP_FLAGS, false);

  /** {@code udp.sport}: the UDP source port. */
  public static final MatcherField.RangedMember UDP_SPORT =
      new MatcherField.RangedMember(MatcherType.UDP_SPORT, false);

  /** {@code udp.dport}: the UDP destination port. */
  public static final MatcherField.RangedMember UDP_DPORT =
      new MatcherField.RangedMember(MatcherType.UDP_DPORT, false);

  /** {@code icmp.type}: the type of an ICMP message. */
  public static final MatcherField.NamedMember ICMP_TYPE =
      new MatcherField.NamedMember(MatcherType.ICMP_TYPE, false);

  /** {@code icmp.code}: the code of an ICMP message. */
  public static final MatcherField.NumericMember ICMP_CODE =
      new MatcherField.NumericMember(MatcherType.ICMP_CODE, false);

  /** {@code icmpv6.type}: the type of an ICMPv6 message. */
  public static final MatcherField.NamedMember ICMPV6_TYPE =
      new MatcherField.NamedMember(MatcherType.ICMPV6_TYPE, false);

  /** {@code icmpv6.code}: the code of an ICMPv6 message. */
  public static final MatcherField.NumericMember ICMPV6_CODE =
      new MatcherField.NumericMember(MatcherType.ICMPV6_CODE, false);

  private Matchers() {}

  /**
   * Several fields that are looked up together, in order; their elements have one component for
   * each.
   *
   * @throws IllegalArgumentException if the language has no such key: one of too many fields or too
   *     many bytes, or of a network and something else
   */
  public static MatcherKey key(MatcherField.Member first, MatcherField.Member... more) {
    List<MatcherType> types = new ArrayList<>();
    types.add(first.type());
    for (MatcherField.Member field : more) {
      types.add(field.type());
    }
    return new MatcherKey(SetKey.of(types.toArray(MatcherType[]::new)), false);
  }

  /** Begins a rule that matches where all of the criteria hold. */
  public static RuleBuilder match(Criterion first, Criterion... more) {
    List<Criterion> criteria = new ArrayList<>();
    criteria.add(first);
    criteria.addAll(List.of(more));
    return RuleBuilder.of(criteria);
  }
}
