package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.jbpfilter.fuzz.Chains;
import dev.jbpfilter.fuzz.DenseChains;
import dev.jbpfilter.fuzz.Finding;
import dev.jbpfilter.fuzz.Shrinking;
import dev.jbpfilter.fuzz.TestPacket;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.RuleDraft;
import dev.jbpfilter.ruleset.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The three-way property: random chains do to random packets what the reference evaluator says, in
 * sequence, optimised and with some structure forced, in the interpreter and in the kernel, on
 * every hook that can be test-run.
 *
 * <p>5000 pairs of a chain and a packet, or as many as the system property {@code agreement.pairs}
 * says; the Maven profile {@code deep} says a million. A failure names the seed of its chain and
 * packets, which {@code agreement.seed} repeats, and ends with what to keep as a finding: a packet,
 * and a chain made small.
 */
@RequiresBpf
class KernelAgreementTest {
  private static final Path FINDINGS =
      Checkout.ROOT.resolve("fuzz/src/test/resources/findings/Agreement");
  private static final int PACKETS = 40;
  private static final int PAIRS = Integer.getInteger("agreement.pairs", 5000);
  private static final int MOST_RULES = 30;

  /** One chain in so many is one of those that are long. */
  private static final int LONG = 12;

  private static final int LEAST_OF_LONG = 100;
  private static final int MOST_OF_LONG = 2000;
  private static final int MANY_RULES = 80;

  /** How many packets in a hundred have to be of each kind, or the pairs show little. */
  private static final int LEAST = 2;

  private final ThreeWay compared = new ThreeWay();

  @Test
  void kernelAndInterpreterAgreeWithEvaluator() {
    List<Hook> hooks = hooks();
    Long repeated = Long.getLong("agreement.seed");
    if (repeated != null) {
      hooks.forEach(hook -> check(repeated, hook));
      return;
    }
    SplittableRandom random = new SplittableRandom();
    int pairs = 0;
    for (int chain = 0; pairs < PAIRS; chain++) {
      check(random.nextLong(), hooks.get(chain % hooks.size()));
      pairs += PACKETS;
    }
    System.out.printf(
        "%d pairs without a difference, of these %s; compared with the evaluator: %s%n",
        pairs, compared.seen(), compared.compared());
    int least = pairs * LEAST / 100;
    assertThat(compared.seen())
        .containsOnlyKeys("matched", "counted", "malformed", "logged", "passed on");
    assertThat(compared.seen().values()).allMatch(count -> count >= least);
  }

  /** Chains with more rules that log or count and go on than one tail takes. */
  @Test
  void chainsOfSeveralSegmentsAgree() {
    long seed = new SplittableRandom().nextLong();
    SplittableRandom random = new SplittableRandom(seed);
    for (Hook hook : hooks()) {
      Chain some = Chains.random(random, hook, false, MANY_RULES, MANY_RULES);
      List<RuleDraft> rules = new ArrayList<>();
      for (RuleDraft rule : some.drafts()) {
        boolean goesOn = random.nextInt(MOST_RULES) != 0;
        rules.add(
            goesOn
                ? new RuleDraft(
                    rule.criteria(), rule.log(), true, rule.mark(), Verdict.Basic.CONTINUE)
                : rule);
      }
      Finding finding = new Finding(some.withRules(rules), packets(random, some));
      assertThat(compared.difference(finding)).as("seed %d", seed).isEmpty();
    }
  }

  @TestFactory
  Stream<DynamicTest> findings() throws IOException {
    List<Path> files;
    try (Stream<Path> list = Files.list(FINDINGS)) {
      files = list.sorted().toList();
    }
    assertThat(files).isNotEmpty();
    return files.stream()
        .map(file ->
            DynamicTest.dynamicTest(
                file.getFileName().toString(),
                () ->
                    assertThat(compared.difference(Finding.parse(Files.readString(file))))
                        .isEmpty()));
  }

  /** The hooks whose programs the kernel runs on request. */
  private static List<Hook> hooks() {
    List<Hook> hooks = new ArrayList<>();
    for (Hook hook : Hook.values()) {
      if (hook.flavor().seesPackets()) {
        hooks.add(hook);
      }
    }
    return hooks;
  }

  private void check(long seed, Hook hook) {
    SplittableRandom random = new SplittableRandom(seed);
    Chain chain = chain(random, hook);
    List<TestPacket> packets = packets(random, chain);
    if (!compared.difference(new Finding(chain, packets)).isEmpty()) {
      Chain small =
          Shrinking.shrink(chain, c -> !compared.difference(new Finding(c, packets)).isEmpty());
      fail("-Dagreement.seed=%d, %s", seed, compared.difference(new Finding(small, packets)));
    }
  }

  /** One of all that the language has, or one whose rules are mostly looked up. */
  private static Chain chain(SplittableRandom random, Hook hook) {
    if (random.nextInt(LONG) == 0) {
      return DenseChains.random(random, hook, LEAST_OF_LONG, MOST_OF_LONG);
    }
    return random.nextBoolean()
        ? DenseChains.random(random, hook, 1, MOST_RULES)
        : Chains.random(random, hook, false, 0, MOST_RULES);
  }

  /** Packets of which every other one is aimed at a rule. */
  private static List<TestPacket> packets(SplittableRandom random, Chain chain) {
    List<TestPacket> packets = new ArrayList<>();
    for (int i = 0; i < PACKETS; i += 2) {
      packets.add(TestPacket.forTestRun(random, chain));
      packets.add(TestPacket.forTestRun(random, chain.hook()));
    }
    return packets;
  }
}
