package dev.jbpfilter.cgen.analysis.lint;

import dev.jbpfilter.ruleset.DisabledReason;
import dev.jbpfilter.ruleset.Matcher;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.Span;
import dev.jbpfilter.ruleset.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules that never match: disabled, contradictory, or behind rules that decide all before. */
final class DeadRules {
  private final Analysis analysis;
  private final Map<Twin, Integer> twins = new HashMap<>();
  private final DeadElements elements;
  private final Depths depths;

  DeadRules(Analysis analysis) {
    this.analysis = analysis;
    this.elements = new DeadElements(analysis);
    this.depths = new Depths(analysis.shapes().enabled());
  }

  /** What makes rules alike: all but their place. */
  private record Twin(
      Set<Matcher> matchers,
      @Nullable Object log,
      boolean counter,
      @Nullable Long mark,
      Verdict verdict) {
    static Twin of(Rule rule) {
      Set<Matcher> matchers = new HashSet<>();
      for (Matcher matcher : rule.matchers()) {
        matchers.add(matcher.withoutSpans());
      }
      return new Twin(matchers, rule.log(), rule.counter(), rule.mark(), rule.verdict());
    }
  }

  void check() {
    for (Rule rule : analysis.chain().rules()) {
      Optional<DisabledReason> disabled = analysis.chain().disabledReason(rule);
      RuleShape shape = analysis.shapes().rule(rule.index());
      if (disabled.isPresent() || shape == null) {
        disabled.ifPresent(reason -> disabled(rule, reason));
      } else if (shape.boxes().isEmpty()) {
        contradiction(rule);
      } else {
        check(rule, shape);
      }
    }
  }

  private void disabled(Rule rule, DisabledReason reason) {
    analysis.setDead(rule.index());
    String why =
        switch (reason) {
          case EMPTY_SET -> "it needs membership in an empty set";
          case INCOMPATIBLE_LAYERS -> "it needs two protocols of one layer at once";
        };
    analysis
        .about(FindingKind.DISABLED_RULE, Certainty.IS, rule)
        .hint(
            switch (reason) {
              case EMPTY_SET -> "fill the set, or remove the rule";
              case INCOMPATIBLE_LAYERS -> "write a rule for each protocol";
            })
        .say("rule " + rule.index() + " never matches: " + why + lost(rule));
  }

  private void contradiction(Rule rule) {
    analysis.setDead(rule.index());
    List<Matcher> guilty = guilty(rule);
    List<String> names = new ArrayList<>();
    Span span = guilty.getFirst().span();
    for (Matcher matcher : guilty) {
      names.add("'" + Words.shorten(RuleWriter.of(analysis.chain(), matcher)) + "'");
      span = span.to(matcher.span());
    }
    String what =
        guilty.size() == 1
            ? names.getFirst() + " holds for no packet here"
            : Words.list(names) + " contradict each other";
    analysis
        .about(FindingKind.CONTRADICTION, Certainty.IS, List.of(rule.index()), span)
        .hint(
            guilty.size() == 1
                ? "correct the matcher, or remove the rule"
                : "matchers of a rule must all hold: write a rule for each, or remove the rule")
        .say("rule " + rule.index() + " never matches: " + what + lost(rule));
  }

  /** The one matcher that never holds, two that contradict each other, or all. */
  private List<Matcher> guilty(Rule rule) {
    List<Matcher> matchers = rule.matchers();
    for (Matcher matcher : matchers) {
      if (isEmpty(rule, List.of(matcher))) {
        return List.of(matcher);
      }
    }
    for (int i = 0; i < matchers.size(); i++) {
      for (int j = i + 1; j < matchers.size(); j++) {
        List<Matcher> two = List.of(matchers.get(i), matchers.get(j));
        if (isEmpty(rule, two)) {
          return two;
        }
      }
    }
    return matchers;
  }

  private boolean isEmpty(Rule rule, List<Matcher> matchers) {
    return analysis.shapes().shape(rule, matchers).boxes().isEmpty();
  }

  private void check(Rule rule, RuleShape shape) {
    Twin key = Twin.of(rule);
    Integer twin = twins.putIfAbsent(key, rule.index());
    switch (analysis.decisions().before(rule.index(), shape.boxes())) {
      case Fate.Decided(List<Integer> deciders) -> shadowed(shape, deciders, twin);
      case Fate.Open open -> {
        duplicate(rule, twin);
        elements.check(shape);
      }
      case Fate.Unknown unknown -> {
        analysis.addUndecided();
        duplicate(rule, twin);
        elements.check(shape);
      }
    }
  }

  private void shadowed(RuleShape shape, List<Integer> deciders, @Nullable Integer twin) {
    Rule rule = shape.rule();
    boolean same = twin != null && deciders.equals(List.of(twin));
    String how =
        same
            ? "rule " + twin + " is the same and decides before"
            : Words.rules(deciders)
                + (deciders.size() == 1 ? " decides" : " together decide")
                + " every packet that it could match"
                + verdicts(rule, deciders);
    boolean deepens = depths.dependOn(shape);
    Witness witness = analysis.witnesses().decided(rule, shape.boxes(), deciders);
    analysis.setDead(rule.index());
    analysis
        .about(same ? FindingKind.DUPLICATE_RULE : FindingKind.SHADOWED_RULE, Certainty.IS, rule)
        .because(deciders)
        .shownBy(witness)
        .hint(
            (same ? "remove one of them" : "remove it, or move it before " + Words.rules(deciders))
                + (deepens
                    ? "; it alone has packets parsed as far as "
                        + shape.depth().label()
                        + ": without it, packets cut off there are not malformed"
                    : ""))
        .say("rule " + rule.index() + " never matches: " + how + lost(rule));
  }

  /** What is done instead, if it is something else. */
  private String verdicts(Rule rule, List<Integer> deciders) {
    Set<String> verdicts = new HashSet<>();
    for (int decider : deciders) {
      verdicts.add(analysis.chain().rules().get(decider).verdict().text());
    }
    String only = verdicts.size() == 1 ? verdicts.iterator().next() : "";
    return only.isEmpty() || only.equals(rule.verdict().text()) ? "" : ": " + only;
  }

  private void duplicate(Rule rule, @Nullable Integer twin) {
    if (twin != null) {
      analysis
          .about(FindingKind.DUPLICATE_RULE, Certainty.MAY, rule)
          .because(List.of(twin))
          .hint("remove one of them")
          .say("rule " + rule.index() + " is the same as rule " + twin + ", and both take effect");
    }
  }

  private static String lost(Rule rule) {
    List<String> effects = Words.effects(rule, "counts", "logs", "marks");
    return effects.isEmpty() ? "" : "; it " + Words.list(effects) + " nothing";
  }
}
