package dev.jbpfilter.ruleset.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Texts;
import dev.jbpfilter.ruleset.Verdict;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rule matches which packet. */
class EvaluatorMatchersTest {
  private static final int SYN = 0x02;
  private static final int ACK = 0x10;

  /** The packets of the tables below. */
  private static final Map<String, PacketInput> PACKETS =
      Map.ofEntries(
          frame("tcp", ip4().tcp(40000, 80, SYN)),
          frame("syn-ack", ip4().tcp(40000, 80, SYN | ACK)),
          frame("null-flags", ip4().tcp(40000, 80, 0)),
          frame("udp", ip4().udp(53, 5353)),
          frame("udp0", ip4().udp(0, 0)),
          frame("ping", ip4().icmp(8, 0).payload(56)),
          frame("gre", ip4().transport(47, 0, 0, 0, 0)),
          frame("arp", PacketBuilder.ethernet().arp("10.0.0.1", "10.0.0.2").padTo(60)),
          frame("vlan", PacketBuilder.ethernet().vlan(5).ipv4("10.0.0.1", "10.0.0.2").udp(1, 2)),
          frame("tiny", PacketBuilder.ethernet().truncate(13)),
          frame("options", ip4().ipv4Options(2).tcp(40000, 80, SYN)),
          frame("fragment185", ip4().fragment(185, false).tcp(40000, 80, SYN)),
          frame("fragment1", ip4().fragment(1, true).transport(6, 0, 0, 0, 80, 0, 0, 0, 0)),
          frame("fragment0", ip4().fragment(0, true).tcp(40000, 80, SYN).truncate(44)),
          frame("cut-tcp", ip4().tcp(40000, 80, SYN).truncate(53)),
          frame("cut-udp", ip4().udp(1, 2).truncate(38)),
          frame("cut-ping", ip4().icmp(8, 0).truncate(41)),
          frame("cut-ip4", ip4().truncate(24)),
          frame("ihl0", ip4().headerLength(0).tcp(40000, 80, SYN)),
          frame("ihl4", ip4().headerLength(4).tcp(40000, 80, SYN)),
          frame("ihl15", ip4().headerLength(15).tcp(40000, 80, SYN)),
          frame("padded", ip4().udp(1, 2).padTo(60)),
          frame("tcp6", ip6().tcp(40000, 80, SYN)),
          frame("udp6", ip6().udp(53, 5353)),
          frame("cut-ip6", ip6().truncate(53)),
          frame("ping6", ip6().icmpv6(128, 0)),
          frame("cut-ping6", ip6().icmpv6(128, 0).truncate(58)),
          frame("icmp-in-6", ip6().icmp(8, 0)),
          frame("icmpv6-in-4", ip4().icmpv6(128, 0)),
          frame("dst6x6", destinationOptions(6).tcp(40000, 80, SYN)),
          frame("dst6x7", destinationOptions(7).tcp(40000, 80, SYN)),
          frame("frag6", ip6().fragmentHeader(0, true).tcp(40000, 80, SYN)),
          frame("ah6", ip6().authentication(4).tcp(40000, 80, SYN)),
          frame("routing6", ip6().extension(43, 2).tcp(40000, 80, SYN)),
          frame("hop6", ip6().extension(0, 0).tcp(40000, 80, SYN)),
          frame("hop-frag6", ip6().extension(0, 0).fragmentHeader(185, false).tcp(1, 80, SYN)),
          frame("later-frag6", ip6().fragmentHeader(1, false).transport(60, 6, 0, 0, 0, 0, 0)),
          frame("cut-hop6", ip6().extension(0, 0).truncate(55)),
          frame("cut-frag6", ip6().fragmentHeader(0, true).truncate(61)),
          frame("none6", ip6()),
          frame("esp6", ip6().transport(50, 1, 2, 3, 4)));

  private static PacketBuilder ip4() {
    return PacketBuilder.ethernet().ipv4("10.0.0.1", "192.168.1.2");
  }

  private static PacketBuilder ip6() {
    return PacketBuilder.ethernet().ipv6("2001:db8::1", "fe80::2");
  }

  private static PacketBuilder destinationOptions(int count) {
    PacketBuilder builder = ip6();
    for (int i = 0; i < count; i++) {
      builder.extension(60, 0);
    }
    return builder;
  }

  private static Map.Entry<String, PacketInput> frame(String name, PacketBuilder builder) {
    return Map.entry(name, PacketInput.ofFrame(builder.build()));
  }

