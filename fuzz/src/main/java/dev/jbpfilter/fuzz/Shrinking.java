package dev.jbpfilter.fuzz;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Criterion;
import dev.jbpfilter.ruleset.RuleDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a chain that fails a test smaller, as long as it fails. */
public final class Shrinking {
  private Shrinking() {}

  /** A chain with fewer rules and matchers that still fails. */
  public static Chain shrink(Chain chain, Predicate<Chain> fails) {
    Chain small = chain;
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Chain candidate : smaller(small)) {
        if (fails.test(candidate)) {
          small = candidate;
          changed = true;
          break;
        }
      }
    }
    return small;
  }

  /** First without half of the rules, then without one of them, then without one matcher. */
  private static List<Chain> smaller(Chain chain) {
    List<RuleDraft> rules = chain.drafts();
    List<Chain> result = new ArrayList<>();
    int half = rules.size() / 2;
    if (half > 1) {
      result.add(chain.withRules(rules.subList(0, half)));
      result.add(chain.withRules(rules.subList(half, rules.size())));
    }
    for (int i = rules.size() - 1; i >= 0; i--) {
      List<RuleDraft> fewer = new ArrayList<>(rules);
      fewer.remove(i);
      result.add(chain.withRules(fewer));
    }
    for (int i = 0; i < rules.size(); i++) {
      RuleDraft rule = rules.get(i);
      for (int j = 0; j < rule.criteria().size() && rule.criteria().size() > 1; j++) {
        List<Criterion> criteria = new ArrayList<>(rule.criteria());
        criteria.remove(j);
        List<RuleDraft> simpler = new ArrayList<>(rules);
        simpler.set(
            i, new RuleDraft(criteria, rule.log(), rule.counter(), rule.mark(), rule.verdict()));
        result.add(chain.withRules(simpler));
      }
    }
    return result;
  }
}
