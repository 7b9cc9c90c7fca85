package dev.jbpfilter.cgen;

import dev.jbpfilter.ruleset.Policy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The different ways in which rules that are dispatched to end the chain, and the numbers that say
 * which rule it is and how it ends: the rule's index, then the number of the ending in the lowest
 * bits. A smaller number is that of an earlier rule, so lookups need no other tables to find out
 * what is to be done.
 */
final class Endings {
  /** Each has a little code. */
  private static final int MOST = 1024;

  private final Map<Ending, Integer> numbers;
  private final int shift;

  private Endings(Map<Ending, Integer> numbers) {
    this.numbers = numbers;
    this.shift = Integer.SIZE - Integer.numberOfLeadingZeros(numbers.size() - 1);
  }

  /** The endings of some rules and of the policy. */
  static Endings of(List<FilterRule> rules, Policy policy) {
    Map<Ending, Integer> numbers = new LinkedHashMap<>();
    numbers.put(Ending.of(policy), 0);
    for (FilterRule rule : rules) {
      numbers.putIfAbsent(Ending.of(rule), numbers.size());
    }
    return new Endings(numbers);
  }

  /** Whether there are few enough for chains of so many rules. */
  boolean fit(int rules) {
    return numbers.size() <= MOST && (rules + 1L) << shift < Integer.MAX_VALUE;
  }

  /** In the order of their numbers. */
  List<Ending> list() {
    return new ArrayList<>(numbers.keySet());
  }

  /** Which bits of an outcome are the index, from which one on. */
  int shift() {
    return shift;
  }

  /** The least outcome of a rule of that index or a later one. */
  int from(int index) {
    return index << shift;
  }

  /** What lookups find if they find this rule. */
  int outcome(FilterRule rule) {
    Integer number = numbers.get(Ending.of(rule));
    if (number == null) {
      throw new IllegalArgumentException(rule.print());
    }
    return from(rule.index()) | number;
  }

  /** What they find if they find none. */
  int none(int policyCounter) {
    return from(policyCounter);
  }
}
