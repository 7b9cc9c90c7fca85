package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.cgen.CompileOptions;
import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.Compiler;
import dev.jbpfilter.cgen.analysis.Explanation;
import dev.jbpfilter.cgen.analysis.Judgement;
import dev.jbpfilter.cgen.analysis.Outcome;
import dev.jbpfilter.cgen.analysis.Simulation;
import dev.jbpfilter.fuzz.Chains;
import dev.jbpfilter.fuzz.DenseChains;
import dev.jbpfilter.fuzz.Finding;
import dev.jbpfilter.fuzz.TestPacket;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.packet.Environment;
import dev.jbpfilter.ruleset.packet.Evaluation;
import dev.jbpfilter.ruleset.packet.PacketInput;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What is explained, what is simulated and what the kernel does is the same, for 10 000 pairs of a
 * random chain and a packet, most of them aimed at its rules.
 */
@RequiresBpf
class ExplainKernelTest {
  private static final int PAIRS = 10_000;
  private static final int PACKETS = 50;
  private static final int MOST_RULES = 30;

  /** In nanoseconds; longer than any interval of a log. */
  private static final long NOW = 1L << 40;

  /** In the kernel nobody knows what is drawn; these chains do not draw. */
  private static final Environment ENVIRONMENT = Environment.fixed(1, NOW);

  private final Map<Judgement.By, Integer> seen = new EnumMap<>(Judgement.By.class);

  @Test
  void explanationSimulationAndKernelAgree() {
    SplittableRandom seeds = new SplittableRandom();
    List<Hook> hooks = new ArrayList<>();
    for (Hook hook : Hook.values()) {
      if (hook.flavor().seesPackets()) {
        hooks.add(hook);
      }
    }
    for (int pairs = 0; pairs < PAIRS; pairs += PACKETS) {
      check(seeds.nextLong(), hooks.get(pairs / PACKETS % hooks.size()));
    }
    System.out.printf("%d pairs without a difference, decided %s%n", PAIRS, seen);
    assertThat(seen).containsOnlyKeys(Judgement.By.RULE, Judgement.By.POLICY, Judgement.By.ERROR);
    assertThat(seen.values()).allMatch(count -> count >= PAIRS / 50);
  }

  private void check(long seed, Hook hook) {
    SplittableRandom random = new SplittableRandom(seed);
    Chain chain =
        random.nextBoolean()
            ? DenseChains.random(random, hook, 1, MOST_RULES)
            : Chains.random(random, hook, false, 0, MOST_RULES);
    CompiledChain compiled = Compiler.compile(chain);
    Simulation simulation = Simulation.of(chain, CompileOptions.DEFAULT, 0);
    try (KernelChain loaded = KernelChain.load(compiled)) {
      for (int i = 0; i < PACKETS; i++) {
        TestPacket packet =
            i % 3 == 0 ? TestPacket.forTestRun(random, hook) : TestPacket.forTestRun(random, chain);
        String where = "seed " + seed + "\n" + new Finding(chain, List.of(packet));
        PacketInput input = packet.input(hook);
        Explanation explanation = Explanation.of(compiled, input, ENVIRONMENT);
        assertThat(explanation.disagreement()).as(where).isEmpty();
        Evaluation evaluation = explanation.trace().evaluation();
        check(simulation.judge(input, NOW, () -> 1), simulation.matched(), evaluation, hook, where);
        Outcome expected = Outcome.expected(chain, evaluation);
        Outcome actual = loaded.run(packet, expected);
        assertThat(actual.returned()).as(where).isEqualTo(expected.returned());
        assertThat(actual.counters()).as(where).isEqualTo(expected.counters());
        assertThat(actual.mark()).as(where).isEqualTo(expected.mark());
      }
      assertThat(loaded.countedUnread()).as("seed %d", seed).isFalse();
    }
  }

  private void check(
      Judgement judgement, List<Integer> matched, Evaluation evaluation, Hook hook, String where) {
    seen.merge(judgement.by(), 1, Integer::sum);
    Judgement.By by =
        evaluation.malformed()
            ? Judgement.By.ERROR
            : evaluation.policyCounted() ? Judgement.By.POLICY : Judgement.By.RULE;
    assertThat(judgement.by()).as(where).isEqualTo(by);
    assertThat(judgement.verdict()).as(where).isEqualTo(evaluation.verdict());
    assertThat(matched).as(where).isEqualTo(evaluation.matchedRules());
    if (hook.flavor().canSetMark()) {
      assertThat(judgement.mark()).as(where).isEqualTo(evaluation.mark());
    }
  }
}
