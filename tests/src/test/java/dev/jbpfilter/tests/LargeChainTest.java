package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.cgen.Compiler;
import dev.jbpfilter.cgen.analysis.Outcome;
import dev.jbpfilter.loader.kernel.TestRun;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.FieldMatcher;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Operator;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.Policy;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.Verdict;
import dev.jbpfilter.ruleset.packet.Evaluator;
import dev.jbpfilter.ruleset.packet.PacketBuilder;
import dev.jbpfilter.ruleset.packet.PacketInput;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chains of sizes at which code is laid out differently: many pending branches, far jumps. */
@RequiresBpf
class LargeChainTest {
  private static final int FIRST_ADDRESS = 0x0a000000;

  @ParameterizedTest(name = "{0} rules, every {1}th continues")
  @CsvSource({"64, 1", "65, 1", "300, 2", "2000, 100", "2001, 100", "6000, 500"})
  void firstMiddleAndLastRuleAreHit(int rules, int continuing) {
    Chain chain = chain(rules, continuing);
    Evaluator evaluator = Evaluator.of(chain);
    try (KernelChain loaded = KernelChain.load(Compiler.compile(chain))) {
      for (int hit : new int[] {0, 1, rules / 2, rules - 1, rules}) {
        byte[] frame = frame(hit);
        assertThat(loaded.run(TestRun.of(frame)))
            .as("packet for rule %d", hit)
            .isEqualTo(Outcome.expected(chain, evaluator.evaluate(PacketInput.ofFrame(frame))));
      }
    }
  }

  private static Chain chain(int size, int continuing) {
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      boolean continues = i % continuing == 0;
      rules.add(
          new Rule(
              i,
              List.of(
                  new FieldMatcher(
                      MatcherType.IP4_SADDR,
                      continues,
                      Operator.EQ,
                      new Payload.Ipv4Address(FIRST_ADDRESS + i))),
              true,
              continues ? Verdict.Basic.CONTINUE : Verdict.Basic.DROP));
    }
    return new Chain("large", Hook.XDP, Policy.ACCEPT, rules);
  }

  private static byte[] frame(int rule) {
    String address = "10.0." + (rule >> 8) + "." + (rule & 0xff);
    return PacketBuilder.ethernet().ipv4(address, "10.1.0.1").udp(1, 2).build();
  }
}
