package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jbpfilter.cgen.Compiler;
import dev.jbpfilter.cgen.analysis.Count;
import dev.jbpfilter.cgen.analysis.Outcome;
import dev.jbpfilter.fuzz.Agreement;
import dev.jbpfilter.fuzz.Finding;
import dev.jbpfilter.fuzz.TestPacket;
import dev.jbpfilter.loader.kernel.TestRun;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.packet.Evaluator;
import dev.jbpfilter.ruleset.packet.PacketBuilder;
import dev.jbpfilter.ruleset.packet.PacketInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The specification's table of packets, conditions and what comes of them, in its order. */
@RequiresBpf
class ExpectedValuesTest {
  private static final Map<String, byte[]> PACKETS = packets();

  private static final int XDP_DROP = 1;
  private static final int XDP_PASS = 2;
  private static final int TCX_NEXT = -1;
  private static final int TCX_PASS = 0;
  private static final int TCX_DROP = 2;

  private static PacketBuilder ipv4() {
    return PacketBuilder.ethernet().ipv4("192.0.2.1", "198.51.100.2");
  }

  private static PacketBuilder ipv6() {
    return PacketBuilder.ethernet().ipv6("2001:db8::1", "2001:db8::2");
  }

  private static Map<String, byte[]> packets() {
    Map<String, byte[]> all = Packets.all();
    all.put(
        "fragment offset 1, 8 B payload",
        ipv4().fragment(1, false).transport(6, 1, 2, 3, 4, 5, 6, 7, 8).build());
    all.put(
        "first fragment, 10 B of TCP",
        ipv4().fragment(0, true).tcp(40000, 80, Packets.SYN).truncate(44).build());
    all.put("icmpv6 4 B", ipv6().icmpv6(128, 0).truncate(58).build());
    all.put("ipv6 ah, tcp", ipv6().authentication(2).tcp(40000, 80, Packets.SYN).build());
    return all;
  }

