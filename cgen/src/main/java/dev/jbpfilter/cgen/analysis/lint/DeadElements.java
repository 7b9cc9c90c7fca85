package dev.jbpfilter.cgen.analysis.lint;

import dev.jbpfilter.cgen.Spans;
import dev.jbpfilter.ruleset.FilterSet;
import dev.jbpfilter.ruleset.Matcher;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.SetMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Elements of sets by which a rule, which can match, never does. */
final class DeadElements {
  private final Analysis analysis;

  DeadElements(Analysis analysis) {
    this.analysis = analysis;
  }

  /** Checks the sets of a rule. */
  void check(RuleShape shape) {
    for (Matcher matcher : shape.rule().matchers()) {
      if (matcher instanceof SetMatcher reference && !reference.negated()) {
        SetShape set = analysis.shapes().set(reference.set());
        if (set != null) {
          check(shape, reference, set);
        }
      }
    }
  }

  private void check(RuleShape shape, SetMatcher reference, SetShape set) {
    TreeSet<Integer> deciders = new TreeSet<>();
    long[] covered = set.tuples() ? null : covered(shape, set, deciders);
    TreeSet<Integer> guilty = new TreeSet<>();
    List<Integer> dead = new ArrayList<>();
    boolean contradicts = false;
    @Nullable Box first = null;
    for (int i = 0; i < set.elements().size(); i++) {
      if (!analysis.budget().allows(1)) {
        analysis.addUndecided();
        return;
      }
      Box element = set.element(i);
      List<Box> parts = parts(shape, element);
      TreeSet<Integer> some = new TreeSet<>();
      boolean isDead =
          covered == null
              ? decided(shape, parts, some)
              : element != null && Spans.contains(covered, spans(element, set));
      if (parts.isEmpty() || isDead) {
        dead.add(i);
        contradicts |= parts.isEmpty();
        first = first == null && !parts.isEmpty() ? parts.getFirst() : first;
        guilty.addAll(parts.isEmpty() ? List.of() : covered == null ? some : deciders);
      }
    }
    if (!dead.isEmpty()) {
      say(shape.rule(), reference, dead, List.copyOf(guilty), contradicts, first);
    }
  }

  private static long[] spans(Box element, SetShape set) {
    long[] spans = element.in(set.dimension());
    return spans == null ? new long[0] : spans;
  }

  /** What the rule matches by an element. */
  private static List<Box> parts(RuleShape shape, @Nullable Box element) {
    List<Box> parts = new ArrayList<>();
    if (element != null) {
      for (Box box : shape.boxes()) {
        Box part = box.and(element);
        if (part != null) {
          parts.add(part);
        }
      }
    }
    return parts;
  }

  private boolean decided(RuleShape shape, List<Box> parts, Set<Integer> deciders) {
    for (Box part : parts) {
      int decider = analysis.decisions().firstCovering(part, shape.index());
      if (decider < 0) {
        return false;
      }
      deciders.add(decider);
    }
    return !parts.isEmpty();
  }

  /**
   * The numbers of a set that rules before decide whatever else a packet that the rule could match
   * has.
   */
  private long[] covered(RuleShape shape, SetShape set, Set<Integer> deciders) {
    long[] all = null;
    for (Box box : shape.boxes()) {
      List<BoxIndex.Entry> parts = analysis.decisions().parts(box, shape.index());
      if (parts == null) {
        analysis.addUndecided();
        return new long[0];
      }
      Box rest = box.without(set.dimension());
      SpanCollector spans = new SpanCollector(4);
      for (BoxIndex.Entry entry : parts) {
        long[] own = entry.box().in(set.dimension());
        if (own != null && entry.box().without(set.dimension()).covers(rest)) {
          for (int i = 0; i < own.length; i += 2) {
            spans.add(own[i], own[i + 1]);
          }
          deciders.add(entry.rule());
        }
      }
      long[] some = spans.toSpans();
      all = all == null ? some : Spans.intersection(all, some);
    }
    return all == null ? new long[0] : all;
  }

  private void say(
      Rule rule,
      SetMatcher reference,
      List<Integer> dead,
      List<Integer> deciders,
      boolean contradicts,
      @Nullable Box first) {
    FilterSet set = analysis.chain().set(reference);
    List<String> texts = new ArrayList<>();
    for (int element : dead) {
      texts.add("'" + RuleWriter.element(set.elements(), element) + "'");
    }
    String name =
        set.optionalName().map(n -> "set '" + n + "'").orElse("the set of rule " + rule.index());
    StringBuilder why = new StringBuilder();
    if (!deciders.isEmpty()) {
      why.append(Words.rules(deciders))
          .append(deciders.size() == 1 ? " decides" : " decide")
          .append(" those packets before");
    }
    if (contradicts) {
      why.append(why.isEmpty() ? "" : ", or ").append("another matcher of the rule excludes them");
    }
    analysis
        .about(FindingKind.DEAD_ELEMENTS, Certainty.IS, List.of(rule.index()), reference.span())
        .because(deciders)
        .hint("remove " + (dead.size() == 1 ? "it" : "them") + " if no other rule uses the set")
        .shownBy(
            first == null ? null : analysis.witnesses().decided(rule, List.of(first), deciders))
        .say(
            "rule "
                + rule.index()
                + " never matches by "
                + (dead.size() == 1 ? "element " : dead.size() + " elements ")
                + Words.list(texts)
                + " of "
                + name
                + ": "
                + why);
  }
}
