package dev.jbpfilter.cgen.analysis;

import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.FilterRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the rules of a chain that can match end, for pictures of its plan. */
final class PlanEnds {
  private PlanEnds() {}

  /** {@code count, DROP: 18 rules} and so on, and last the policy. */
  static List<String> of(CompiledChain chain) {
    Map<String, Integer> ends = new LinkedHashMap<>();
    for (FilterRule rule : chain.filter().rules()) {
      ends.merge(text(rule), 1, Integer::sum);
    }
    List<String> texts = new ArrayList<>();
    ends.forEach((end, rules) -> texts.add(end + ": " + count(rules)));
    texts.add("count, " + chain.filter().policy() + ": policy");
    return texts;
  }

  /** {@code 1 rule}, {@code 2 rules}. */
  static String count(int rules) {
    return rules == 1 ? "1 rule" : rules + " rules";
  }

  private static String text(FilterRule rule) {
    return (rule.mark() == null ? "" : "mark, ")
        + (rule.log() == null ? "" : "log, ")
        + (rule.counter() ? "count, " : "")
        + rule.verdict().text();
  }
}
