package dev.jbpfilter.cgen;

import dev.jbpfilter.cgen.RuleTest.FieldTest;
import java.util.ArrayList;
import java.util.List;

/**
 * Packets that are alike in their protocols: what rules say of protocols is decided for all of
 * them.
 */
record ProtocolClass(Network network, Transport transport) {

  /** What the network layer is. */
  enum Network {
    IPV4("IPv4", PacketLayout.ETHERTYPE_IPV4),
    IPV6("IPv6", PacketLayout.ETHERTYPE_IPV6),
    /** None of these. */
    OTHER("other network", -1),
    /** Any: no rule asks. */
    ANY("any network", -1);

    private final String label;
    private final int etherType;

    Network(String label, int etherType) {
      this.label = label;
      this.etherType = etherType;
    }

    /** The EtherType of a certain protocol. */
    int etherType() {
      return etherType;
    }
  }

  /** Which transport header there is. */
  enum Transport {
    TCP("TCP", PacketLayout.TCP),
    UDP("UDP", PacketLayout.UDP),
    ICMP("ICMP", PacketLayout.ICMP),
    ICMPV6("ICMPv6", PacketLayout.ICMPV6),
    /** None of these. */
    OTHER("other transport", -1),
    /** Any: no rule asks. */
    ANY("any transport", -1);

    private final String label;
    private final int protocol;

    Transport(String label, int protocol) {
      this.label = label;
      this.protocol = protocol;
    }

    /** The number of a certain protocol. */
    int protocol() {
      return protocol;
    }
  }

  /** What is known of a test before a packet is there. */
  enum Outcome {
    HOLDS,
    FAILS,
    /** It depends on the packet. */
    OPEN
  }

  /** The classes that some rule tells apart. */
  static List<ProtocolClass> of(List<FilterRule> rules) {
    boolean networks = areTold(rules, Field.L3_PROTO);
    boolean transports = areTold(rules, Field.L4_HEADER);
    List<ProtocolClass> classes = new ArrayList<>();
    for (Network network : Network.values()) {
      if ((network == Network.ANY) == networks) {
        continue;
      }
      for (Transport transport : Transport.values()) {
        boolean possible = network != Network.OTHER || transport == Transport.OTHER;
        if (transports ? transport != Transport.ANY && possible : transport == Transport.ANY) {
          classes.add(new ProtocolClass(network, transport));
        }
      }
    }
    return classes;
  }

  private static boolean areTold(List<FilterRule> rules, Field field) {
    for (FilterRule rule : rules) {
      if (rule.reads(field)) {
        return true;
      }
    }
    return false;
  }

  /** The name in plans. */
  String label() {
    if (transport == Transport.ANY) {
      return network.label;
    }
    return network == Network.ANY ? transport.label : network.label + " " + transport.label;
  }

  /** What a test comes to on packets of the class. */
  Outcome outcome(FieldTest test) {
    return switch (test.field()) {
      case L3_PROTO -> network(test.values());
      case L4_HEADER, L4_PROTO, IP4_PROTO -> transport(test);
      case IFACE,
          MARK,
          FLOW_HASH,
          RANDOM,
          IP4_SADDR,
          IP4_DADDR,
          IP4_DSCP,
          IP6_SADDR_HIGH,
          IP6_SADDR_LOW,
          IP6_DADDR_HIGH,
          IP6_DADDR_LOW,
          IP6_NEXTHDR,
          IP6_EXTENSIONS,
          IP6_DSCP,
          SPORT,
          DPORT,
          TCP_FLAGS,
          ICMP_TYPE,
          ICMP_CODE,
          FLOW_DIGEST ->
          Outcome.OPEN;
    };
  }

  private Outcome network(ValueSet values) {
    return switch (network) {
      case IPV4, IPV6 -> known(values.contains(network.etherType));
      case OTHER -> otherNetwork(values);
      case ANY -> Outcome.OPEN;
    };
  }

  private static Outcome otherNetwork(ValueSet values) {
    return switch (values) {
      case ValueSet.Complement(ValueSet of) ->
          switch (otherNetwork(of)) {
            case HOLDS -> Outcome.FAILS;
            case FAILS -> Outcome.HOLDS;
            case OPEN -> Outcome.OPEN;
          };
      case ValueSet.Exact(long value)
          when value == PacketLayout.ETHERTYPE_IPV4 || value == PacketLayout.ETHERTYPE_IPV6 ->
          Outcome.FAILS;
      case ValueSet.Exact exact -> Outcome.OPEN;
      case ValueSet.OneOf oneOf -> Outcome.OPEN;
      case ValueSet.Masked masked -> Outcome.OPEN;
      case ValueSet.Range range -> Outcome.OPEN;
    };
  }

  private Outcome transport(FieldTest test) {
    return switch (transport) {
      case TCP, UDP, ICMP, ICMPV6 -> known(test.values().contains(transport.protocol));
      case OTHER ->
          test.field() == Field.L4_HEADER
              ? known(test.values() instanceof ValueSet.Complement)
              : Outcome.OPEN;
      case ANY -> Outcome.OPEN;
    };
  }

  private static Outcome known(boolean holds) {
    return holds ? Outcome.HOLDS : Outcome.FAILS;
  }
}
