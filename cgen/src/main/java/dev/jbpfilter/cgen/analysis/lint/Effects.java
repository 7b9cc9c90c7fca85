package dev.jbpfilter.cgen.analysis.lint;

import dev.jbpfilter.ruleset.FieldMatcher;
import dev.jbpfilter.ruleset.Log;
import dev.jbpfilter.ruleset.Matcher;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What rules count, log and mark in vain, or less of than it seems. */
final class Effects {
  /** No two packets are looked at in less time on one processor. */
  private static final long SHORTEST_INTERVAL = 1000;

  /** Marks of so many rules are followed. */
  private static final int MOST_MARKS = 256;

  private final Analysis analysis;
  private final List<RuleShape> shapes;

  Effects(Analysis analysis) {
    this.analysis = analysis;
    this.shapes = analysis.shapes().enabled();
  }

  void check() {
    int marks = 0;
    for (int place = 0; place < shapes.size(); place++) {
      RuleShape shape = shapes.get(place);
      Rule rule = shape.rule();
      if (analysis.isDead(rule.index())) {
        continue;
      }
      rate(rule);
      if (rule.verdict() == Verdict.Basic.DROP && rule.mark() != null) {
        analysis
            .about(FindingKind.LOST_MARK, Certainty.MAY, rule)
            .hint("leave the mark out")
            .say("rule " + rule.index() + " marks packets that it drops: nothing may see the mark");
      }
      if (!rule.verdict().isTerminal() && shape.hasEffect()) {
        hidden(shape);
        if (rule.mark() != null && marks++ < MOST_MARKS) {
          replaced(shape, place);
        }
      }
    }
  }

  private void rate(Rule rule) {
    Log log = rule.log();
    if (log != null
        && log.intervalNanos() != 0
        && Long.compareUnsigned(log.intervalNanos(), SHORTEST_INTERVAL) < 0) {
      analysis
          .about(FindingKind.IDLE_RATE_LIMIT, Certainty.MAY, rule)
          .hint("write a longer interval, such as 'every 1s', or none")
          .say(
              "rule "
                  + rule.index()
                  + " limits nothing: packets hardly come more often than '"
                  + log.text()
                  + "' allows");
    }
  }

  /** A rule that records what earlier ones decide a whole part of. */
  private void hidden(RuleShape shape) {
    TreeSet<Integer> deciders = new TreeSet<>();
    List<Box> decided = new ArrayList<>();
    for (Box box : shape.boxes()) {
      List<BoxIndex.Entry> parts = analysis.decisions().parts(box, shape.index());
      if (parts == null) {
        return;
      }
      for (BoxIndex.Entry entry : parts) {
        if (box.covers(entry.box())) {
          deciders.add(entry.rule());
          decided.add(entry.box());
        }
      }
    }
    if (deciders.isEmpty()) {
      return;
    }
    Rule rule = shape.rule();
    List<Integer> before = List.copyOf(deciders);
    List<String> effects = Words.effects(rule, "count", "log", "mark");
    analysis
        .about(FindingKind.HIDDEN_EFFECT, Certainty.MAY, rule)
        .because(before)
        .hint("move it before " + Words.rules(List.of(deciders.first())) + " if all are meant")
        .shownBy(analysis.witnesses().decided(rule, decided, before))
        .say(
            "rule "
                + rule.index()
                + " may "
                + Words.list(effects)
                + " less than is meant: "
                + Words.rules(before)
                + (before.size() == 1 ? " decides" : " decide")
                + " a part of what it matches before");
  }

  /** A mark that later rules replace for every packet, before anything reads it. */
  private void replaced(RuleShape shape, int place) {
    Coverage left = new Coverage(shape.boxes(), analysis.shapes().space(), analysis.budget());
    List<Integer> replacing = new ArrayList<>();
    for (int i = place + 1; i < shapes.size() && !left.isComplete(); i++) {
      RuleShape other = shapes.get(i);
      boolean sets = other.rule().mark() != null;
      boolean ends = other.rule().verdict().isTerminal();
      if (!sets && !ends && !readsMark(other.rule())) {
        continue;
      }
      for (Box box : other.boxes()) {
        if (readsMark(other.rule()) || (ends && !sets) || (sets && ends && !other.exact())) {
          if (left.touches(box)) {
            return;
          }
        } else if (other.exact() && left.remove(box)) {
          replacing.add(other.index());
        }
      }
    }
    if (left.isComplete()) {
      List<Integer> rules = List.copyOf(new TreeSet<>(replacing));
      analysis
          .about(FindingKind.LOST_MARK, Certainty.IS, shape.rule())
          .because(rules)
          .hint("leave the mark out, or move the rule behind")
          .say(
              "the mark of rule "
                  + shape.index()
                  + " is lost: "
                  + Words.rules(rules)
                  + (rules.size() == 1 ? " replaces" : " replace")
                  + " it before anything reads it");
    }
  }

  private static boolean readsMark(Rule rule) {
    for (Matcher matcher : rule.matchers()) {
      if (matcher instanceof FieldMatcher field && field.type() == MatcherType.META_MARK) {
        return true;
      }
    }
    return false;
  }
}