  /**
   * What the rule does: y it matches, n it does not, e the packet is malformed. The verdict is that
   * of the rule or the policy, whichever of them drops.
   */
  @ParameterizedTest(name = "{0}: {2} → {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          TCP SYN 54 B                        | tcp syn            | tcp.flags eq syn             | y
          TCP SYN 54 B                        | tcp syn            | tcp.flags any syn,fin        | y
          TCP SYN 54 B                        | tcp syn            | tcp.flags all syn,ack        | n
          TCP SYN+ACK                         | tcp syn+ack        | tcp.flags eq syn             | n
          TCP SYN+ACK                         | tcp syn+ack        | tcp.flags any syn,fin        | y
          TCP SYN+ACK                         | tcp syn+ack        | tcp.flags all syn,ack        | y
          IPv4 + 8 B options, TCP             | ip options 2       | tcp.dport eq 80              | y
          IPv4, fragment offset 185           | later fragment     | tcp.dport eq 80              | n
          IPv4, fragment offset 1, 8 B        | fragment offset 1, 8 B payload | tcp.dport not 7  | n
          IPv4, fragment offset 1, 8 B        | fragment offset 1, 8 B payload | ip4.proto eq tcp | y
          IPv4, fragment offset 1, 8 B        | fragment offset 1, 8 B payload | meta.l4_proto eq tcp | y
          first fragment, 10 B of TCP         | first fragment, 10 B of TCP | tcp.dport eq 80     | e
          first fragment, 10 B of TCP         | first fragment, 10 B of TCP | meta.sport eq 40000 | e
          first fragment, 10 B of TCP         | first fragment, 10 B of TCP | udp.dport not 80    | e
          first fragment, 10 B of TCP         | first fragment, 10 B of TCP | icmpv6.code eq 0    | e
          first fragment, 10 B of TCP         | first fragment, 10 B of TCP | meta.flow_probability 100% | e
          first fragment, 10 B of TCP         | first fragment, 10 B of TCP | (tcp.dport) in {80} | e
          first fragment, 10 B of TCP         | first fragment, 10 B of TCP | meta.l4_proto tcp   | y
          IHL 0                               | ihl 0              | meta.l4_proto eq tcp         | e
          IHL 4                               | ihl 4              | meta.l4_proto eq tcp         | e
          IHL 15, packet ends earlier         | ihl 15             | tcp.dport eq 80              | e
          IHL 15, packet ends earlier         | ihl 15             | tcp.flags not syn            | e
          UDP dport 0                         | udp port 0         | meta.dport eq 0              | y
          UDP dport 0                         | udp port 0         | meta.dport range 0-65535     | y
          ICMP proto 1 inside IPv6            | ipv6 icmp          | icmp.type eq 8               | y
          ICMPv6 4 B                          | icmpv6 4 B         | icmpv6.type eq 128           | e
          ICMPv6 8 B                          | ipv6 icmpv6        | icmpv6.type eq 128           | y
          GRE                                 | gre                | ip4.proto eq 47              | y
          GRE                                 | gre                | meta.l4_proto eq 47          | y
          GRE                                 | gre                | meta.l4_proto not tcp        | y
          ARP, policy DROP                    | arp                | meta.l3_proto eq 0x0806      | y
          ARP, policy DROP                    | arp                | meta.l3_proto not ipv4       | y
          ARP, policy DROP                    | arp                | ip4.saddr not 1.1.1.1        | n
          802.1Q tag in data                  | vlan               | ip4.saddr not 1.1.1.1        | n
          IPv6 dst-opts ×1 then TCP           | ipv6 options x1    | tcp.dport eq 80              | y
          IPv6 dst-opts ×2 then TCP           | ipv6 options x2    | tcp.dport eq 80              | y
          IPv6 dst-opts ×3 then TCP           | ipv6 options x3    | tcp.dport eq 80              | y
          IPv6 dst-opts ×4 then TCP           | ipv6 options x4    | tcp.dport eq 80              | y
          IPv6 dst-opts ×5 then TCP           | ipv6 options x5    | tcp.dport eq 80              | y
          IPv6 dst-opts ×6 then TCP           | ipv6 options x6    | tcp.dport eq 80              | y
          IPv6 dst-opts ×7                    | ipv6 options x7    | tcp.dport eq 80              | n
          IPv6 fragment (offset 0) first, TCP | ipv6 first fragment | tcp.dport eq 80             | y
          IPv6 AH first, TCP                  | ipv6 ah, tcp       | tcp.dport eq 80              | y
          IPv6 routing first, TCP             | ipv6 routing       | tcp.dport eq 80              | y
          hop-by-hop + fragment offset 185    | ipv6 later fragment | tcp.dport eq 80             | n
          hop-by-hop + TCP                    | ipv6 hop           | ip6.nexthdr eq hop           | y
          hop-by-hop + TCP                    | ipv6 hop           | ip6.nexthdr eq tcp           | y
          hop-by-hop + TCP                    | ipv6 hop           | ip6.nexthdr not tcp          | n
          hop-by-hop + TCP                    | ipv6 hop           | (ip6.nexthdr) in {tcp; hop}  | y
          hop-by-hop + TCP                    | ipv6 hop           | (ip6.nexthdr) in {tcp}       | n
          IPv6 next header 59                 | ipv6 no next header | ip6.nexthdr eq 59           | y
          IPv6 next header 50                 | ipv6 esp           | ip6.nexthdr eq 50            | y
          """)
  void xdpRow(String row, String name, String condition, char result) {
    byte[] frame = Objects.requireNonNull(PACKETS.get(name), row);
    Count one = new Count(1, frame.length);
    List<Count> counters =
        switch (result) {
          case 'y' -> List.of(one, Count.ZERO, Count.ZERO);
          case 'n' -> List.of(Count.ZERO, one, Count.ZERO);
          case 'e' -> List.of(Count.ZERO, Count.ZERO, one);
          default -> throw new IllegalArgumentException(row);
        };
    for (boolean ruleDrops : new boolean[] {true, false}) {
      String policy = ruleDrops ? "ACCEPT" : "DROP";
      String verdict = ruleDrops ? "DROP" : "ACCEPT";
      String text = "chain t BF_HOOK_XDP " + policy + " rule " + condition + " counter " + verdict;
      boolean dropped = ruleDrops == (result == 'y');
      try (ThreeWayChain chain = ThreeWayChain.of(text)) {
        assertThat(chain.run(TestPacket.of(frame)))
            .as(text)
            .isEqualTo(new Outcome(dropped ? XDP_DROP : XDP_PASS, counters));
      }
    }
  }

  /** Five standard deviations are allowed: a false alarm in two million. */
  @ParameterizedTest(name = "any, 10000 runs: meta.probability {0}")
  @CsvSource({
    "49%, 4900",
    "75%, 7500",
    "not 25%, 7500",
    "not 75%, 2500",
    "0%, 0",
    "100%, 10000",
    "50.5%, 5050"
  })
  void probability(String condition, int expected) {
    int runs = 10_000;
    double share = (double) expected / runs;
    long tolerance = Math.round(5 * Math.sqrt(runs * share * (1 - share)));
    Chain chain =
        ThreeWayChain.parse(
            "chain t BF_HOOK_XDP ACCEPT rule meta.probability " + condition + " counter CONTINUE");
    byte[] frame = ipv4().udp(1, 2).build();

    Evaluator evaluator = Evaluator.of(chain);
    PacketInput input = PacketInput.ofFrame(frame);
    int evaluated = 0;
    for (int i = 0; i < runs; i++) {
      evaluated += evaluator.evaluate(input).matchedRules().size();
    }
    assertThat((long) evaluated).isCloseTo(expected, within(tolerance));

    SplittableRandom random = new SplittableRandom(1);
    List<TestPacket> drawn = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      drawn.add(TestPacket.of(frame).withRandom(random.nextInt()));
    }
    assertThat(Agreement.ofPackets(new Finding(chain, drawn))).isEmpty();

    try (KernelChain loaded = KernelChain.load(Compiler.compile(chain))) {
      Outcome outcome = loaded.run(TestRun.of(frame).withRepeat(runs));
      assertThat(outcome.counters().getFirst().packets()).isCloseTo(expected, within(tolerance));
      assertThat(outcome.counters().get(1).packets()).isEqualTo(runs);
    }
  }

  @ParameterizedTest(name = "{0}, policy NEXT, TCP: mark 5, then meta.mark eq 5")
  @EnumSource(
      value = Hook.class,
      names = {"TC_INGRESS", "TC_EGRESS"})
  void tcMark(Hook hook) {
    byte[] frame = PACKETS.get("tcp syn");
    Count one = new Count(1, frame.length);
    String text =
        "chain t "
            + hook.keyword()
            + " NEXT rule ip4.proto eq 6 counter mark 5 CONTINUE"
            + " rule meta.mark eq 5 counter CONTINUE";
    try (ThreeWayChain chain = ThreeWayChain.of(text)) {
      assertThat(chain.run(TestPacket.of(frame)))
          .isEqualTo(
              new Outcome(
                  TCX_NEXT, List.of(one, one, one, Count.ZERO), OptionalLong.of(5), List.of()));
    }
  }

  @ParameterizedTest(name = "{0}, policy {1}, truncated TCP: {2}")
  @CsvSource({
    "TC_INGRESS, NEXT, tcp.dport not 80", "TC_INGRESS, NEXT, icmp.type 8",
    "TC_EGRESS, NEXT, tcp.dport not 80", "TC_EGRESS, ACCEPT, (udp.sport) not in {1}",
    "TC_INGRESS, DROP, meta.dport 80"
  })
  void tcTruncated(Hook hook, String policy, String condition) {
    byte[] frame = PACKETS.get("tcp cut at 44");
    int returned =
        switch (policy) {
          case "NEXT" -> TCX_NEXT;
          case "ACCEPT" -> TCX_PASS;
          default -> TCX_DROP;
        };
    String text =
        "chain t " + hook.keyword() + " " + policy + " rule " + condition + " counter ACCEPT";
    try (ThreeWayChain chain = ThreeWayChain.of(text)) {
      assertThat(chain.run(TestPacket.of(frame)))
          .isEqualTo(
              new Outcome(
                  returned,
                  List.of(Count.ZERO, Count.ZERO, new Count(1, frame.length)),
                  OptionalLong.of(0),
                  List.of()));
    }
  }
}