  private static PacketInput packet(String name) {
    return Objects.requireNonNull(PACKETS.get(name), name);
  }

  private static Evaluation run(String matchers, PacketInput packet) {
    Chain chain = Texts.chain("chain a BF_HOOK_XDP DROP rule " + matchers + " counter ACCEPT");
    return Evaluator.of(chain, Environment.fixed(0, 0)).evaluate(packet);
  }

  /** y: the rule matches; n: it does not; e: the packet is malformed. */
  @ParameterizedTest(name = "{0}: {1} -> {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tcp | tcp.flags eq SYN | y
          tcp | tcp.flags any SYN,FIN | y
          tcp | tcp.flags all SYN,ACK | n
          tcp | tcp.flags not eq SYN | n
          tcp | tcp.flags not any ACK,FIN | y
          tcp | tcp.flags not all SYN,ACK | y
          syn-ack | tcp.flags eq SYN | n
          syn-ack | tcp.flags any SYN,FIN | y
          syn-ack | tcp.flags all SYN,ACK | y
          syn-ack | tcp.flags not all SYN,ACK | n
          null-flags | tcp.flags any fin,syn,rst,psh,ack,urg,ece,cwr | n
          udp | tcp.flags not any SYN | n
          tcp | meta.l3_proto eq ipv4 | y
          tcp | meta.l3_proto not ipv4 | n
          tcp6 | meta.l3_proto eq ipv6 | y
          arp | meta.l3_proto eq 0x0806 | y
          arp | meta.l3_proto not ipv4 | y
          vlan | meta.l3_proto eq 0x8100 | y
          tiny | meta.l3_proto not ipv4 | e
          tcp | meta.l4_proto eq tcp | y
          tcp | meta.l4_proto not tcp | n
          tcp6 | meta.l4_proto eq tcp | y
          gre | meta.l4_proto eq 47 | y
          gre | meta.l4_proto not tcp | y
          arp | meta.l4_proto eq 0 | n
          arp | meta.l4_proto not tcp | y
          none6 | meta.l4_proto eq 59 | y
          dst6x7 | meta.l4_proto eq 60 | y
          hop6 | meta.l4_proto eq tcp | y
          ihl0 | meta.l4_proto eq tcp | e
          ihl4 | meta.l4_proto eq tcp | e
          ihl4 | ip4.saddr 10.0.0.1 | e
          tcp | ip4.saddr 10.0.0.1 | y
          tcp | ip4.saddr not 10.0.0.1 | n
          tcp | ip4.saddr 192.168.1.2 | n
          tcp | ip4.daddr 192.168.1.2 | y
          tcp | ip4.snet 10.9.9.9/8 | y
          tcp | ip4.snet not 10.9.9.9/8 | n
          tcp | ip4.snet 11.0.0.0/8 | n
          tcp | ip4.snet 10.0.0.1/32 | y
          tcp | ip4.snet 10.0.0.0/32 | n
          tcp | ip4.dnet 0.0.0.0/0 | y
          tcp | ip4.dnet 192.168.0.0/23 | y
          tcp | ip4.dnet 192.168.1.3/31 | y
          tcp | ip4.dnet not 192.168.1.3/31 | n
          tcp | ip4.dnet 192.168.1.0/31 | n
          tcp6 | ip4.dnet 0.0.0.0/0 | n
          tcp6 | ip4.saddr not 1.1.1.1 | n
          arp | ip4.saddr not 1.1.1.1 | n
          vlan | ip4.saddr not 1.1.1.1 | n
          cut-ip4 | ip4.saddr not 1.1.1.1 | e
          cut-ip4 | meta.l3_proto eq ipv4 | y
          cut-ip6 | ip4.saddr not 1.1.1.1 | e
          tcp | ip4.proto tcp | y
          gre | ip4.proto 47 | y
          gre | ip4.proto not tcp | y
          tcp6 | ip4.proto not udp | n
          tcp | tcp.dport 80 | y
          tcp | tcp.dport not 80 | n
          tcp | tcp.sport 40000 | y
          tcp | tcp.sport range 40000-40000 | y
          tcp | tcp.sport range 40001-65535 | n
          tcp | tcp.sport not range 1-39999 | y
          tcp | tcp.dport range 0-80 | y
          udp | tcp.dport not 7 | n
          tcp | udp.dport not 7 | n
          udp | udp.sport 53 | y
          udp | udp.dport range 5000-6000 | y
          udp0 | udp.dport 0 | y
          udp0 | meta.dport 0 | y
          udp0 | meta.sport range 0-65535 | y
          udp0 | meta.sport not 1 | y
          udp | meta.sport 53 | y
          tcp | meta.dport range 79-81 | y
          tcp | meta.dport not range 79-81 | n
          ping | meta.dport not 1 | n
          gre | meta.dport not 1 | n
          arp | meta.dport not 1 | n
          ping | icmp.type 8 | y
          ping | icmp.type not 8 | n
          ping | icmp.code 0 | y
          tcp | icmp.type not 8 | n
          icmp-in-6 | icmp.type 8 | y
          icmpv6-in-4 | icmpv6.type 128 | y
          ping6 | icmpv6.type 128 | y
          ping6 | icmp.type not 8 | n
          cut-ping6 | icmpv6.type 128 | e
          cut-ping | icmp.type 8 | e
          cut-ping | tcp.dport 80 | e
          cut-ping | ip4.proto icmp | y
          cut-tcp | udp.dport 80 | e
          cut-udp | meta.sport 1 | e
          cut-tcp | meta.l4_proto tcp | y
          options | tcp.dport 80 | y
          ihl15 | tcp.dport 80 | e
          ihl15 | ip4.saddr 10.0.0.1 | y
          fragment185 | tcp.dport 80 | n
          fragment185 | tcp.dport not 80 | n
          fragment185 | ip4.proto tcp | y
          fragment185 | meta.l4_proto tcp | y
          fragment1 | tcp.dport not 1 | n
          fragment0 | tcp.dport 80 | e
          padded | udp.dport 2 | y
          dst6x6 | tcp.dport 80 | y
          dst6x7 | tcp.dport 80 | n
          frag6 | tcp.dport 80 | y
          ah6 | tcp.dport 80 | y
          routing6 | tcp.dport 80 | y
          hop-frag6 | tcp.dport 80 | n
          hop-frag6 | meta.l4_proto tcp | y
          later-frag6 | ip6.nexthdr 60 | n
          later-frag6 | meta.l4_proto 60 | y
          cut-hop6 | tcp.dport 80 | e
          cut-hop6 | ip6.saddr 2001:db8::1 | y
          cut-frag6 | meta.l4_proto tcp | e
          hop6 | ip6.nexthdr hop | y
          hop6 | ip6.nexthdr tcp | y
          hop6 | ip6.nexthdr not tcp | n
          hop6 | (ip6.nexthdr) in {tcp;hop} | y
          hop6 | (ip6.nexthdr) in {tcp} | n
          none6 | ip6.nexthdr 59 | y
          esp6 | ip6.nexthdr 50 | y
          esp6 | ip6.nexthdr not hop | y
          tcp6 | ip6.saddr 2001:db8::1 | y
          tcp6 | ip6.saddr not 2001:db8::1 | n
          tcp6 | ip6.snet 2001:db8:1::/32 | y
          tcp6 | ip6.dnet fe80::/127 | n
          tcp6 | ip6.dnet fe80::3/127 | y
          tcp | ip6.dnet ::/0 | n
          udp6 | (udp.sport, ip6.daddr) in {53, fe80::2} | y
          udp6 | (udp.sport, ip6.daddr) in {54, fe80::2} | n
          udp | (ip4.snet) in {1.0.0.0/8; 10.0.0.0/30} | y
          udp | (ip4.snet) not in {1.0.0.0/8} | y
          udp | (ip4.saddr) not in {} | y
          udp6 | (ip4.saddr) not in {} | n
          udp | (ip4.saddr) in {} | n
          udp | meta.iface 1 | y
          udp | meta.iface not 65537 | y
          udp | meta.probability 0% | y
          udp | meta.probability not 100% | n
          """)
  void decidesOneRule(String packet, String matchers, char expected) {
    Evaluation result = run(matchers, packet(packet));
    assertThat(result.malformed() ? 'e' : result.matchedRules().isEmpty() ? 'n' : 'y')
        .isEqualTo(expected);
    assertThat(result.verdict())
        .isEqualTo(expected == 'y' ? Verdict.Basic.ACCEPT : Verdict.Basic.DROP);
    assertThat(result.policyCounted()).isEqualTo(expected == 'n');
    assertThat(result.countedRules()).isEqualTo(result.matchedRules());
  }
}
