package dev.jbpfilter.cgen.analysis.lint;

import dev.jbpfilter.ruleset.FieldMatcher;
import dev.jbpfilter.ruleset.FilterSet;
import dev.jbpfilter.ruleset.Log;
import dev.jbpfilter.ruleset.Matcher;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Operator;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.SetElements;
import dev.jbpfilter.ruleset.SetElementsBuilder;
import dev.jbpfilter.ruleset.SetKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Runs of rules that differ in one value only, which a set could have. The rule that is suggested
 * is compared with the run: its box has the numbers of all of theirs and is the same otherwise.
 */
final class MergeableRules {
  private static final int FEWEST = 2;

  /** Rules that count or log tell by which of them: so few are left alone. */
  private static final int FEWEST_TELLING = 8;

  private static final int NONE = -1;

  private final Analysis analysis;
  private final List<Rule> rules;

  MergeableRules(Analysis analysis) {
    this.analysis = analysis;
    this.rules = analysis.chain().rules();
  }

  void check() {
    int start = 0;
    while (start < rules.size()) {
      int place = start + 1 < rules.size() ? difference(start, start + 1) : NONE;
      int end = start + 1;
      while (place != NONE && end < rules.size() && difference(start, end) == place) {
        end++;
      }
      if (place != NONE) {
        run(start, end, place);
      }
      // A rule that ends a run of one field may begin one of another.
      start = end;
    }
  }

  /** Which matcher of two rules differs, if it could be a set and all else is alike. */
  private int difference(int first, int second) {
    Rule one = rules.get(first);
    Rule other = rules.get(second);
    if (one.matchers().size() != other.matchers().size()
        || one.counter() != other.counter()
        || !Objects.equals(one.log(), other.log())
        || !Objects.equals(one.mark(), other.mark())
        || !one.verdict().equals(other.verdict())
        || analysis.isToGo(first)
        || analysis.isToGo(second)) {
      return NONE;
    }
    int place = NONE;
    for (int i = 0; i < one.matchers().size(); i++) {
      Matcher mine = one.matchers().get(i);
      Matcher theirs = other.matchers().get(i);
      if (mine.withoutSpans().equals(theirs.withoutSpans())) {
        continue;
      }
      if (place != NONE || !fitsSet(mine, theirs)) {
        return NONE;
      }
      place = i;
    }
    return place;
  }

  private static boolean fitsSet(Matcher one, Matcher other) {
    return one instanceof FieldMatcher mine
        && other instanceof FieldMatcher theirs
        && mine.type() == theirs.type()
        && isElement(mine)
        && isElement(theirs);
  }

  private static boolean isElement(FieldMatcher matcher) {
    // In a set, the next header is the byte in the IPv6 header; the matcher passes extensions.
    return matcher.type().isSetComponent()
        && matcher.type() != MatcherType.IP6_NEXTHDR
        && matcher.operator() == Operator.EQ
        && !matcher.negated()
        && !(matcher.payload() instanceof Payload.Range);
  }

  private void run(int start, int end, int place) {
    Rule first = rules.get(start);
    boolean telling = first.counter() || first.log() != null;
    Log log = first.log();
    boolean limited = log != null && log.intervalNanos() != 0;
    if (end - start < (telling ? FEWEST_TELLING : FEWEST) || limited) {
      return;
    }
    MatcherType type = ((FieldMatcher) first.matchers().get(place)).type();
    SetElementsBuilder builder = SetElements.builder(SetKey.of(type));
    List<Integer> run = new ArrayList<>();
    for (int i = start; i < end; i++) {
      builder.add(List.of(((FieldMatcher) rules.get(i).matchers().get(place)).payload()));
      run.add(i);
    }
    SetElements elements = builder.build();
    if (!isSame(run, elements)) {
      return;
    }
    String text = text(first, place, type, elements);
    analysis
        .about(
            FindingKind.MERGEABLE_RULES,
            telling ? Certainty.MAY : Certainty.IS,
            run,
            first.span().to(rules.get(end - 1).span()))
        .replacement(text)
        .hint(
            telling
                ? "one rule has one counter and one number in logs: merge them if that is enough"
                : "write one rule")
        .say(
            "rules "
                + start
                + (end - start == 2 ? " and " : " to ")
                + (end - 1)
                + (telling ? " may be" : " could be")
                + " one: they differ in "
                + type.keyword()
                + " only");
  }

  /** Whether the rule with the set does what the run does. */
  private boolean isSame(List<Integer> run, SetElements elements) {
    SetShape set = SetShape.of(new FilterSet(null, elements), analysis.shapes().space());
    SpanCollector numbers = new SpanCollector(run.size());
    Box rest = null;
    for (int i = 0; i < run.size(); i++) {
      RuleShape shape = analysis.shapes().rule(run.get(i));
      if (shape == null || shape.boxes().size() != 1) {
        return false;
      }
      // A packet that two elements match would take effect twice, unless the first one decides.
      boolean once =
          shape.decides() || (elements.size() == run.size() && !elements.key().isNetwork());
      Box box = shape.boxes().getFirst();
      if (set.tuples()) {
        Box element = elements.size() == run.size() ? set.element(i) : null;
        if (!once || element == null || !element.covers(box)) {
          return false;
        }
        continue;
      }
      long[] own = box.in(set.dimension());
      Box other = box.without(set.dimension());
      rest = rest == null ? other : rest;
      if (!once || own == null || !rest.covers(other) || !other.covers(rest)) {
        return false;
      }
      for (int j = 0; j < own.length; j += 2) {
        numbers.add(own[j], own[j + 1]);
      }
    }
    return set.tuples() || Arrays.equals(numbers.toSpans(), set.spans());
  }

  private String text(Rule first, int place, MatcherType type, SetElements elements) {
    StringBuilder out = new StringBuilder("rule");
    for (int i = 0; i < first.matchers().size(); i++) {
      out.append(' ');
      if (i == place) {
        out.append('(')
            .append(type.keyword())
            .append(") in ")
            .append(RuleWriter.elements(elements));
      } else {
        out.append(RuleWriter.of(analysis.chain(), first.matchers().get(i)));
      }
    }
    return out.append(RuleWriter.options(first)).toString();
  }
}
