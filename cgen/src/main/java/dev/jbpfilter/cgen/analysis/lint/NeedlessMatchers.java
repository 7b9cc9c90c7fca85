package dev.jbpfilter.cgen.analysis.lint;

import dev.jbpfilter.ruleset.FieldMatcher;
import dev.jbpfilter.ruleset.Matcher;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.SetMatcher;
import java.util.ArrayList;
import java.util.List;

/** Matchers that the others of their rule imply, and those that hold or fail too rarely. */
final class NeedlessMatchers {
  private final Analysis analysis;

  NeedlessMatchers(Analysis analysis) {
    this.analysis = analysis;
  }

  void check() {
    for (RuleShape shape : analysis.shapes().enabled()) {
      if (!analysis.isToGo(shape.index())) {
        rare(shape.rule());
        needless(shape.rule());
      }
    }
  }

  private void rare(Rule rule) {
    for (Matcher matcher : rule.matchers()) {
      if (matcher instanceof FieldMatcher field
          && (field.type() == MatcherType.META_PROBABILITY
              || field.type() == MatcherType.META_FLOW_PROBABILITY)
          && field.payload() instanceof Payload.Percentage percentage
          && percentage.threshold() == 0) {
        String what = field.type() == MatcherType.META_PROBABILITY ? "packets" : "flows";
        analysis
            .about(FindingKind.RARE_MATCH, Certainty.MAY, List.of(rule.index()), matcher.span())
            .hint(
                matcher.negated()
                    ? "leave the matcher out"
                    : "remove the rule, or write the percentage that is meant")
            .say(
                "rule "
                    + rule.index()
                    + (matcher.negated()
                        ? " may as well do without '"
                        : " may as well not be there: of four billion " + what + ", one passes '")
                    + RuleWriter.of(analysis.chain(), matcher)
                    + (matcher.negated()
                        ? "', which one of four billion " + what + " fails"
                        : "'"));
      }
    }
  }

  /** From the last matcher to the first, so that of two that imply each other one stays. */
  private void needless(Rule rule) {
    List<Matcher> left = new ArrayList<>(rule.matchers());
    for (int i = left.size() - 1; i >= 0; i--) {
      Matcher matcher = left.get(i);
      List<Matcher> others = new ArrayList<>(left);
      others.remove(i);
      if (!others.isEmpty() && isImplied(rule, matcher, others)) {
        say(rule, matcher);
        left = others;
      } else if (isInverseOfNothing(matcher)) {
        empty(rule, matcher);
      }
    }
  }

  private boolean isInverseOfNothing(Matcher matcher) {
    return matcher instanceof SetMatcher reference
        && analysis.chain().set(reference).isEmpty()
        && reference.negated();
  }

  private boolean isImplied(Rule rule, Matcher matcher, List<Matcher> others) {
    RuleShape alone = analysis.shapes().shape(rule, List.of(matcher));
    if (!alone.exact()) {
      return false;
    }
    for (Box box : analysis.shapes().shape(rule, others).boxes()) {
      boolean covered = false;
      for (Box holds : alone.boxes()) {
        covered |= holds.covers(box);
      }
      if (!covered) {
        return false;
      }
    }
    return true;
  }

  private void say(Rule rule, Matcher matcher) {
    analysis
        .about(FindingKind.NEEDLESS_MATCHER, Certainty.IS, List.of(rule.index()), matcher.span())
        .hint("leave it out, unless it helps to read the rule")
        .say(
            "in rule "
                + rule.index()
                + ", '"
                + Words.shorten(RuleWriter.of(analysis.chain(), matcher))
                + "' excludes nothing: it holds whenever the other "
                + (rule.matchers().size() > 2 ? "matchers do" : "matcher does"));
  }

  private void empty(Rule rule, Matcher matcher) {
    analysis
        .about(FindingKind.NEEDLESS_MATCHER, Certainty.MAY, List.of(rule.index()), matcher.span())
        .hint("fill the set, or leave the matcher out")
        .say(
            "in rule "
                + rule.index()
                + ", '"
                + RuleWriter.of(analysis.chain(), matcher)
                + "' may exclude nothing that is meant: the set is empty, so it holds for every"
                + " packet with those headers");
  }
}
