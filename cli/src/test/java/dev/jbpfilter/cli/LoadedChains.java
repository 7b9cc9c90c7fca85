package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.Counter;
import dev.jbpfilter.loader.LoadedChain;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.ParseResult;
import dev.jbpfilter.ruleset.RulesetParser;
import dev.jbpfilter.ruleset.Source;
import java.util.ArrayList;
import java.util.List;

/** Chains as the kernel has them. */
final class LoadedChains {
  static final Counter ZERO = new Counter(0, 0);
  static final InterfaceMap INTERFACES = InterfaceMap.parse("lo=1\neth0.1=2147483647");

  private LoadedChains() {}

  /** The chains of rules that are accepted. */
  static List<Chain> parse(String text) {
    ParseResult result = RulesetParser.parse(new Source("test", text), INTERFACES);
    assertThat(result.errors()).as(text).isEmpty();
    return result.ruleset().orElseThrow().chains();
  }

  /** The first chain of rules, having seen nothing. */
  static LoadedChain idle(String text) {
    return idle(parse(text).getFirst());
  }

  /** A chain that has seen nothing. */
  static LoadedChain idle(Chain chain) {
    List<Counter> zeros = new ArrayList<>();
    for (int i = 0; i < chain.rules().size(); i++) {
      zeros.add(ZERO);
    }
    return new LoadedChain(chain, zeros, ZERO, ZERO);
  }
}
