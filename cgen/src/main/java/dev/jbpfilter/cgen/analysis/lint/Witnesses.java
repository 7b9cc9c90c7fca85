package dev.jbpfilter.cgen.analysis.lint;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.FieldMatcher;
import dev.jbpfilter.ruleset.FilterSet;
import dev.jbpfilter.ruleset.HookOptions;
import dev.jbpfilter.ruleset.Matcher;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.RuleDraft;
import dev.jbpfilter.ruleset.SetMatcher;
import dev.jbpfilter.ruleset.Span;
import dev.jbpfilter.ruleset.packet.Environment;
import dev.jbpfilter.ruleset.packet.Evaluation;
import dev.jbpfilter.ruleset.packet.Evaluator;
import dev.jbpfilter.ruleset.packet.PacketDescription;
import dev.jbpfilter.ruleset.packet.PacketInput;
import dev.jbpfilter.ruleset.packet.SocketCall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds packets that show findings. Whatever the boxes say, the reference evaluator is asked: no
 * packet is shown with which it does not agree.
 */
final class Witnesses {
  private static final int TRIES = 8;

  /** The evaluator passes so many rules at most, and builds sets of so many elements. */
  private static final int MOST_RULES = 4_000_000;

  private static final int MOST_ELEMENTS = 1 << 16;

  /** What {@code meta.probability} draws: the largest number, which the least rules take. */
  private static final Environment ENVIRONMENT = Environment.fixed(-1, Long.MAX_VALUE);

  private final Shapes shapes;
  private final Points points;
  private final Chain chain;
  private final Budget budget = new Budget(MOST_RULES);
  private @Nullable Evaluator evaluator;

  Witnesses(Shapes shapes, Points points) {
    this.shapes = shapes;
    this.points = points;
    this.chain = shapes.chain();
    int elements = 0;
    for (FilterSet set : chain.sets()) {
      elements += set.elements().size();
    }
    if (elements > MOST_ELEMENTS) {
      budget.allows(MOST_RULES);
    }
  }

  /** A packet that a rule would match, but one of some rules before it decides. */
  @Nullable Witness decided(Rule rule, List<Box> boxes, List<Integer> before) {
    Evaluator alone = Evaluator.of(alone(rule), ENVIRONMENT);
    return find(
        boxes,
        evaluate -> {
          if (evaluate.apply(alone).matchedRules().isEmpty()) {
            return null;
          }
          Evaluation whole = evaluate.apply(whole());
          Integer last = decider(whole);
          return last == null || !before.contains(last)
              ? null
              : "rule " + last + " decides it before: " + whole.verdict().text();
        });
  }

  /** A packet that a rule decides, which a later rule, or the policy, would decide likewise. */
  @Nullable Witness redundant(Rule rule, List<Box> boxes) {
    if (!budget.allows(chain.rules().size())) {
      return null;
    }
    Evaluator without = Evaluator.of(without(rule), ENVIRONMENT);
    return find(
        boxes,
        evaluate -> {
          Evaluation whole = evaluate.apply(whole());
          Evaluation rest = evaluate.apply(without);
          Integer last = decider(whole);
          if (last == null
              || last != rule.index()
              || !rest.verdict().equals(whole.verdict())
              || rest.malformed()) {
            return null;
          }
          Integer next = decider(rest);
          String who = next == null ? "the policy" : "rule " + (next + 1);
          return "without rule "
              + rule.index()
              + ", "
              + who
              + " decides it likewise: "
              + rest.verdict().text();
        });
  }

  private static @Nullable Integer decider(Evaluation evaluation) {
    return evaluation.policyCounted() || evaluation.matchedRules().isEmpty()
        ? null
        : evaluation.matchedRules().getLast();
  }

  private Evaluator whole() {
    Evaluator known = evaluator;
    if (known == null) {
      known = Evaluator.of(chain, ENVIRONMENT);
      evaluator = known;
    }
    return known;
  }

  /** The chain of a rule alone, with the sets that it uses. */
  private Chain alone(Rule rule) {
    List<FilterSet> sets = new ArrayList<>();
    List<Matcher> matchers = new ArrayList<>();
    for (Matcher matcher : rule.matchers()) {
      switch (matcher) {
        case FieldMatcher field -> matchers.add(field);
        case SetMatcher reference -> {
          matchers.add(new SetMatcher(sets.size(), reference.negated()));
          sets.add(new FilterSet(null, chain.set(reference).elements()));
        }
      }
    }
    Rule only =
        new Rule(0, matchers, rule.log(), rule.counter(), rule.mark(), rule.verdict(), Span.NONE);
    return new Chain(
        chain.name(),
        chain.hook(),
        HookOptions.NONE,
        chain.policy(),
        sets,
        List.of(only),
        Span.NONE);
  }

  private Chain without(Rule rule) {
    List<RuleDraft> rules = chain.drafts();
    rules.remove(rule.index());
    return chain.withOptions(HookOptions.NONE).withRules(rules);
  }

  /**
   * A packet that a claim is true of.
   *
   * @param claim what becomes of a packet; null if it is not what is wanted
   */
  private @Nullable Witness find(
      List<Box> boxes, Function<Function<Evaluator, Evaluation>, @Nullable String> claim) {
    for (Box box : boxes) {
      for (int i = 0; i < TRIES; i++) {
        if (!budget.allows(chain.rules().size())) {
          return null;
        }
        PointPackets candidate =
            new PointPackets(shapes.space(), chain.hook(), box, points.in(box, i / 2), i % 2 == 0);
        Witness witness = witness(candidate, claim);
        if (witness != null) {
          return witness;
        }
      }
    }
    return null;
  }

  private @Nullable Witness witness(
      PointPackets candidate, Function<Function<Evaluator, Evaluation>, @Nullable String> claim) {
    PacketDescription words = candidate.words();
    if (words == null) {
      return null;
    }
    String outcome;
    if (chain.hook().flavor().seesPackets()) {
      PacketInput packet = words.packet(chain);
      outcome = claim.apply(evaluator -> evaluator.evaluate(packet));
    } else {
      SocketCall call = words.call(chain.hook());
      outcome = claim.apply(evaluator -> evaluator.evaluate(call));
    }
    return outcome == null ? null : new Witness(words, outcome);
  }
}
