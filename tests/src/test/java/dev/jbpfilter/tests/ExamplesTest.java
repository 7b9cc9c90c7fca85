package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.cgen.Compiler;
import dev.jbpfilter.cgen.analysis.Count;
import dev.jbpfilter.cgen.analysis.Outcome;
import dev.jbpfilter.loader.kernel.TestRun;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.ParseResult;
import dev.jbpfilter.ruleset.RulesetParser;
import dev.jbpfilter.ruleset.Source;
import dev.jbpfilter.ruleset.packet.Evaluation;
import dev.jbpfilter.ruleset.packet.Evaluator;
import dev.jbpfilter.ruleset.packet.PacketBuilder;
import dev.jbpfilter.ruleset.packet.PacketInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rulesets of doc/examples in the kernel. */
@RequiresBpf
class ExamplesTest {
  /** XDP_DROP and XDP_PASS of linux/bpf.h. */
  private static final Map<String, Integer> CODES = Map.of("DROP", 1, "ACCEPT", 2);

  private record Example(Chain chain, KernelChain loaded) {}

  private static final Map<String, Example> LOADED = new TreeMap<>();

  static Stream<String> names() {
    return Checkout.examples().stream().map(ExamplesTest::name);
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".rules", "");
  }

  @BeforeAll
  static void load() throws IOException {
    for (Path file : Checkout.examples()) {
      Source source = new Source(file.toString(), Files.readString(file));
      ParseResult result = RulesetParser.parse(source, InterfaceResolver.none());
      assertThat(result.diagnostics()).isEmpty();
      List<Chain> chains = result.ruleset().orElseThrow().chains();
      assertThat(chains).hasSize(1);
      Chain chain = chains.getFirst();
      LOADED.put(name(file), new Example(chain, KernelChain.load(Compiler.compile(chain))));
    }
  }

  @AfterAll
  static void close() {
    LOADED.values().forEach(example -> example.loaded.close());
    LOADED.clear();
  }

  @Test
  void thereAreAtLeastThree() {
    assertThat(LOADED.keySet()).contains("port-ranges", "ssh-allow-list", "web-server");
  }

  @ParameterizedTest
  @MethodSource("names")
  void kernelAgreesWithTheRulesAndEveryRuleMatters(String name) {
    Example example = LOADED.get(name);
    Evaluator evaluator = Evaluator.of(example.chain);
    List<byte[]> frames = new ArrayList<>(Packets.all().values());
    frames.addAll(FittingFrames.of(example.chain));
    Set<Integer> matched = new TreeSet<>();
    for (byte[] frame : frames) {
      Evaluation evaluation = evaluator.evaluate(PacketInput.ofFrame(frame));
      matched.addAll(evaluation.matchedRules());
      assertThat(example.loaded.run(TestRun.of(frame)))
          .as(() -> HexFormat.of().formatHex(frame))
          .isEqualTo(Outcome.expected(example.chain, evaluation));
    }
    assertThat(matched).hasSameSizeAs(example.chain.rules());
  }

  /**
   * What the text of an example says to its reader, without the evaluator. The entry is the rule
   * that counts, the policy, or none.
   */
  @ParameterizedTest(name = "{0}: {1} from {2}:{3} to {4}:{5}, flags or code {6} → {7}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          web-server     | arp  |              |       |              |       |      | ACCEPT | none
          web-server     | tcp  | 203.0.113.9  | 40000 | 198.51.100.1 | 443   | 0x02 | ACCEPT | 5
          web-server     | tcp  | 203.0.113.9  | 40000 | 198.51.100.1 | 80    | 0x02 | ACCEPT | 4
          web-server     | udp  | 203.0.113.9  | 40000 | 198.51.100.1 | 443   |      | ACCEPT | 6
          web-server     | udp  | 203.0.113.9  | 40000 | 198.51.100.1 | 80    |      | DROP   | policy
          web-server     | tcp  | 203.0.113.9  | 40000 | 198.51.100.1 | 23    | 0x02 | DROP   | policy
          web-server     | tcp  | 192.0.2.9    | 40000 | 198.51.100.1 | 22    | 0x02 | ACCEPT | 7
          web-server     | tcp  | 192.0.3.9    | 40000 | 198.51.100.1 | 22    | 0x02 | DROP   | policy
          web-server     | tcp  | 203.0.113.9  | 40000 | 198.51.100.1 | 443   | 0x03 | DROP   | 2
          web-server     | tcp  | 203.0.113.9  | 40000 | 198.51.100.1 | 443   | 0x00 | DROP   | 3
          web-server     | tcp  | 203.0.113.9  | 443   | 198.51.100.1 | 60999 | 0x10 | ACCEPT | 8
          web-server     | tcp  | 203.0.113.9  | 443   | 198.51.100.1 | 61000 | 0x10 | DROP   | policy
          web-server     | tcp  | 203.0.113.9  | 443   | 198.51.100.1 | 40000 | 0x02 | DROP   | policy
          web-server     | udp  | 203.0.113.9  | 53    | 198.51.100.1 | 32768 |      | ACCEPT | 9
          web-server     | icmp | 203.0.113.9  | 8     | 198.51.100.1 |       | 0    | ACCEPT | 10
          web-server     | icmp | 203.0.113.9  | 5     | 198.51.100.1 |       | 0    | DROP   | policy
          ssh-allow-list | tcp  | 192.0.2.9    | 40000 | 198.51.100.1 | 22    | 0x10 | ACCEPT | 2
          ssh-allow-list | tcp  | 192.0.2.66   | 40000 | 198.51.100.1 | 22    | 0x10 | DROP   | 1
          ssh-allow-list | tcp  | 198.51.100.9 | 40000 | 198.51.100.1 | 22    | 0x10 | DROP   | 5
          ssh-allow-list | tcp  | 203.0.113.7  | 40000 | 198.51.100.1 | 22    | 0x10 | ACCEPT | 4
          ssh-allow-list | tcp  | 203.0.113.8  | 40000 | 198.51.100.1 | 23    | 0x10 | ACCEPT | policy
          ssh-allow-list | udp  | 203.0.113.8  | 40000 | 198.51.100.1 | 22    |      | ACCEPT | policy
          port-ranges    | arp  |              |       |              |       |      | ACCEPT | none
          port-ranges    | udp  | 203.0.113.63 | 5060  | 10.20.0.1    | 5061  |      | ACCEPT | 2
          port-ranges    | tcp  | 203.0.113.64 | 5060  | 10.20.0.1    | 5060  | 0x02 | DROP   | policy
          port-ranges    | udp  | 192.0.2.1    | 1023  | 10.20.0.1    | 20000 |      | DROP   | 3
          port-ranges    | udp  | 192.0.2.1    | 1024  | 10.20.0.1    | 32767 |      | ACCEPT | 4
          port-ranges    | tcp  | 192.0.2.1    | 1024  | 10.20.255.1  | 8099  | 0x02 | ACCEPT | 6
          port-ranges    | tcp  | 192.0.2.1    | 1024  | 10.20.255.1  | 8100  | 0x02 | DROP   | 5
          port-ranges    | tcp  | 192.0.2.1    | 1024  | 10.20.254.1  | 8099  | 0x02 | DROP   | policy
          """)
  void readersExpect(
      String name,
      String protocol,
      String source,
      Integer sourcePort,
      String destination,
      Integer destinationPort,
      String flags,
      String verdict,
      String entry) {
    byte[] frame =
        switch (protocol) {
          case "arp" -> PacketBuilder.ethernet().arp("192.0.2.1", "192.0.2.2").build();
          case "tcp" ->
              PacketBuilder.ethernet()
                  .ipv4(source, destination)
                  .tcp(sourcePort, destinationPort, Integer.decode(flags))
                  .build();
          case "udp" ->
              PacketBuilder.ethernet()
                  .ipv4(source, destination)
                  .udp(sourcePort, destinationPort)
                  .build();
          case "icmp" ->
              PacketBuilder.ethernet()
                  .ipv4(source, destination)
                  .icmp(sourcePort, Integer.decode(flags))
                  .build();
          default -> throw new IllegalArgumentException(protocol);
        };
    Example example = LOADED.get(name);
    int rules = example.chain.rules().size();
    List<Count> counters = new ArrayList<>(Collections.nCopies(rules + 2, Count.ZERO));
    if (!entry.equals("none")) {
      int index = entry.equals("policy") ? rules : Integer.parseInt(entry);
      counters.set(index, new Count(1, frame.length));
    }

    assertThat(example.loaded.run(TestRun.of(frame)))
        .isEqualTo(new Outcome(CODES.get(verdict), counters));
  }
}
