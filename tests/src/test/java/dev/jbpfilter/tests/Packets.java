package dev.jbpfilter.tests;

import dev.jbpfilter.ruleset.packet.PacketBuilder;
import java.util.LinkedHashMap;
import java.util.Map;

/** Crafted frames by name: each layer well formed, at its limits, and cut off. */
final class Packets {
  static final int SYN = 0x02;
  static final int SYN_ACK = 0x12;

  private Packets() {}

  private static PacketBuilder ethernet() {
    return PacketBuilder.ethernet();
  }

  private static PacketBuilder ipv4() {
    return ethernet().ipv4("192.0.2.1", "198.51.100.2");
  }

  private static PacketBuilder ipv6() {
    return ethernet().ipv6("2001:db8::1", "2001:db8::2");
  }

  /** All of them. */
  static Map<String, byte[]> all() {
    Map<String, byte[]> all = new LinkedHashMap<>();
    addIpv4(all);
    addIpv4Limits(all);
    addIpv6(all);
    all.put("arp", ethernet().arp("192.0.2.1", "192.0.2.2").build());
    all.put("arp padded", ethernet().arp("192.0.2.1", "192.0.2.2").padTo(60).build());
    all.put("experimental ethertype", ethernet().etherType(0x88b5, 1, 2, 3).build());
    all.put("vlan", ethernet().vlan(7).ipv4("192.0.2.1", "198.51.100.2").tcp(1, 80, SYN).build());
    all.put("ethernet alone", ethernet().etherType(0x88b5).build());
    return all;
  }

  private static void addIpv4(Map<String, byte[]> all) {
    all.put("tcp syn", ipv4().tcp(40000, 80, SYN).build());
    all.put("tcp syn padded", ipv4().tcp(40000, 80, SYN).padTo(60).build());
    all.put("tcp syn+ack", ipv4().tcp(80, 40000, SYN_ACK).build());
    all.put("tcp no flags", ipv4().tcp(0, 65535, 0).build());
    all.put("tcp all flags", ipv4().tcp(65535, 0, 0xff).build());
    all.put(
        "tcp other addresses",
        ethernet().ipv4("10.0.0.1", "10.255.255.255").tcp(22, 22, SYN).build());
    all.put(
        "tcp low address", ethernet().ipv4("0.0.0.0", "255.255.255.255").tcp(79, 81, SYN).build());
    all.put("udp", ipv4().udp(53, 40000).payload(20).build());
    all.put("udp port 0", ipv4().udp(0, 0).build());
    all.put("echo request", ipv4().icmp(8, 0).build());
    all.put("unreachable", ipv4().icmp(3, 4).payload(28).build());
    all.put("icmpv6 in ipv4", ipv4().icmpv6(128, 0).build());
    all.put("gre", ipv4().transport(47, 0, 0, 8, 0).build());
    all.put("igmp", ipv4().transport(2, 0x16, 0, 0, 0).build());
    all.put("protocol 0", ipv4().transport(0, 1, 2).build());
    all.put("protocol 255", ipv4().transport(255).build());
  }

  private static void addIpv4Limits(Map<String, byte[]> all) {
    for (int words : new int[] {2, 10}) {
      all.put("ip options " + words, ipv4().ipv4Options(words).tcp(40000, 80, SYN).build());
    }
    for (int words : new int[] {0, 4, 6, 15}) {
      all.put("ihl " + words, ipv4().headerLength(words).tcp(40000, 80, SYN).build());
    }
    all.put("first fragment", ipv4().fragment(0, true).tcp(40000, 80, SYN).build());
    all.put("later fragment", ipv4().fragment(185, false).tcp(40000, 80, SYN).build());
    all.put("fragment at 1", ipv4().fragment(1, true).transport(6, 1, 2, 3, 4).build());
    for (int size : new int[] {14, 24, 33, 34, 44, 53}) {
      all.put("tcp cut at " + size, ipv4().tcp(40000, 80, SYN).truncate(size).build());
    }
    all.put("udp cut at 38", ipv4().udp(53, 53).truncate(38).build());
    all.put("icmp cut at 41", ipv4().icmp(8, 0).truncate(41).build());
    all.put("gre cut", ipv4().transport(47).build());
  }

  private static void addIpv6(Map<String, byte[]> all) {
    all.put("ipv6 tcp", ipv6().tcp(40000, 80, SYN).build());
    all.put("ipv6 udp", ipv6().udp(53, 80).build());
    all.put("ipv6 icmpv6", ipv6().icmpv6(128, 0).build());
    all.put("ipv6 icmp", ipv6().icmp(8, 0).build());
    all.put("ipv6 no next header", ipv6().transport(59).build());
    all.put("ipv6 esp", ipv6().transport(50, 1, 2, 3, 4).build());
    for (int count = 1; count <= 7; count++) {
      PacketBuilder packet = ipv6();
      for (int i = 0; i < count; i++) {
        packet.extension(60, i % 2);
      }
      all.put("ipv6 options x" + count, packet.tcp(40000, 80, SYN).build());
    }
    all.put("ipv6 hop", ipv6().extension(0, 0).tcp(40000, 80, SYN).build());
    all.put("ipv6 routing", ipv6().extension(43, 1).tcp(40000, 80, SYN).build());
    all.put("ipv6 mobility", ipv6().extension(135, 0).transport(59).build());
    all.put("ipv6 ah", ipv6().authentication(2).udp(53, 80).build());
    all.put("ipv6 first fragment", ipv6().fragmentHeader(0, true).tcp(40000, 80, SYN).build());
    all.put(
        "ipv6 later fragment",
        ipv6().extension(0, 0).fragmentHeader(185, false).tcp(40000, 80, SYN).build());
    for (int size : new int[] {53, 54, 55, 61, 66}) {
      all.put(
          "ipv6 cut at " + size,
          ipv6().extension(60, 0).tcp(40000, 80, SYN).truncate(size).build());
    }
  }
}
