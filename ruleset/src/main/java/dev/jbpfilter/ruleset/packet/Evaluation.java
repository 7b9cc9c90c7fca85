package dev.jbpfilter.ruleset.packet;

import dev.jbpfilter.ruleset.Verdict;
import java.util.List;

/**
 * What a chain does with one packet.
 *
 * @param verdict what becomes of the packet; never CONTINUE
 * @param matchedRules the rules that matched, in order
 * @param countedRules those whose counter is bumped
 * @param policyCounted whether the policy counter is bumped: the packet reached the end of the
 *     chain
 * @param malformed whether the error counter is bumped: a header that the chain needs is cut off,
 *     no rule was evaluated, and the verdict is the policy
 * @param size what the packet adds to byte counters, in bytes
 * @param mark the packet mark afterwards
 * @param log the log entries, in order
 */
public record Evaluation(
    Verdict verdict,
    List<Integer> matchedRules,
    List<Integer> countedRules,
    boolean policyCounted,
    boolean malformed,
    long size,
    long mark,
    List<LogEntry> log) {

  public Evaluation {
    matchedRules = List.copyOf(matchedRules);
    countedRules = List.copyOf(countedRules);
    log = List.copyOf(log);
  }
}
