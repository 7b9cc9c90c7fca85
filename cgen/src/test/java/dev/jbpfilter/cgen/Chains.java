package dev.jbpfilter.cgen;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.RulesetParser;
import dev.jbpfilter.ruleset.Source;

/** Chains from text, for tests. */
final class Chains {
  private Chains() {}

  static Chain parse(String text) {
    return RulesetParser.parse(new Source("test", text), InterfaceResolver.none())
        .ruleset()
        .orElseThrow()
        .chains()
        .getFirst();
  }
}
