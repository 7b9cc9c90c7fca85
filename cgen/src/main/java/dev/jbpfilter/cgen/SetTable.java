package dev.jbpfilter.cgen;

import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.PayloadKind;
import dev.jbpfilter.ruleset.SetKey;
import java.util.ArrayList;
import java.util.List;

/**
 * A kernel map that some sets of a chain share: those of one key, whose elements are looked up at
 * once, or a single set of networks.
 *
 * <p>The value of an element has a bit for each set that holds it: bit {@code i % 8} of byte {@code
 * i / 8} for the i-th one.
 *
 * @param map name of the map and of its pin
 * @param members how many sets share it
 */
public record SetTable(String map, SetKey key, int members) {

  /**
   * A part of the key.
   *
   * @param prefix the prefix length that stands before it, or 0 if none does: what an address looks
   *     like in a longest-prefix match
   * @param fields the values that it consists of, in network order, one after another
   * @param bytes the size of each value
   */
  record Component(int prefix, List<Field> fields, int bytes) {
    private static Component of(Field field, int bytes) {
      return new Component(0, List.of(field), bytes);
    }

    private static Component of(boolean network, Field address) {
      return new Component(network ? Integer.SIZE : 0, List.of(address), Integer.BYTES);
    }

    private static Component of(boolean network, Field high, Field low) {
      return new Component(network ? 2 * Long.SIZE : 0, List.of(high, low), Long.BYTES);
    }
  }

  /** Bytes of a value. */
  int valueBytes() {
    return (members + Byte.SIZE - 1) / Byte.SIZE;
  }

  /** Of what the key consists, in order. */
  List<Component> components() {
    List<Component> components = new ArrayList<>();
    for (MatcherType type : key.components()) {
      components.add(component(type));
    }
    return components;
  }

  /** The fields that keys are made of. */
  static List<Field> fields(SetKey key) {
    List<Field> fields = new ArrayList<>();
    for (MatcherType type : key.components()) {
      fields.addAll(component(type).fields());
    }
    return fields;
  }

  private static Component component(MatcherType type) {
    PayloadKind kind = type.payloadKind();
    return switch (type) {
      case IP4_SADDR, IP4_SNET -> Component.of(kind.isNetwork(), Field.IP4_SADDR);
      case IP4_DADDR, IP4_DNET -> Component.of(kind.isNetwork(), Field.IP4_DADDR);
      case IP6_SADDR, IP6_SNET ->
          Component.of(kind.isNetwork(), Field.IP6_SADDR_HIGH, Field.IP6_SADDR_LOW);
      case IP6_DADDR, IP6_DNET ->
          Component.of(kind.isNetwork(), Field.IP6_DADDR_HIGH, Field.IP6_DADDR_LOW);
      case IP4_PROTO -> Component.of(Field.IP4_PROTO, 1);
      // The direct matcher looks through extension headers, this does not.
      case IP6_NEXTHDR -> Component.of(Field.IP6_NEXTHDR, 1);
      case TCP_SPORT, UDP_SPORT -> Component.of(Field.SPORT, Short.BYTES);
      case TCP_DPORT, UDP_DPORT -> Component.of(Field.DPORT, Short.BYTES);
      case ICMP_TYPE, ICMPV6_TYPE -> Component.of(Field.ICMP_TYPE, 1);
      case ICMP_CODE, ICMPV6_CODE -> Component.of(Field.ICMP_CODE, 1);
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
