package dev.jbpfilter.cgen.analysis;

import dev.jbpfilter.ruleset.Verdict;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of the packets of a simulation. Bytes are counted as the chain's counters do; those
 * of packets that nobody decided about, as they were captured.
 *
 * @param verdicts by what became of them, in the order of the rules that can say so, then that of
 *     the policy
 * @param rules how many each rule matched
 * @param logged how many records each rule wrote
 * @param policy those that no rule decided about
 * @param error those that end within a header that the rules need; the policy decided about them
 * @param cut those of which too little was captured to tell
 * @param notSeen those that the hook does not see
 * @param otherLink those that begin with what is not known
 */
public record Totals(
    Map<Verdict, Count> verdicts,
    List<Count> rules,
    List<Long> logged,
    Count policy,
    Count error,
    Count cut,
    Count notSeen,
    Count otherLink) {

  public Totals {
    verdicts = Collections.unmodifiableMap(new LinkedHashMap<>(verdicts));
    rules = List.copyOf(rules);
    logged = List.copyOf(logged);
  }

  /** All packets. */
  public Count all() {
    Count all = cut.plus(notSeen).plus(otherLink);
    for (Count count : verdicts.values()) {
      all = all.plus(count);
    }
    return all;
  }
}
