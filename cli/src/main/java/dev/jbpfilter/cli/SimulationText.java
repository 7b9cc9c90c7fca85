package dev.jbpfilter.cli;

import dev.jbpfilter.cgen.analysis.Count;
import dev.jbpfilter.cgen.analysis.Judgement;
import dev.jbpfilter.cgen.analysis.Totals;
import dev.jbpfilter.cgen.analysis.VerdictChanges;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.Verdict;
import dev.jbpfilter.ruleset.packet.PacketDescription;
import dev.jbpfilter.ruleset.packet.capture.CapturedPacket;
import dev.jbpfilter.ruleset.packet.capture.HookView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What became of the packets of a capture, for people. */
final class SimulationText {
  private static final String STEP = "  ";

  private final Console console;
  private final RuleSource rules;
  private final StringBuilder out = new StringBuilder();

  /**
   * @param rules where the rules are from, which knows their places and the interfaces
   */
  SimulationText(Console console, RuleSource rules) {
    this.console = console;
    this.rules = rules;
  }

  /** A line about some packets. */
  private record Row(String what, Count count, String text) {}

  void print(String capture, long packets, String other, List<SimulatedChain> chains) {
    out.append("capture: ").append(capture).append(", ").append(packets(packets)).append('\n');
    for (SimulatedChain simulated : chains) {
      Chain chain = simulated.chain();
      out.append('\n').append(ChainText.head(chain, rules.interfaces())).append('\n');
      totals(chain, simulated.totals());
      if (simulated.isCompared()) {
        changes(chain, other, simulated.changes());
      }
    }
    console.out().append(out);
  }

  private void totals(Chain chain, Totals totals) {
    List<Row> rows = new ArrayList<>();
    for (Map.Entry<Verdict, Count> entry : totals.verdicts().entrySet()) {
      rows.add(new Row(entry.getKey().text(), entry.getValue(), ""));
    }
    addUnless(rows, "not judged", totals.cut(), "too little of them was captured");
    addUnless(rows, "not judged", totals.otherLink(), "of a link type that is not known");
    addUnless(rows, "not seen", totals.notSeen(), "the hook does not see such packets");
    RuleLine line = new RuleLine(chain, rules.interfaces());
    for (Rule rule : chain.rules()) {
      Count count = totals.rules().get(rule.index());
      rows.add(new Row("rule " + rule.index(), count, line.text(rule)));
    }
    rows.add(new Row("policy", totals.policy(), "no rule decides"));
    addUnless(rows, "error", totals.error(), "ends within a header that the rules need");
    print(rows);
  }

  private static void addUnless(List<Row> rows, String what, Count count, String text) {
    if (count.packets() > 0) {
      rows.add(new Row(what, count, text));
    }
  }

  private void print(List<Row> rows) {
    int what = 0;
    int packets = 0;
    int bytes = 0;
    for (Row row : rows) {
      what = Math.max(what, row.what().length());
      packets = Math.max(packets, Long.toString(row.count().packets()).length());
      bytes = Math.max(bytes, Long.toString(row.count().bytes()).length());
    }
    for (Row row : rows) {
      out.append(STEP).append(row.what()).append(" ".repeat(what - row.what().length() + 2));
      number(row.count().packets(), packets);
      out.append(row.count().packets() == 1 ? " packet   " : " packets  ");
      number(row.count().bytes(), bytes);
      out.append(" bytes");
      out.append(row.text().isEmpty() ? "" : "  " + row.text()).append('\n');
    }
  }

  private void number(long number, int width) {
    String digits = Long.toString(number);
    out.append(" ".repeat(width - digits.length())).append(digits);
  }

  private void changes(Chain chain, String other, VerdictChanges changes) {
    out.append(STEP).append("by ").append(other).append(" instead, ");
    List<VerdictChanges.Group> groups = changes.groups();
    if (groups.isEmpty()) {
      out.append("the same becomes of all packets\n");
    } else {
      out.append("something else becomes of\n");
    }
    for (VerdictChanges.Group group : groups) {
      out.append(STEP).append(STEP).append(packets(group.count().packets())).append(": ");
      out.append(decision(group.before())).append(" becomes ").append(decision(group.after()));
      out.append("\n      such as packet ").append(group.example().number()).append(": ");
      out.append(describe(group.example(), chain)).append('\n');
    }
    if (changes.unknown() > 0) {
      out.append(STEP).append(packets(changes.unknown()));
      out.append(" can't be compared: too little of them was captured\n");
    }
  }

  private static String packets(long count) {
    return count == 1 ? "1 packet" : count + " packets";
  }

  /** What a chain does, who decides, and the mark. */
  static String decision(Judgement judgement) {
    Verdict verdict = judgement.verdict();
    if (verdict == null) {
      return "not judged";
    }
    String by =
        switch (judgement.by()) {
          case RULE -> "rule " + judgement.rule();
          case ERROR -> "error";
          default -> "policy";
        };
    String mark = judgement.mark() == 0 ? "" : " mark 0x" + Long.toHexString(judgement.mark());
    return verdict.text() + " by " + by + mark;
  }

  /** A packet in words, as a chain sees it. */
  static String describe(CapturedPacket packet, Chain chain) {
    return HookView.of(packet, chain.hook()) instanceof HookView.Seen seen
        ? PacketDescription.of(seen.input()).toString()
        : "not seen";
  }
}
