package dev.jbpfilter.cgen.analysis.lint;

import dev.jbpfilter.ruleset.Log;
import dev.jbpfilter.ruleset.Rule;
import java.util.ArrayList;
import java.util.List;

/** Parts of sentences about rules. */
final class Words {
  private static final int MOST_NAMED = 8;
  private static final int LONGEST = 80;

  private Words() {}

  /** {@code rule 2}, {@code rules 2 and 5}, {@code rules 2, 5 and 7}. */
  static String rules(List<Integer> rules) {
    List<String> names = new ArrayList<>();
    for (int rule : rules) {
      names.add(Integer.toString(rule));
    }
    return (rules.size() == 1 ? "rule " : "rules ") + list(names);
  }

  /** A text of a length that fits into a message. */
  static String shorten(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  /** {@code a, b and c}; of many, the first, and how many others. */
  static String list(List<String> parts) {
    boolean many = parts.size() > MOST_NAMED + 1;
    StringBuilder out = new StringBuilder();
    int shown = many ? MOST_NAMED : parts.size();
    for (int i = 0; i < shown; i++) {
      boolean last = i == shown - 1 && !many;
      out.append(i == 0 ? "" : last ? " and " : ", ").append(parts.get(i));
    }
    if (many) {
      out.append(" and ").append(parts.size() - shown).append(" more");
    }
    return out.toString();
  }

  /** {@code counts, logs and marks}: what a rule does besides its verdict; empty for nothing. */
  static List<String> effects(Rule rule, String count, String logs, String marks) {
    List<String> effects = new ArrayList<>();
    if (rule.counter()) {
      effects.add(count);
    }
    Log log = rule.log();
    if (log != null) {
      effects.add(logs);
    }
    if (rule.mark() != null) {
      effects.add(marks);
    }
    return effects;
  }
}
