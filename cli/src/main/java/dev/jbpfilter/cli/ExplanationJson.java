package dev.jbpfilter.cli;

import dev.jbpfilter.bytecode.JsonWriter;
import dev.jbpfilter.cgen.analysis.Explanation;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Matcher;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.Verdict;
import dev.jbpfilter.ruleset.packet.Evaluation;
import dev.jbpfilter.ruleset.packet.LogEntry;
import dev.jbpfilter.ruleset.packet.PacketDescription;
import dev.jbpfilter.ruleset.packet.Trace;
import java.util.List;
import java.util.Locale;

/** Explanations for programs; {@code doc/json.md} describes the document. */
final class ExplanationJson {
  private static final String FORMAT = "jbpfilter-explanation";
  private static final int VERSION = 1;

  private final JsonWriter json;
  private final RuleSource rules;

  /**
   * @param rules where the rules are from, which knows their places and the interfaces
   */
  ExplanationJson(Appendable out, RuleSource rules) {
    this.json = new JsonWriter(out);
    this.rules = rules;
  }

  void write(PacketDescription packet, List<ExplainedChain> chains) {
    json.object().member("format", FORMAT).member("version", VERSION);
    json.member("packet", packet.toString());
    json.name("chains").array();
    for (ExplainedChain explained : chains) {
      json.object().member("name", explained.chain().name());
      json.member("hook", explained.chain().hook().keyword());
      Explanation explanation = explained.explanation();
      if (explanation == null) {
        json.member("not_asked", explained.refusal());
      } else {
        explanation(explained.chain(), explanation);
      }
      json.end();
    }
    json.end();
    json.end().finish();
  }

  private void explanation(Chain chain, Explanation explanation) {
    Evaluation evaluation = explanation.trace().evaluation();
    verdict(evaluation.verdict());
    if (evaluation.malformed()) {
      json.member("decided_by", "error");
    } else if (evaluation.policyCounted()) {
      json.member("decided_by", "policy");
    } else {
      json.member("decided_by", "rule");
      json.member("rule", evaluation.matchedRules().getLast());
    }
    if (chain.hook().flavor().seesPackets()) {
      json.member("bytes", evaluation.size());
      json.member("mark", evaluation.mark());
    }
    indexes("counted", evaluation.countedRules());
    indexes("logged", evaluation.log().stream().map(LogEntry::rule).toList());
    json.name("rules").array();
    RuleLine line = new RuleLine(chain, rules.interfaces());
    for (Trace.Step step : explanation.trace().steps()) {
      step(chain.rules().get(step.rule()), step, line);
    }
    json.end();
    json.member("program_agrees", explanation.disagreement().isEmpty());
  }

  private void verdict(Verdict verdict) {
    switch (verdict) {
      case Verdict.Basic basic -> json.member("verdict", basic.name());
      case Verdict.Redirect(long ifindex, var direction) -> {
        json.member("verdict", "REDIRECT");
        json.name("redirect").flatObject().member("ifindex", ifindex);
        json.member("direction", direction.keyword()).end();
      }
    }
  }

  private void indexes(String name, List<Integer> indexes) {
    json.name(name).flatArray();
    for (int index : indexes) {
      json.value(index);
    }
    json.end();
  }

  private void step(Rule rule, Trace.Step step, RuleLine line) {
    json.flatObject().member("index", rule.index());
    String place = rules.place(rule.span());
    if (!place.isEmpty()) {
      json.member("place", place);
    }
    switch (step) {
      case Trace.Disabled(int index, var reason) ->
          json.member("result", "disabled").member("why", reason.text());
      case Trace.Matched(int index, boolean logged) ->
          json.member("result", "match").member("action", RuleLine.action(rule));
      case Trace.Missed missed -> {
        Matcher matcher = rule.matchers().get(missed.matcher());
        json.member("result", "no match").member("matcher", missed.matcher());
        json.member("text", line.matcher(matcher));
        if (missed.absent() == null) {
          json.name("packet_has").flatArray();
          for (String value : line.values(matcher, missed.actual())) {
            json.value(value);
          }
          json.end();
        } else {
          json.member("packet_lacks", missed.absent().name().toLowerCase(Locale.ROOT));
        }
      }
    }
    json.end();
  }
}
