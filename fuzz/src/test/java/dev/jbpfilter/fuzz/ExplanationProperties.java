package dev.jbpfilter.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.Compiler;
import dev.jbpfilter.cgen.analysis.Explanation;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.FieldMatcher;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Protocol;
import dev.jbpfilter.ruleset.RuleDraft;
import dev.jbpfilter.ruleset.packet.Environment;
import dev.jbpfilter.ruleset.packet.Evaluation;
import dev.jbpfilter.ruleset.packet.Evaluator;
import dev.jbpfilter.ruleset.packet.PacketDescription;
import dev.jbpfilter.ruleset.packet.PacketInput;
import dev.jbpfilter.ruleset.packet.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Explanations are true, and what describes packets describes them. */
class ExplanationProperties {
  private static final int PACKETS = 10;

  /** In nanoseconds; longer than any interval of a log. */
  private static final long NOW = 1L << 40;

  /** Two engines agree, steps are those of the evaluation, and the matcher named is at fault. */
  @Property(tries = 200, shrinking = ShrinkingMode.OFF)
  void explanationsAreTrue(@ForAll long seed, @ForAll Hook hook) {
    Assume.that(hook.flavor().seesPackets());
    SplittableRandom random = new SplittableRandom(seed);
    Chain chain = Chains.random(random, hook, true, 0, 20);
    CompiledChain compiled = Compiler.compile(chain);
    for (int i = 0; i < PACKETS; i++) {
      TestPacket packet = TestPacket.random(random, chain);
      Environment environment = Environment.fixed(packet.random(), NOW);
      PacketInput input = packet.input(hook);
      Explanation explanation = Explanation.of(compiled, input, environment);
      String where = "seed " + seed + "\n" + packet + "\n" + chain;
      assertThat(explanation.disagreement()).as(where).isEmpty();
      Trace trace = explanation.trace();
      assertThat(trace.evaluation())
          .as(where)
          .isEqualTo(Evaluator.of(chain, environment).evaluate(input));
      checkSteps(trace, chain, where);
      for (Trace.Step step : trace.steps()) {
        if (step instanceof Trace.Missed missed && !looksAtMark(chain, missed)) {
          checkMissed(missed, chain, input, environment, where);
        }
      }
    }
  }

  private static void checkSteps(Trace trace, Chain chain, String where) {
    Evaluation evaluation = trace.evaluation();
    List<Integer> matched = new ArrayList<>();
    for (int i = 0; i < trace.steps().size(); i++) {
      Trace.Step step = trace.steps().get(i);
      assertThat(step.rule()).as(where).isEqualTo(i);
      assertThat(step instanceof Trace.Disabled)
          .as(where)
          .isEqualTo(!chain.isEnabled(chain.rules().get(i)));
      if (step instanceof Trace.Matched) {
        matched.add(i);
      }
    }
    assertThat(matched).as(where).isEqualTo(evaluation.matchedRules());
    int steps =
        evaluation.malformed()
            ? 0
            : evaluation.policyCounted() ? chain.rules().size() : matched.getLast() + 1;
    assertThat(trace.steps()).as(where).hasSize(steps);
  }

  private static boolean looksAtMark(Chain chain, Trace.Missed missed) {
    return chain.rules().get(missed.rule()).matchers().get(missed.matcher())
            instanceof FieldMatcher field
        && field.type() == MatcherType.META_MARK;
  }

  /** The matcher by itself does not hold either. */
  private static void checkMissed(
      Trace.Missed missed, Chain chain, PacketInput input, Environment environment, String where) {
    RuleDraft rule = chain.drafts().get(missed.rule());
    RuleDraft alone =
        new RuleDraft(
            List.of(rule.criteria().get(missed.matcher())), null, true, null, rule.verdict());
    Evaluation evaluation =
        Evaluator.of(chain.withRules(List.of(alone)), environment).evaluate(input);
    assertThat(evaluation.matchedRules()).as(missed + "\n" + where).isEmpty();
  }

  /** The words that describe a packet can be read, and describe one with the same description. */
  @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
  void descriptionsAreOfPacketsThatHaveThem(@ForAll long seed, @ForAll Hook hook) {
    Assume.that(hook.flavor().seesPackets());
    PacketInput packet = TestPacket.random(new SplittableRandom(seed), hook).input(hook);
    Assume.that(
        packet.hasLinkHeader()
            || packet.etherType() == Protocol.IPV4.number()
            || packet.etherType() == Protocol.IPV6.number());
    PacketDescription described = PacketDescription.of(packet);
    PacketDescription read =
        PacketDescription.parse(described.toString(), InterfaceResolver.none());
    assertThat(read).hasToString(described.toString());
    PacketInput again = PacketInput.ofFrame(read.frame(), hook);
    assertThat(
            PacketDescription.of(
                again.withInterfaceIndex(packet.interfaceIndex()).withMark(packet.mark())))
        .as("seed %d", seed)
        .hasToString(described.toString());
  }
}
