package dev.jbpfilter.cgen;

import dev.jbpfilter.ruleset.Log;
import dev.jbpfilter.ruleset.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule: if all tests hold, set the mark, log, count, then do what the verdict says.
 *
 * @param index position in the chain and in the counter map
 * @param tests in the order in which they are to be evaluated
 * @param mark what the packet mark becomes; null if it stays
 * @param log what is logged; null for nothing
 * @param counter whether matches are counted
 */
public record FilterRule(
    int index,
    List<RuleTest> tests,
    @Nullable Long mark,
    @Nullable Log log,
    boolean counter,
    Verdict verdict) {
  /** Copies the list. */
  public FilterRule {
    tests = List.copyOf(tests);
  }

  /** The same with other tests. */
  FilterRule withTests(List<RuleTest> others) {
    return new FilterRule(index, others, mark, log, counter, verdict);
  }

  /** The rule in one line. */
  String print() {
    StringBuilder out = new StringBuilder("rule ").append(index).append(':');
    String separator = " if ";
    for (RuleTest test : tests) {
      out.append(separator).append(test);
      separator = " and ";
    }
    out.append(tests.isEmpty() ? " " : " then ");
    if (mark != null) {
      out.append("mark 0x").append(Long.toHexString(mark)).append(", ");
    }
    if (log != null) {
      out.append(log.text()).append(", ");
    }
    if (counter) {
      out.append("count, ");
    }
    return out.append(verdict.text()).toString();
  }

  /** Whether some test looks at a field. */
  boolean reads(Field field) {
    for (RuleTest test : tests) {
      if (test.fields().contains(field)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the rule does anything if it matches. */
  boolean hasEffect() {
    return mark != null || log != null || counter || verdict.isTerminal();
  }

  /** Whether the rule logs or counts and then lets the next rule decide. */
  boolean recordsAndContinues() {
    return (counter || log != null) && !verdict.isTerminal();
  }
}
