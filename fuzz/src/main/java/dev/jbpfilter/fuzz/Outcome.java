package dev.jbpfilter.fuzz;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Verdict;
import dev.jbpfilter.ruleset.packet.Evaluation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What one run of an XDP program did.
 *
 * @param counters by how much each entry of the counter map grew
 */
public record Outcome(int returned, List<Count> counters) {

  /** What the reference evaluator says a run has to do. */
  public static Outcome expected(Chain chain, Evaluation evaluation) {
    int rules = chain.rules().size();
    List<Count> counters = new ArrayList<>(Collections.nCopies(rules + 2, Count.ZERO));
    Count hit = new Count(1, evaluation.size());
    for (int rule : evaluation.countedRules()) {
      counters.set(rule, hit);
    }
    if (evaluation.policyCounted()) {
      counters.set(rules, hit);
    }
    if (evaluation.malformed()) {
      counters.set(rules + 1, hit);
    }
    return new Outcome(code(evaluation.verdict()), counters);
  }

  private static int code(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Basic.ACCEPT, Verdict.Basic.NEXT -> 2;
      case Verdict.Basic.DROP -> 1;
      case Verdict.Basic.CONTINUE -> throw new IllegalArgumentException("no verdict");
      case Verdict.Redirect redirect -> throw new IllegalArgumentException(redirect.toString());
    };
  }
}
