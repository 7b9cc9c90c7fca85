package dev.jbpfilter.cli;

import dev.jbpfilter.bytecode.JsonWriter;
import dev.jbpfilter.cgen.analysis.Count;
import dev.jbpfilter.cgen.analysis.Judgement;
import dev.jbpfilter.cgen.analysis.Totals;
import dev.jbpfilter.cgen.analysis.VerdictChanges;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What became of the packets of a capture, for programs; {@code doc/json.md} describes it. */
final class SimulationJson {
  private static final String FORMAT = "jbpfilter-simulation";
  private static final int VERSION = 1;

  private final JsonWriter json;
  private final RuleSource rules;

  /**
   * @param rules where the rules are from, which knows their places and the interfaces
   */
  SimulationJson(Appendable out, RuleSource rules) {
    this.json = new JsonWriter(out);
    this.rules = rules;
  }

  void write(String capture, long packets, List<SimulatedChain> chains) {
    json.object().member("format", FORMAT).member("version", VERSION);
    json.member("capture", capture).member("packets", packets);
    json.name("chains").array();
    for (SimulatedChain simulated : chains) {
      Chain chain = simulated.chain();
      json.object().member("name", chain.name()).member("hook", chain.hook().keyword());
      totals(chain, simulated.totals());
      if (simulated.isCompared()) {
        changes(chain, simulated.changes());
      }
      json.end();
    }
    json.end();
    json.end().finish();
  }

  private void totals(Chain chain, Totals totals) {
    json.name("verdicts").array();
    for (Map.Entry<Verdict, Count> entry : totals.verdicts().entrySet()) {
      json.flatObject().member("verdict", entry.getKey().text());
      count(entry.getValue());
      json.end();
    }
    json.end();
    named("policy", totals.policy());
    named("error", totals.error());
    named("cut", totals.cut());
    named("not_seen", totals.notSeen());
    named("unknown_link", totals.otherLink());
    json.name("rules").array();
    for (Rule rule : chain.rules()) {
      json.flatObject().member("index", rule.index());
      String place = rules.place(rule.span());
      if (!place.isEmpty()) {
        json.member("place", place);
      }
      count(totals.rules().get(rule.index()));
      if (rule.log() != null) {
        json.member("logged", totals.logged().get(rule.index()));
      }
      json.end();
    }
    json.end();
  }

  private void named(String name, Count count) {
    json.name(name).flatObject();
    count(count);
    json.end();
  }

  private void count(Count count) {
    json.member("packets", count.packets()).member("bytes", count.bytes());
  }

  private void changes(Chain chain, VerdictChanges changes) {
    json.name("changes").array();
    for (VerdictChanges.Group group : changes.groups()) {
      json.flatObject();
      count(group.count());
      judgement("before", group.before());
      judgement("after", group.after());
      json.member("example", group.example().number());
      json.member("packet", SimulationText.describe(group.example(), chain)).end();
    }
    json.end();
    json.member("not_compared", changes.unknown());
  }

  private void judgement(String name, Judgement judgement) {
    json.name(name).flatObject();
    Verdict verdict = judgement.verdict();
    if (verdict != null) {
      json.member("verdict", verdict.text());
    }
    json.member("decided_by", judgement.by().name().toLowerCase(Locale.ROOT));
    if (judgement.by() == Judgement.By.RULE) {
      json.member("rule", judgement.rule());
    }
    json.member("mark", judgement.mark()).end();
  }
}
