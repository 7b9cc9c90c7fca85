package dev.jbpfilter.cgen;

import dev.jbpfilter.ruleset.Log;
import dev.jbpfilter.ruleset.Policy;
import dev.jbpfilter.ruleset.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What a rule does that ends the chain.
 *
 * @param counted whether the match is counted
 * @param mark what the packet mark becomes; null if it stays
 */
record Ending(Verdict verdict, boolean counted, @Nullable Log log, @Nullable Long mark) {
  static Ending of(FilterRule rule) {
    return new Ending(rule.verdict(), rule.counter(), rule.log(), rule.mark());
  }

  static Ending of(Policy policy) {
    return counted(policy.verdict());
  }

  /** One that counts and does nothing else. */
  static Ending counted(Verdict verdict) {
    return new Ending(verdict, true, null, null);
  }

  /** What is left to do once the mark is set. */
  Ending withoutMark() {
    return new Ending(verdict, counted, log, null);
  }

  /** Whether anything is done before the verdict, apart from the mark. */
  boolean records() {
    return counted || log != null;
  }

  /** A label's name, as {@code log_and_count_and_DROP}; without the mark. */
  String label() {
    return (log == null ? "" : "log_and_")
        + (counted ? "count_and_" : log == null ? "just_" : "")
        + verdict.text().replace(' ', '_');
  }
}
