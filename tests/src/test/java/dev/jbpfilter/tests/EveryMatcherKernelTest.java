package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.fuzz.Chains;
import dev.jbpfilter.fuzz.Finding;
import dev.jbpfilter.fuzz.TestPacket;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each matcher with each of its operators, negated and not, on each hook that has it and that can
 * be test-run: verdict, counters, mark and log record are those of the reference evaluator, and
 * there are packets that match and packets that do not.
 */
@RequiresBpf
class EveryMatcherKernelTest {
  private static final int CHAINS = 2;
  private static final int PACKETS = 30;

  @ParameterizedTest
  @EnumSource
  void agrees(MatcherType type) {
    SplittableRandom random = new SplittableRandom(type.code());
    for (Operator operator : Operator.values()) {
      // In the kernel, only the range of all flow hashes is known to hold.
      boolean always = type == MatcherType.META_FLOW_HASH;
      if (!type.supports(operator) || (always && operator != Operator.RANGE)) {
        continue;
      }
      for (boolean negated : new boolean[] {false, true}) {
        ThreeWay compared = new ThreeWay();
        for (Hook hook : Hook.values()) {
          if (hook.flavor().seesPackets() && type.isCompatibleWith(hook)) {
            check(compared, random, hook, type, operator, negated);
          }
        }
        assertThat(compared.seen("counted") > 0).isEqualTo(!always || !negated);
        assertThat(compared.seen("passed on") > 0).isEqualTo(!always || negated);
      }
    }
  }

  private static void check(
      ThreeWay compared,
      SplittableRandom random,
      Hook hook,
      MatcherType type,
      Operator operator,
      boolean negated) {
    for (int i = 0; i < CHAINS; i++) {
      List<TestPacket> packets = new ArrayList<>();
      for (int j = 0; j < PACKETS; j++) {
        packets.add(TestPacket.forTestRun(random, hook));
      }
      Finding finding = new Finding(Chains.of(random, hook, type, operator, negated), packets);
      assertThat(compared.difference(finding)).isEmpty();
    }
  }
}
