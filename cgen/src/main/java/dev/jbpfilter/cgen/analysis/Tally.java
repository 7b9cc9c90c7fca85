package dev.jbpfilter.cgen.analysis;

import dev.jbpfilter.cgen.analysis.Judgement.By;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what becomes of packets. */
final class Tally {
  private final Chain chain;
  private final long[] packets;
  private final long[] bytes;
  private final long[] logged;

  /** By {@link By}, in this order; what rules decided is in those of the rules as well. */
  private final long[] packetsBy = new long[By.values().length];

  private final long[] bytesBy = new long[packetsBy.length];

  Tally(Chain chain) {
    this.chain = chain;
    packets = new long[chain.rules().size()];
    bytes = new long[packets.length];
    logged = new long[packets.length];
  }

  /** A packet was judged. */
  void add(Judgement judgement, long size) {
    int by = index(judgement.by());
    packetsBy[by]++;
    bytesBy[by] += size;
  }

  private static int index(By by) {
    return switch (by) {
      case RULE -> 0;
      case POLICY -> 1;
      case ERROR -> 2;
      case CUT -> 3;
      case NOT_SEEN -> 4;
      case LINK_TYPE -> 5;
    };
  }

  /** A rule matched. */
  void match(int rule, long size) {
    packets[rule]++;
    bytes[rule] += size;
  }

  /** A rule logged. */
  void log(int rule) {
    logged[rule]++;
  }

  private Count by(By by) {
    return new Count(packetsBy[index(by)], bytesBy[index(by)]);
  }

  /** All so far. */
  Totals totals() {
    Map<Verdict, Count> verdicts = new LinkedHashMap<>();
    List<Count> rules = new ArrayList<>(packets.length);
    List<Long> records = new ArrayList<>(packets.length);
    for (Rule rule : chain.rules()) {
      Count count = new Count(packets[rule.index()], bytes[rule.index()]);
      rules.add(count);
      records.add(logged[rule.index()]);
      if (rule.verdict().isTerminal()) {
        verdicts.merge(rule.verdict(), count, Count::plus);
      }
    }
    Count policy = by(By.POLICY);
    Count error = by(By.ERROR);
    verdicts.merge(chain.policy().verdict(), policy.plus(error), Count::plus);
    return new Totals(
        verdicts, rules, records, policy, error, by(By.CUT), by(By.NOT_SEEN), by(By.LINK_TYPE));
  }
}
