package dev.jbpfilter.tests;

import dev.jbpfilter.fuzz.TestPacket;
import dev.jbpfilter.ruleset.Flavor;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Operator;
import dev.jbpfilter.ruleset.packet.PacketBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * Packets that tell apart what a matcher with an operator has to tell apart, said by hand.
 *
 * @param value what the matcher compares with, as in rules
 * @param holding packets for which the comparison holds
 * @param failing packets for which it does not
 * @param absent packets without what is compared: they match neither it nor its negation
 */
record Probes(
    String value, List<TestPacket> holding, List<TestPacket> failing, List<TestPacket> absent) {
  private static final String NEAR4 = "192.0.2.1";
  private static final String FAR4 = "198.51.100.2";
  private static final String NEAR6 = "2001:db8::1";
  private static final String FAR6 = "2001:db8:1::2";
  private static final int ACK = 0x10;
  private static final int SYN_ACK_PSH = 0x1a;

  private static final TestPacket TCP4 = packet(ipv4().tcp(40000, 80, Packets.SYN));
  private static final TestPacket TCP6 = packet(ipv6().tcp(40000, 80, Packets.SYN));
  private static final TestPacket UDP4 = packet(ipv4().udp(53, 443).payload(8));
  private static final TestPacket UDP6 = packet(ipv6().udp(53, 443));
  private static final TestPacket ICMP4 = packet(ipv4().icmp(8, 3));
  private static final TestPacket ICMP6 = packet(ipv6().icmpv6(128, 3));
  private static final TestPacket GRE4 = packet(ipv4().transport(47, 0, 0, 8, 0));
  private static final TestPacket ARP = packet(PacketBuilder.ethernet().arp(NEAR4, FAR4));
  private static final TestPacket HOP_TCP6 =
      packet(ipv6().extension(0, 0).tcp(40000, 80, Packets.SYN));
  private static final TestPacket TURNED4 =
      packet(PacketBuilder.ethernet().ipv4(FAR4, NEAR4).tcp(1, 2, ACK));
  private static final TestPacket TURNED6 =
      packet(PacketBuilder.ethernet().ipv6(FAR6, NEAR6).tcp(1, 2, ACK));
  private static final List<TestPacket> NOT_IPV4 = List.of(TCP6, ARP);
  private static final List<TestPacket> NOT_IPV6 = List.of(TCP4, ARP);

  private static PacketBuilder ipv4() {
    return PacketBuilder.ethernet().ipv4(NEAR4, FAR4);
  }

  private static PacketBuilder ipv6() {
    return PacketBuilder.ethernet().ipv6(NEAR6, FAR6);
  }

  private static TestPacket packet(PacketBuilder packet) {
    return TestPacket.of(packet.build());
  }

  private static TestPacket flags(int flags) {
    return packet(ipv4().tcp(40000, 80, flags));
  }

  /** The probes of a matcher on a hook that allows it; each packet can be test-run there. */
  static List<Probes> of(MatcherType type, Operator operator, Hook hook) {
    List<Probes> fitting = new ArrayList<>();
    for (Probes all : of(type, operator, hook.flavor(), interfaceIndex(hook))) {
      fitting.add(
          new Probes(
              all.value,
              fitting(all.holding, hook),
              fitting(all.failing, hook),
              fitting(all.absent, hook)));
    }
    return fitting;
  }

  /** In a test run, packets come from nowhere at the input hooks of Netfilter. */
  private static int interfaceIndex(Hook hook) {
    return switch (hook) {
      case NF_PRE_ROUTING, NF_LOCAL_IN, NF_FORWARD -> 0;
      default -> 1;
    };
  }

  private static List<TestPacket> fitting(List<TestPacket> packets, Hook hook) {
    List<TestPacket> fitting = new ArrayList<>();
    for (TestPacket packet : packets) {
      if (packet.canBeTestRun(hook)) {
        fitting.add(packet.withInterface(interfaceIndex(hook)));
      }
    }
    return fitting;
  }

  private static List<Probes> of(
      MatcherType type, Operator operator, Flavor flavor, int interfaceIndex) {
    return switch (type) {
      case META_IFACE ->
          interfaceIndex == 0
              ? List.of(never("1", TCP4), never("65536", TCP6))
              : List.of(always("1", TCP4), never("2", TCP4), never("65537", TCP4));
      case META_L3_PROTO -> List.of(two("ipv4", TCP4, TCP6, ARP), two("0x86dd", TCP6, TCP4, ARP));
      case META_L4_PROTO ->
          List.of(
              two("tcp", HOP_TCP6, UDP4, ICMP6, ARP),
              two("47", GRE4, TCP4, ARP),
              two("icmpv6", ICMP6, ICMP4));
      case META_PROBABILITY -> List.of(always("100%", TCP4), never("0%", TCP4));
      case META_SPORT -> ports(operator, 40000, TCP6, UDP4, ICMP4, ICMP6, GRE4, ARP);
      case META_DPORT -> ports(operator, 443, UDP6, TCP4, ICMP4, ICMP6, GRE4, ARP);
      case META_MARK ->
          flavor == Flavor.NETFILTER
              ? List.of(always("0", TCP4), never("5", TCP6))
              : List.of(two("0x80000005", TCP4.withMark(0x8000_0005L), TCP4.withMark(5), TCP6));
      case META_FLOW_HASH -> flowHash(operator);
      case META_FLOW_PROBABILITY -> flowProbability();
      case IP4_SADDR -> List.of(ipv4(NEAR4), ipv4("192.0.2.2").none());
      case IP4_SNET -> List.of(ipv4("192.0.2.77/24"), ipv4("192.0.2.0/32").none());
      case IP4_DADDR -> List.of(ipv4(FAR4), ipv4("0.0.0.0").none());
      case IP4_DNET -> List.of(ipv4("198.51.100.3/31"), ipv4("128.0.0.0/2").none());
      case IP4_PROTO ->
          List.of(new Probes("udp", List.of(UDP4), List.of(TCP4, ICMP4, GRE4), NOT_IPV4));
      case IP4_DSCP -> List.of(dscp(PacketBuilder.ethernet().ipv4(NEAR4, FAR4), NOT_IPV4));
      case IP6_SADDR -> List.of(ipv6(NEAR6), ipv6("2001:db8::").none());
      case IP6_SNET -> List.of(ipv6("2001:db8::ffff/64"), ipv6("::/127").none());
      case IP6_DADDR -> List.of(ipv6(FAR6), ipv6("::").none());
      case IP6_DNET -> List.of(ipv6("2001:db8:1::/127").none(), ipv6("2001:db8:1::/48"));
      case IP6_NEXTHDR ->
          operator == Operator.IN
              ? List.of(new Probes("tcp", List.of(TCP6), List.of(UDP6, HOP_TCP6), NOT_IPV6))
              : List.of(
                  new Probes("tcp", List.of(TCP6, HOP_TCP6), List.of(UDP6, ICMP6), NOT_IPV6),
                  new Probes("hop", List.of(HOP_TCP6), List.of(TCP6), NOT_IPV6));
      case IP6_DSCP -> List.of(dscp(PacketBuilder.ethernet().ipv6(NEAR6, FAR6), NOT_IPV6));
      case TCP_SPORT -> ports(operator, 40000, TCP4, TURNED6, UDP4, ICMP4, ARP);
      case TCP_DPORT -> ports(operator, 80, HOP_TCP6, TURNED4, UDP4, ICMP4, ARP);
      case TCP_FLAGS -> List.of(tcpFlags(operator));
      case UDP_SPORT -> ports(operator, 53, UDP6, packet(ipv4().udp(57, 53)), TCP4, ICMP6, ARP);
      case UDP_DPORT -> ports(operator, 443, UDP4, packet(ipv6().udp(443, 80)), TCP4, ICMP6, ARP);
      case ICMP_TYPE -> List.of(icmp("echo-request", ICMP4, packet(ipv4().icmp(0, 8))));
      case ICMP_CODE -> List.of(icmp("3", ICMP4, packet(ipv4().icmp(3, 0))));
      case ICMPV6_TYPE -> List.of(icmp6("echo-request", ICMP6, packet(ipv6().icmpv6(129, 128))));
      case ICMPV6_CODE -> List.of(icmp6("3", ICMP6, packet(ipv6().icmpv6(3, 0))));
    };
  }

  private static Probes always(String value, TestPacket packet) {
    return new Probes(value, List.of(packet), List.of(), List.of());
  }

  private static Probes never(String value, TestPacket packet) {
    return new Probes(value, List.of(), List.of(packet), List.of());
  }

  private static Probes two(String value, TestPacket holding, TestPacket... failing) {
    return new Probes(value, List.of(holding), List.of(failing), List.of());
  }

  private static Probes ipv4(String value) {
    return new Probes(value, List.of(TCP4, UDP4, GRE4), List.of(TURNED4), NOT_IPV4);
  }

  private static Probes ipv6(String value) {
    return new Probes(value, List.of(TCP6, UDP6, HOP_TCP6), List.of(TURNED6), NOT_IPV6);
  }

  /** The same for a value that none of the packets has. */
  private Probes none() {
    List<TestPacket> all = new ArrayList<>(holding);
    all.addAll(failing);
    return new Probes(value, List.of(), all, absent);
  }

  private static List<Probes> ports(
      Operator operator, int port, TestPacket holding, TestPacket failing, TestPacket... absent) {
    List<String> values =
        operator == Operator.RANGE
            ? List.of(port + "-" + port, port - 1 + "-" + port, port + "-" + (port + 1))
            : List.of("" + port);
    List<Probes> probes = new ArrayList<>();
    for (String value : values) {
      probes.add(new Probes(value, List.of(holding), List.of(failing), List.of(absent)));
    }
    return probes;
  }

  private static List<Probes> flowHash(Operator operator) {
    TestPacket packet = TCP4.withFlowHash(KernelFlowHash.of(TCP4.frame()));
    TestPacket other = UDP6.withFlowHash(KernelFlowHash.of(UDP6.frame()));
    long hash = Integer.toUnsignedLong(KernelFlowHash.of(TCP4.frame()));
    String value = operator == Operator.RANGE ? hash + "-" + hash : "" + hash;
    return List.of(two(value, packet, other));
  }

  /**
   * The hashes, by the specification's formula and in hundredths of the greatest, are 55.65 of
   * TCP4, 57.29 of UDP4, 76.42 of TURNED4, 42.37 of TCP6, 23.70 of UDP6, and 90.73 of TURNED6.
   */
  private static List<Probes> flowProbability() {
    List<TestPacket> absent = List.of(ICMP4, ICMP6, GRE4, ARP);
    return List.of(
        new Probes("100%", List.of(TCP4, TURNED6), List.of(), absent),
        new Probes("0%", List.of(), List.of(TCP4, UDP6), absent),
        new Probes("90.74%", List.of(TURNED6, TURNED4, UDP4), List.of(), absent),
        new Probes("57%", List.of(TCP4, TCP6, UDP6), List.of(UDP4, TURNED4, TURNED6), absent),
        new Probes("42%", List.of(UDP6), List.of(TCP6, TCP4, UDP4), absent));
  }

  private static Probes dscp(PacketBuilder header, List<TestPacket> absent) {
    TestPacket expedited = packet(header.trafficClass(46 << 2 | 3).udp(1, 2));
    TestPacket plain = TestPacket.of(withTrafficClass(expedited.frame()));
    return new Probes("ef", List.of(expedited), List.of(plain), absent);
  }

  /** The same frame with the next greater code point. */
  private static byte[] withTrafficClass(byte[] frame) {
    boolean version4 = frame[14] >> 4 == 4;
    // The code point's last bit: bit 2 of the byte of IPv4, bit 6 of the second byte of IPv6.
    frame[15] ^= (byte) (version4 ? 1 << 2 : 1 << 6);
    return frame;
  }

  private static Probes tcpFlags(Operator operator) {
    List<TestPacket> absent = List.of(UDP4, ICMP6, ARP);
    return switch (operator) {
      case EQ ->
          new Probes(
              "syn,ack",
              List.of(flags(Packets.SYN_ACK)),
              List.of(flags(Packets.SYN), flags(SYN_ACK_PSH), flags(0)),
              absent);
      case ANY ->
          new Probes(
              "syn,fin",
              List.of(flags(Packets.SYN), flags(SYN_ACK_PSH)),
              List.of(flags(ACK), flags(0)),
              absent);
      case ALL ->
          new Probes(
              "syn,ack",
              List.of(flags(Packets.SYN_ACK), flags(SYN_ACK_PSH)),
              List.of(flags(Packets.SYN), flags(ACK), flags(0)),
              absent);
      case IN, RANGE -> throw new IllegalArgumentException(operator.keyword());
    };
  }

  private static Probes icmp(String value, TestPacket holding, TestPacket failing) {
    return new Probes(value, List.of(holding), List.of(failing), List.of(ICMP6, TCP4, ARP));
  }

  private static Probes icmp6(String value, TestPacket holding, TestPacket failing) {
    return new Probes(value, List.of(holding), List.of(failing), List.of(ICMP4, TCP6, ARP));
  }
}
