package dev.jbpfilter.tests.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.packet.Evaluation;
import dev.jbpfilter.ruleset.packet.Evaluator;
import dev.jbpfilter.ruleset.packet.PacketInput;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the benchmark measures is what its rows say. */
class WorkloadsTest {

  static Stream<Arguments> workloads() {
    return Stream.of(
        Arguments.of("addresses", 200, Workloads.addresses(200)),
        Arguments.of("ipv6Addresses", 64, Workloads.ipv6Addresses(64)),
        Arguments.of("tuples", 200, Workloads.tuples(200)),
        Arguments.of("networks", 200, Workloads.networks(200)),
        Arguments.of("range", 1, Workloads.range()),
        Arguments.of("ranges", 200, Workloads.ranges(200)),
        Arguments.of("set", 1, Workloads.set(200)),
        Arguments.of("networkSet", 1, Workloads.networkSet(200)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("workloads")
  void theLastRuleMatchesThePacket(String name, int rules, Workload workload) {
    Chain chain = workload.chain(Hook.XDP);
    assertThat(chain.rules()).hasSize(rules);
    assertThat(evaluate(chain, workload.packet()).matchedRules()).containsExactly(rules - 1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("workloads")
  void flowsGoWhereTheyAreSaidToGo(String name, int rules, Workload workload) {
    Chain chain = workload.chain(Hook.XDP);
    assertThat(workload.stopped()).noneMatch(flow -> evaluate(chain, flow).policyCounted());
    assertThat(workload.passed())
        .isNotEmpty()
        .allMatch(flow -> evaluate(chain, flow).policyCounted());
  }

  @Test
  void mixedRulesLetThePacketPass() {
    Workload workload = MixedRules.workload(200);
    Chain chain = workload.chain(Hook.XDP);
    assertThat(chain.rules()).hasSize(200);
    assertThat(evaluate(chain, workload.packet()).matchedRules()).isEmpty();
    assertThat(workload.stopped()).hasSizeGreaterThan(200);
    assertThat(workload.passed()).hasSizeGreaterThan(200);
  }

  @Test
  void rulesThatContinueAllMatch() {
    Workload workload = Workloads.continuing(32);
    Evaluation evaluation = evaluate(workload.chain(Hook.XDP), workload.packet());
    assertThat(evaluation.countedRules()).hasSize(32);
  }

  @Test
  void valuesAreTheSameEachTime() {
    assertThat(Workloads.addresses(50)).isEqualTo(Workloads.addresses(50));
    assertThat(MixedRules.text(50)).isEqualTo(MixedRules.text(50));
    List<Integer> values = new RuleValues(1).addresses(1_000);
    assertThat(values).doesNotHaveDuplicates().hasSize(1_000);
    int consecutive = 0;
    for (int i = 1; i < values.size(); i++) {
      consecutive += values.get(i) == values.get(i - 1) + 1 ? 1 : 0;
    }
    assertThat(consecutive).isBetween(500, 970);
  }

  private static Evaluation evaluate(Chain chain, Flow flow) {
    return Evaluator.of(chain).evaluate(PacketInput.ofFrame(flow.frame()));
  }
}
