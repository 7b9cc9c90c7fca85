package dev.jbpfilter.cli;

import dev.jbpfilter.cgen.analysis.Explanation;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.FieldMatcher;
import dev.jbpfilter.ruleset.Matcher;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Protocol;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.packet.Evaluation;
import dev.jbpfilter.ruleset.packet.LogEntry;
import dev.jbpfilter.ruleset.packet.PacketDescription;
import dev.jbpfilter.ruleset.packet.Trace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Explanations for people. */
final class ExplanationText {
  private static final String STEP = "  ";

  private final Console console;
  private final RuleSource rules;
  private final StringBuilder out = new StringBuilder();

  /**
   * @param rules where the rules are from, which knows their places and the interfaces
   */
  ExplanationText(Console console, RuleSource rules) {
    this.console = console;
    this.rules = rules;
  }

  /**
   * @param packet in words
   * @param described what was said of it; null if it comes from a capture
   */
  void print(String packet, @Nullable PacketDescription described, List<ExplainedChain> chains) {
    out.append("packet: ").append(packet).append('\n');
    for (ExplainedChain explained : chains) {
      chain(explained, described);
    }
    console.out().append(out);
  }

  private void chain(ExplainedChain explained, @Nullable PacketDescription packet) {
    Chain chain = explained.chain();
    out.append('\n').append(ChainText.head(chain, rules.interfaces())).append('\n');
    Explanation explanation = explained.explanation();
    if (explanation == null) {
      out.append(STEP).append("not asked: ").append(explained.refusal()).append('\n');
      return;
    }
    RuleLine line = new RuleLine(chain, rules.interfaces());
    List<Row> rows = new ArrayList<>();
    for (Trace.Step step : explanation.trace().steps()) {
      rows.add(row(step, chain, line));
    }
    rows(rows);
    result(chain, explanation.trace(), packet);
  }

  /** A line about a rule. */
  private record Row(String name, String place, String result, boolean matches, String text) {}

  private Row row(Trace.Step step, Chain chain, RuleLine line) {
    Rule rule = chain.rules().get(step.rule());
    String name = "rule " + rule.index();
    String place = rules.place(rule.span());
    return switch (step) {
      case Trace.Disabled(int index, var reason) ->
          new Row(name, place, "disabled", false, reason.text());
      case Trace.Missed missed ->
          new Row(name, place, "no match", false, missed(missed, rule, line));
      case Trace.Matched matched -> new Row(name, place, "match", true, matched(matched, rule));
    };
  }

  private static String matched(Trace.Matched matched, Rule rule) {
    String limited = rule.log() != null && !matched.logged() ? " (not now)" : "";
    return RuleLine.action(rule) + limited;
  }

  /** The first matcher that does not hold, and what the packet has instead. */
  static String missed(Trace.Missed missed, Rule rule, RuleLine line) {
    Matcher matcher = rule.matchers().get(missed.matcher());
    return line.matcher(matcher) + ": " + instead(missed, matcher, line);
  }

  private static String instead(Trace.Missed missed, Matcher matcher, RuleLine line) {
    Protocol absent = missed.absent();
    if (absent != null) {
      return "the packet has no " + absent.name().replace('V', 'v') + " header";
    }
    if (missed.actual().isEmpty()) {
      return "the packet has none";
    }
    return "the packet has " + String.join(", ", line.values(matcher, missed.actual()));
  }

  private void rows(List<Row> rows) {
    int name = 0;
    int place = 0;
    int result = 0;
    for (Row row : rows) {
      name = Math.max(name, row.name().length());
      place = Math.max(place, row.place().length());
      result = Math.max(result, row.result().length());
    }
    for (Row row : rows) {
      out.append(STEP);
      column(row.name(), row.name(), name);
      column(row.place(), row.place(), place);
      String shown = row.matches() ? console.successColour(row.result()) : row.result();
      column(row.result(), shown, result);
      out.append(row.text()).append('\n');
    }
  }

  private void column(String text, String shown, int width) {
    if (width > 0) {
      out.append(shown).append(" ".repeat(width - text.length() + 2));
    }
  }

  private void result(Chain chain, Trace trace, @Nullable PacketDescription packet) {
    Evaluation evaluation = trace.evaluation();
    out.append(STEP).append("verdict: ");
    out.append(console.strong(evaluation.verdict().text())).append(", by ");
    if (evaluation.malformed()) {
      out.append("the policy: the packet ends within a header that the rules need;");
      out.append(" counted as an error\n");
    } else if (evaluation.policyCounted()) {
      out.append("the policy: no rule decides\n");
    } else {
      Rule rule = chain.rules().get(evaluation.matchedRules().getLast());
      String place = rules.place(rule.span());
      out.append("rule ").append(rule.index());
      out.append(place.isEmpty() ? "\n" : " (" + place + ")\n");
    }
    effects(evaluation);
    notes(chain, trace, packet);
  }

  private void effects(Evaluation evaluation) {
    if (!evaluation.countedRules().isEmpty()) {
      effect("counted", evaluation.countedRules());
    }
    List<Integer> logged = new ArrayList<>();
    for (LogEntry entry : evaluation.log()) {
      logged.add(entry.rule());
    }
    if (!logged.isEmpty()) {
      effect("logged", logged);
    }
    if (evaluation.mark() != 0) {
      out.append(STEP).append("mark: 0x").append(Long.toHexString(evaluation.mark()));
      out.append('\n');
    }
  }

  private void effect(String what, List<Integer> by) {
    out.append(STEP).append(what).append(": by rule ");
    for (int i = 0; i < by.size(); i++) {
      out.append(i == 0 ? "" : ", ").append(by.get(i));
    }
    out.append('\n');
  }

  /** What was not known of the packet, but looked at. */
  private void notes(Chain chain, Trace trace, @Nullable PacketDescription packet) {
    if (looksAt(MatcherType.META_PROBABILITY, chain, trace)) {
      if (packet == null) {
        note("the number drawn is taken to be 50 %");
      } else if (packet.random().isEmpty()) {
        note("the number drawn is taken to be 50 %; --random says another");
      }
    }
    if (looksAt(MatcherType.META_FLOW_HASH, chain, trace)) {
      if (packet == null) {
        note("the kernel's hash of the flow is not known, and has a stand-in");
      } else if (!packet.tellsFlowHash()) {
        note("the kernel's hash of the flow is taken to be 0x1; --flow-hash says another");
      }
    }
  }

  private void note(String text) {
    out.append(STEP).append("note: ").append(text).append('\n');
  }

  private static boolean looksAt(MatcherType type, Chain chain, Trace trace) {
    for (Trace.Step step : trace.steps()) {
      for (Matcher matcher : chain.rules().get(step.rule()).matchers()) {
        if (matcher instanceof FieldMatcher field && field.type() == type) {
          return true;
        }
      }
    }
    return false;
  }
}
