package dev.jbpfilter.cgen;

import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.Log;
import dev.jbpfilter.ruleset.Policy;
import java.util.List;

/**
 * What a chain does, as tests of packet fields against sets of values: no registers, no offsets, no
 * context layout.
 *
 * <p>A packet that is cut off within {@link #depth} is counted as an error and gets the policy;
 * otherwise rules are tried in order, and the policy is counted and applied if none decides.
 *
 * @param depth how far packets are parsed; not at all on hooks that see socket calls
 * @param rules the rules that can match and do something, by ascending index
 * @param ruleCount number of rules of the chain, those that can never match included; the policy
 *     counter follows theirs, then the error counter
 */
public record FilterProgram(
    String chain,
    Hook hook,
    Policy policy,
    ParseDepth depth,
    List<FilterRule> rules,
    int ruleCount) {

  /**
   * @throws IllegalArgumentException if rules are out of order or beyond the count, or a test needs
   *     a packet parsed deeper than it is
   */
  public FilterProgram {
    rules = List.copyOf(rules);
    int last = -1;
    for (FilterRule rule : rules) {
      if (rule.index() <= last || rule.index() >= ruleCount) {
        throw new IllegalArgumentException("rule " + rule.index() + " after rule " + last);
      }
      last = rule.index();
      if (hook.flavor().seesPackets()) {
        requireParsed(rule, depth);
      }
    }
  }

  private static void requireParsed(FilterRule rule, ParseDepth depth) {
    for (RuleTest test : rule.tests()) {
      for (Field field : test.fields()) {
        if (!depth.includes(field.depth())) {
          throw new IllegalArgumentException(test + " in a program parsed to " + depth);
        }
      }
    }
  }

  /** The same with other rules. */
  FilterProgram withRules(List<FilterRule> others) {
    return new FilterProgram(chain, hook, policy, depth, others, ruleCount);
  }

  /** Whether a rule logs. */
  boolean logs() {
    for (FilterRule rule : rules) {
      if (rule.log() != null) {
        return true;
      }
    }
    return false;
  }

  /** Whether a rule logs at most once in some interval. */
  boolean limitsLogs() {
    for (FilterRule rule : rules) {
      Log log = rule.log();
      if (log != null && log.intervalNanos() != 0) {
        return true;
      }
    }
    return false;
  }

  /** Index of the policy counter. */
  public int policyCounter() {
    return ruleCount;
  }

  /** Index of the error counter. */
  public int errorCounter() {
    return ruleCount + 1;
  }

  /** The listing that {@code --dump ir} shows. */
  public String print() {
    StringBuilder out = new StringBuilder();
    out.append("filter ").append(chain).append(" on ").append(hook.keyword());
    out.append(", parsed to ").append(depth.label()).append('\n');
    for (FilterRule rule : rules) {
      out.append("  ").append(rule.print()).append('\n');
    }
    out.append("  policy: count, ").append(policy).append('\n');
    out.append("  malformed: count, ").append(policy).append('\n');
    return out.toString();
  }
}
