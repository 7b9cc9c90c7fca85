package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.cgen.Compiler;
import dev.jbpfilter.cgen.analysis.Count;
import dev.jbpfilter.cgen.analysis.Outcome;
import dev.jbpfilter.loader.kernel.TestRun;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.RulesPrinter;
import dev.jbpfilter.ruleset.RulesetParser;
import dev.jbpfilter.ruleset.Source;
import dev.jbpfilter.ruleset.packet.Evaluator;
import dev.jbpfilter.ruleset.packet.PacketInput;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every matcher with every operator, plain and negated, on crafted packets in the kernel. */
@RequiresBpf
class MatcherKernelTest {
  private static final Map<String, byte[]> PACKETS = Packets.all();

  /** Matchers with a {@code ~} where {@code not} may stand. */
  private static final List<String> MATCHERS =
      List.of(
          "meta.l3_proto ~ ipv4",
          "meta.l3_proto ~ ipv6",
          "meta.l3_proto ~ 0x0806",
          "meta.l3_proto ~ 0x8100",
          "meta.l3_proto ~ 0",
          "meta.l4_proto ~ tcp",
          "meta.l4_proto ~ udp",
          "meta.l4_proto ~ icmp",
          "meta.l4_proto ~ icmpv6",
          "meta.l4_proto ~ 0",
          "meta.l4_proto ~ 47",
          "meta.l4_proto ~ dst",
          "meta.l4_proto ~ 255",
          "ip4.saddr ~ eq 192.0.2.1",
          "ip4.saddr ~ 0.0.0.0",
          "ip4.daddr ~ 198.51.100.2",
          "ip4.daddr ~ 255.255.255.255",
          "ip4.snet ~ 192.0.2.77/24",
          "ip4.snet ~ 0.0.0.0/0",
          "ip4.snet ~ 192.0.2.1/32",
          "ip4.snet ~ 128.0.0.0/1",
          "ip4.dnet ~ 198.51.100.3/31",
          "ip4.dnet ~ 10.0.0.0/8",
          "ip4.proto ~ tcp",
          "ip4.proto ~ 47",
          "ip4.proto ~ 0",
          "tcp.sport ~ 40000",
          "tcp.sport ~ range 80-40000",
          "tcp.dport ~ 80",
          "tcp.dport ~ range 79-81",
          "tcp.dport ~ range 0-65535",
          "udp.sport ~ 53",
          "udp.sport ~ range 0-53",
          "udp.dport ~ 0",
          "udp.dport ~ range 80-65535",
          "meta.sport ~ 53",
          "meta.sport ~ range 1-65535",
          "meta.dport ~ 0",
          "meta.dport ~ range 0-80",
          "tcp.flags ~ eq syn",
          "tcp.flags ~ any syn,fin",
          "tcp.flags ~ all syn,ack",
          "tcp.flags ~ eq fin,syn,rst,psh,ack,urg,ece,cwr",
          "icmp.type ~ echo-request",
          "icmp.type ~ 3",
          "icmp.code ~ 0",
          "icmp.code ~ 4");

  private static Chain chain(String policy, String rules) {
    String text = "chain t BF_HOOK_XDP " + policy + " " + rules;
    return RulesetParser.parse(new Source("test", text), InterfaceResolver.none())
        .ruleset()
        .orElseThrow()
        .chains()
        .getFirst();
  }

  @TestFactory
  Stream<DynamicTest> kernelAgreesOnEveryPacket() {
    return MATCHERS.stream()
        .flatMap(m -> Stream.of(m.replace("~ ", ""), m.replace("~", "not")))
        .flatMap(m ->
            Stream.of(
                chain("ACCEPT", "rule " + m + " counter DROP"),
                chain("DROP", "rule " + m + " counter CONTINUE rule " + m + " ACCEPT")))
        .map(c -> DynamicTest.dynamicTest(name(c), () -> agree(c)));
  }

  private static String name(Chain chain) {
    return String.join(" ", RulesPrinter.print(chain).split("\\s+"));
  }

