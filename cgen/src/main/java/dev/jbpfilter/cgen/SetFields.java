package dev.jbpfilter.cgen;

import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.SetKey;
import java.util.ArrayList;
import java.util.List;

/** Which fields the elements of a set are values of. */
public final class SetFields {
  private SetFields() {}

  /** The fields of a key, in the order in which elements have their values. */
  public static List<Field> of(SetKey key) {
    List<Field> fields = new ArrayList<>();
    for (MatcherType type : key.components()) {
      fields.addAll(of(type));
    }
    return fields;
  }

  /** The bits of each field's values. */
  static int[] bits(List<Field> fields) {
    int[] bits = new int[fields.size()];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = fields.get(i).bits();
    }
    return bits;
  }

  private static List<Field> of(MatcherType type) {
    return switch (type) {
      case IP4_SADDR, IP4_SNET -> List.of(Field.IP4_SADDR);
      case IP4_DADDR, IP4_DNET -> List.of(Field.IP4_DADDR);
      case IP6_SADDR, IP6_SNET -> List.of(Field.IP6_SADDR_HIGH, Field.IP6_SADDR_LOW);
      case IP6_DADDR, IP6_DNET -> List.of(Field.IP6_DADDR_HIGH, Field.IP6_DADDR_LOW);
      case IP4_PROTO -> List.of(Field.IP4_PROTO);
      // The direct matcher looks through extension headers, this does not.
      case IP6_NEXTHDR -> List.of(Field.IP6_NEXTHDR);
      case TCP_SPORT, UDP_SPORT -> List.of(Field.SPORT);
      case TCP_DPORT, UDP_DPORT -> List.of(Field.DPORT);
      case ICMP_TYPE, ICMPV6_TYPE -> List.of(Field.ICMP_TYPE);
      case ICMP_CODE, ICMPV6_CODE -> List.of(Field.ICMP_CODE);
      case META_IFACE,
          META_L3_PROTO,
          META_L4_PROTO,
          META_PROBABILITY,
          META_SPORT,
          META_DPORT,
          META_MARK,
          META_FLOW_HASH,
          META_FLOW_PROBABILITY,
          IP4_DSCP,
          IP6_DSCP,
          TCP_FLAGS ->
          throw new IllegalArgumentException(type.keyword() + " in a set");
    };
  }
}
