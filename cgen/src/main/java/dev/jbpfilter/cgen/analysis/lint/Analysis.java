package dev.jbpfilter.cgen.analysis.lint;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.Span;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the checks of one chain share, and what they find. */
final class Analysis {
  /** Boxes are looked at and cut so often. */
  private static final long MOST_WORK = 60_000_000;

  private final Chain chain;
  private final Shapes shapes;
  private final Budget budget = new Budget(MOST_WORK);
  private final Decisions decisions;
  private final Witnesses witnesses;
  private final List<Finding> findings = new ArrayList<>();

  /** Rules that never match. */
  private final BitSet dead = new BitSet();

  /** Rules without which the chain does the same. */
  private final BitSet redundant = new BitSet();

  /** Rules of which it is not known whether rules before them decide all that they match. */
  private int undecided;

  /** Rules of which it is not known whether the chain does the same without them. */
  private int unknownNeeds;

  Analysis(Chain chain) {
    this.chain = chain;
    shapes = new Shapes(chain);
    decisions = new Decisions(shapes, budget);
    witnesses = new Witnesses(shapes, decisions.points());
  }

  Chain chain() {
    return chain;
  }

  Shapes shapes() {
    return shapes;
  }

  Budget budget() {
    return budget;
  }

  Decisions decisions() {
    return decisions;
  }

  Witnesses witnesses() {
    return witnesses;
  }

  /** Remembers a rule that never matches. */
  void setDead(int rule) {
    dead.set(rule);
  }

  boolean isDead(int rule) {
    return dead.get(rule);
  }

  /** Remembers a rule without which the chain does the same. */
  void setRedundant(int rule) {
    redundant.set(rule);
  }

  /** Whether a rule is to go, for either reason. */
  boolean isToGo(int rule) {
    return dead.get(rule) || redundant.get(rule);
  }

  /** Remembers that it was too much work to tell whether a rule can match. */
  void addUndecided() {
    undecided++;
  }

  /** Remembers that it was too much work to tell whether a rule is needed. */
  void addUnknownNeed() {
    unknownNeeds++;
  }

  /** Whether it is the only rule that makes packets be parsed so far, among those that stay. */
  boolean deepens(RuleShape rule, BitSet gone) {
    for (RuleShape other : shapes.enabled()) {
      if (other.index() != rule.index()
          && !gone.get(other.index())
          && other.depth().compareTo(rule.depth()) >= 0) {
        return false;
      }
    }
    return true;
  }

  /** Begins a finding about a rule. */
  Draft about(FindingKind kind, Certainty certainty, Rule rule) {
    return new Draft(kind, certainty, List.of(rule.index()), rule.span());
  }

  /** Begins a finding about some rules, or none. */
  Draft about(FindingKind kind, Certainty certainty, List<Integer> rules, Span span) {
    return new Draft(kind, certainty, rules, span);
  }

  /** All that was found, by rule. */
  LintReport report() {
    findings.sort((one, other) -> Integer.compare(first(one), first(other)));
    List<String> unexamined = new ArrayList<>();
    if (undecided > 0) {
      unexamined.add(
          count(undecided)
              + " not examined for whether several rules before it decide all that it matches");
    }
    if (unknownNeeds > 0) {
      unexamined.add(
          count(unknownNeeds) + " not examined for whether the chain does the same without it");
    }
    return new LintReport(chain, findings, unexamined);
  }

  private static String count(int rules) {
    return rules == 1 ? "1 rule was" : rules + " rules were each";
  }

  private static int first(Finding finding) {
    return finding.rules().isEmpty() ? -1 : finding.rules().getFirst();
  }

  /** A finding whose parts are still collected. */
  final class Draft {
    private final FindingKind kind;
    private final Certainty certainty;
    private final List<Integer> rules;
    private final Span span;
    private List<Integer> others = List.of();
    private @Nullable String hint;
    private @Nullable String replacement;
    private @Nullable Witness witness;

    private Draft(FindingKind kind, Certainty certainty, List<Integer> rules, Span span) {
      this.kind = kind;
      this.certainty = certainty;
      this.rules = rules;
      this.span = span;
    }

    Draft because(List<Integer> causes) {
      others = causes;
      return this;
    }

    Draft hint(String text) {
      hint = text;
      return this;
    }

    Draft replacement(String text) {
      replacement = text;
      return this;
    }

    Draft shownBy(@Nullable Witness packet) {
      witness = packet;
      return this;
    }

    /** Ends the finding. */
    void say(String message) {
      findings.add(
          new Finding(kind, certainty, rules, others, span, message, hint, replacement, witness));
    }
  }
}