  private static void agree(Chain chain) {
    Evaluator evaluator = Evaluator.of(chain);
    try (KernelChain loaded = KernelChain.load(Compiler.compile(chain))) {
      PACKETS.forEach((name, frame) ->
          assertThat(loaded.run(TestRun.of(frame)))
              .as(name)
              .isEqualTo(Outcome.expected(chain, evaluator.evaluate(PacketInput.ofFrame(frame)))));
    }
  }

  /**
   * What the specification says in so many words, without the evaluator: y the rule matches, n it
   * does not, e the packet is malformed.
   */
  @ParameterizedTest(name = "{0}: {1} → {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tcp syn               | tcp.flags eq syn            | y
          tcp syn               | tcp.flags any syn,fin       | y
          tcp syn               | tcp.flags all syn,ack       | n
          tcp syn+ack           | tcp.flags eq syn            | n
          tcp syn+ack           | tcp.flags any syn,fin       | y
          tcp syn+ack           | tcp.flags all syn,ack       | y
          ip options 2          | tcp.dport 80                | y
          ip options 10         | tcp.dport 80                | y
          later fragment        | tcp.dport 80                | n
          later fragment        | ip4.proto tcp               | y
          fragment at 1         | tcp.dport 80                | n
          first fragment        | tcp.dport 80                | y
          tcp cut at 44         | tcp.dport 80                | e
          tcp cut at 44         | ip4.saddr 192.0.2.1         | y
          tcp cut at 24         | ip4.saddr 192.0.2.1         | e
          tcp cut at 24         | meta.l3_proto ipv4          | y
          ihl 0                 | meta.l4_proto tcp           | e
          ihl 4                 | meta.l4_proto tcp           | e
          ihl 15                | tcp.dport 80                | e
          ihl 15                | ip4.proto tcp               | y
          udp port 0            | meta.dport 0                | y
          udp port 0            | meta.dport range 0-65535    | y
          udp port 0            | meta.dport not 7            | y
          ipv6 icmp             | icmp.type 8                 | y
          icmpv6 in ipv4        | icmp.type 128               | n
          gre                   | ip4.proto 47                | y
          gre                   | meta.l4_proto 47            | y
          gre                   | meta.l4_proto not tcp       | y
          arp                   | meta.l3_proto 0x0806        | y
          arp                   | meta.l3_proto not ipv4      | y
          arp                   | meta.l4_proto not tcp       | y
          arp                   | ip4.saddr not 1.1.1.1       | n
          vlan                  | ip4.saddr not 1.1.1.1       | n
          ipv6 options x1       | tcp.dport 80                | y
          ipv6 options x6       | tcp.dport 80                | y
          ipv6 options x7       | tcp.dport 80                | n
          ipv6 options x7       | meta.l4_proto dst           | y
          ipv6 first fragment   | tcp.dport 80                | y
          ipv6 later fragment   | tcp.dport 80                | n
          ipv6 later fragment   | meta.l4_proto tcp           | y
          ipv6 routing          | tcp.dport 80                | y
          ipv6 ah               | udp.dport 80                | y
          ipv6 no next header   | meta.l4_proto 59            | y
          ipv6 cut at 55        | tcp.dport 80                | e
          ipv6 cut at 54        | meta.l4_proto tcp           | e
          ipv6 cut at 54        | meta.l3_proto ipv6          | y
          ipv6 cut at 53        | ip4.saddr not 1.1.1.1       | e
          udp                   | tcp.dport not 80            | n
          tcp syn               | icmp.type not 8             | n
          """)
  void specificationHolds(String packet, String matcher, char expected) {
    byte[] frame = PACKETS.get(packet);
    Chain chain = chain("ACCEPT", "rule " + matcher + " counter DROP");
    try (KernelChain loaded = KernelChain.load(Compiler.compile(chain))) {
      Count one = new Count(1, frame.length);
      boolean matches = expected == 'y';
      assertThat(loaded.run(TestRun.of(frame)))
          .isEqualTo(
              new Outcome(
                  matches ? 1 : 2,
                  List.of(
                      matches ? one : Count.ZERO,
                      expected == 'n' ? one : Count.ZERO,
                      expected == 'e' ? one : Count.ZERO)));
    }
  }
}
