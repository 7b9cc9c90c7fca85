package dev.jbpfilter.loader;

import dev.jbpfilter.ruleset.Chain;
import java.util.List;

/**
 * A chain in the kernel, with its counters at one moment.
 *
 * @param chain its options say where it is attached; they are empty if it is only loaded
 * @param rules one for each rule, in order, whether or not the rule says {@code counter}
 * @param policy of the packets that no rule decided
 * @param errors of the packets that could not be parsed
 */
public record LoadedChain(Chain chain, List<Counter> rules, Counter policy, Counter errors) {

  /** Copies the list. */
  public LoadedChain {
    rules = List.copyOf(rules);
  }
}
