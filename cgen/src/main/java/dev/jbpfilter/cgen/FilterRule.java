package dev.jbpfilter.cgen;

import dev.jbpfilter.ruleset.Verdict;
import java.util.List;

/**
 * One rule: if all tests hold, count the packet, then do what the verdict says.
 *
 * @param index position in the chain and in the counter map
 * @param tests in the order in which they are to be evaluated
 * @param counter whether matches are counted
 */
public record FilterRule(int index, List<FieldTest> tests, boolean counter, Verdict verdict) {
  /** Copies the list. */
  public FilterRule {
    tests = List.copyOf(tests);
  }

  /** The rule in one line. */
  String print() {
    StringBuilder out = new StringBuilder("rule ").append(index).append(':');
    String separator = " if ";
    for (FieldTest test : tests) {
      out.append(separator).append(test);
      separator = " and ";
    }
    out.append(tests.isEmpty() ? " " : " then ");
    if (counter) {
      out.append("count, ");
    }
    return out.append(verdict).toString();
  }

  /** Whether the rule counts and then lets the next rule decide. */
  boolean countsAndContinues() {
    return counter && !verdict.isTerminal();
  }
}
