package dev.jbpfilter.cgen.analysis.lint;

import dev.jbpfilter.ruleset.Policy;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.Verdict;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Rules without which the chain does the same to every packet: to those that they match, a later
 * rule or the policy does, and nothing is counted, logged or marked less or more. The counter of
 * the policy, which nobody asked for, is not looked at.
 *
 * <p>Rules are looked at from the last to the first, and one is called redundant only for the sake
 * of rules that are neither redundant nor dead: so the chain does the same without all of those,
 * too. A dead rule is in the way as if it were not, since it may be dead only because of the rule
 * that is looked at.
 */
final class RedundantRules {
  private static final int MOST_LOOKS = 2048;
  private static final int SAMPLES = 3;

  private final Analysis analysis;
  private final List<RuleShape> shapes;
  private final BitSet gone = new BitSet();
  private final int end;
  private final BoxIndex acting;
  private final Points points;

  RedundantRules(Analysis analysis) {
    this.analysis = analysis;
    this.shapes = analysis.shapes().enabled();
    this.end = analysis.chain().rules().size();
    acting = new BoxIndex(analysis.shapes().space(), analysis.budget());
    points = new Points(analysis.shapes().space(), acting);
  }

  void check() {
    boolean worthwhile = false;
    for (RuleShape shape : shapes) {
      int index = shape.index();
      if (analysis.isDead(index)) {
        gone.set(index);
      }
      worthwhile |= !gone.get(index) && !shape.hasEffect();
      if (shape.hasEffect() || shape.rule().verdict().isTerminal()) {
        shape.boxes().forEach(box -> acting.add(index, box));
      }
    }
    if (!worthwhile) {
      return;
    }
    acting.build();
    for (RuleShape shape : shapes.reversed()) {
      if (!gone.get(shape.index()) && !shape.hasEffect()) {
        check(shape);
      }
    }
  }

  private void check(RuleShape shape) {
    Rule rule = shape.rule();
    if (!rule.verdict().isTerminal()) {
      say(shape, List.of(), "it does nothing: it neither decides nor counts, logs or marks", null);
      return;
    }
    TreeSet<Integer> instead = new TreeSet<>();
    boolean policy = false;
    for (Box box : shape.boxes()) {
      Coverage left = left(shape, box, instead);
      if (left == null) {
        return;
      }
      policy |= !left.isComplete();
    }
    if (policy && !isSame(analysis.chain().policy(), rule.verdict())) {
      return;
    }
    String who = instead.isEmpty() ? "" : Words.rules(List.copyOf(instead));
    String both = who + (who.isEmpty() || !policy ? "" : " or ") + (policy ? "the policy" : "");
    say(
        shape,
        List.copyOf(instead),
        both
            + (instead.size() > 1 && !policy ? " do" : " does")
            + " the same to every packet that it matches: "
            + rule.verdict().text(),
        analysis.witnesses().redundant(rule, shape.boxes()));
  }

  /** What of a box gets to the policy without a rule; null if something else may happen to it. */
  private @Nullable Coverage left(RuleShape shape, Box box, Set<Integer> instead) {
    int next = shape.index() + 1;
    Verdict verdict = shape.rule().verdict();
    for (int i = 0; i < SAMPLES; i++) {
      int first = acting.firstContaining(points.in(box, i), next, end);
      boolean differs =
          first < 0
              ? !isSame(analysis.chain().policy(), verdict)
              : !likewise(first, verdict) && !(gone.get(first) && !analysis.isDead(first));
      if (differs) {
        return null;
      }
    }
    List<BoxIndex.Entry> later = acting.intersecting(box, next, end, MOST_LOOKS);
    if (later == null) {
      analysis.addUnknownNeed();
      return null;
    }
    Coverage left = new Coverage(List.of(box), analysis.shapes().space(), analysis.budget());
    for (BoxIndex.Entry entry : later) {
      RuleShape other = analysis.shapes().rule(entry.rule());
      boolean isGone = gone.get(entry.rule());
      if (other == null || (isGone && !analysis.isDead(entry.rule()))) {
        continue;
      }
      if (!likewise(entry.rule(), verdict)) {
        if (left.touches(entry.box())) {
          return null;
        }
      } else if (!isGone && other.exact() && left.remove(entry.box())) {
        instead.add(entry.rule());
      }
    }
    if (left.isExceeded()) {
      analysis.addUnknownNeed();
      return null;
    }
    return left;
  }

  /** Whether a rule does nothing but end the chain with a verdict. */
  private boolean likewise(int rule, Verdict verdict) {
    RuleShape shape = analysis.shapes().rule(rule);
    return shape != null && !shape.hasEffect() && shape.rule().verdict().equals(verdict);
  }

  private static boolean isSame(Policy policy, Verdict verdict) {
    return policy.verdict().equals(verdict);
  }

  private void say(RuleShape shape, List<Integer> instead, String why, @Nullable Witness witness) {
    Rule rule = shape.rule();
    boolean deepens = analysis.deepens(shape, gone);
    if (!deepens) {
      gone.set(rule.index());
    }
    analysis.setRedundant(rule.index());
    analysis
        .about(FindingKind.REDUNDANT_RULE, deepens ? Certainty.MAY : Certainty.IS, rule)
        .because(instead)
        .shownBy(witness)
        .hint(
            deepens
                ? "it alone has packets parsed as far as "
                    + shape.depth().label()
                    + ": without it, packets cut off there are not malformed"
                : "remove it")
        .say(
            "rule "
                + rule.index()
                + (deepens ? " may change nothing: " : " changes nothing: ")
                + why);
  }
}
