package dev.jbpfilter.cgen;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.FieldMatcher;
import dev.jbpfilter.ruleset.Matcher;
import dev.jbpfilter.ruleset.Protocol;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.SetMatcher;
import java.util.ArrayList;
import java.util.List;

/**
 * From a chain to a filter program: matchers become tests of fields, and what they imply about
 * protocols becomes tests of its own before them, which hold whether or not a matcher is negated.
 */
final class Analyser {
  private final Chain chain;
  private final SetTables sets;

  private Analyser(Chain chain, SetTables sets) {
    this.chain = chain;
    this.sets = sets;
  }

  /**
   * The program of a chain.
   *
   * @param sets where the chain's sets are
   */
  static FilterProgram analyse(Chain chain, SetTables sets) {
    return new Analyser(chain, sets).program();
  }

  private FilterProgram program() {
    ParseDepth depth = ParseDepth.NONE;
    List<FilterRule> rules = new ArrayList<>();
    for (Rule rule : chain.rules()) {
      if (!chain.isEnabled(rule)) {
        continue;
      }
      depth = depth.or(MatcherTests.depth(chain, rule));
      FilterRule compiled = rule(rule);
      if (compiled.hasEffect()) {
        rules.add(compiled);
      }
    }
    return new FilterProgram(
        chain.name(), chain.hook(), chain.policy(), depth, rules, chain.rules().size());
  }

  private FilterRule rule(Rule rule) {
    List<RuleTest> tests = new ArrayList<>();
    for (Protocol protocol : chain.protocols(rule)) {
      tests.add(MatcherTests.of(protocol));
    }
    for (Matcher matcher : rule.matchers()) {
      switch (matcher) {
        case FieldMatcher field -> tests.addAll(MatcherTests.of(field, chain.hook()));
        case SetMatcher(int set, boolean negated, var span) -> {
          // A rule that refers to an empty set positively is disabled; negated, it always holds.
          if (!sets.isEmpty(set)) {
            tests.add(sets.test(set, negated));
          }
        }
      }
    }
    return new FilterRule(
        rule.index(), tests, rule.mark(), rule.log(), rule.counter(), rule.verdict());
  }
}
