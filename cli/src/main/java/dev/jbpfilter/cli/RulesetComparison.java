package dev.jbpfilter.cli;

import static dev.jbpfilter.cli.DiffText.BOTH;
import static dev.jbpfilter.cli.DiffText.FILE;
import static dev.jbpfilter.cli.DiffText.RUNNING;

import dev.jbpfilter.loader.RunningRuleset;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Flavor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Prints how the ruleset of a file differs from the one that runs. */
final class RulesetComparison {
  private RulesetComparison() {}

  /** Prints the differences to {@code text}: nothing if there are none. */
  static void print(RunningRuleset running, List<Chain> wanted, DiffText text) {
    Map<String, Chain> old = new LinkedHashMap<>();
    for (Chain chain : running.chains()) {
      old.put(chain.name(), chain);
    }
    for (String name : running.elsewhere()) {
      text.line(RUNNING, "chain ", name, " # attached in another network namespace");
    }
    for (Chain chain : wanted) {
      Chain before = old.remove(chain.name());
      if (before == null) {
        text.chain(FILE, chain);
      } else {
        new ChainComparison(text, before, chain).print();
      }
    }
    for (Chain chain : old.values()) {
      text.chain(RUNNING, chain);
    }
    for (String name : running.unreadable()) {
      text.line(RUNNING, "chain ", name, " # can't be read");
    }
    printOrders(running.chains(), wanted, text);
    text.pass();
  }

  /** Where chains share an interface, TC runs them in the order in which they were loaded. */
  private static void printOrders(List<Chain> running, List<Chain> wanted, DiffText text) {
    Map<String, List<String>> old = orders(running, text);
    orders(wanted, text)
        .forEach((point, names) -> {
          // Chains that come or go, here or altogether, were told already.
          List<String> before = old.getOrDefault(point, List.of());
          List<String> stayed = common(before, names);
          List<String> staying = common(names, before);
          if (!stayed.equals(staying)) {
            text.line(BOTH, "# order on ", point);
            text.line(RUNNING, "# ", String.join(" ", stayed));
            text.line(FILE, "# ", String.join(" ", staying));
          }
        });
  }

  /** The words of {@code names} that are in {@code others} as well. */
  private static List<String> common(List<String> names, List<String> others) {
    List<String> common = new ArrayList<>(names);
    common.retainAll(Set.copyOf(others));
    return common;
  }

  /** The chains at each point of TC, in order. */
  private static Map<String, List<String>> orders(List<Chain> chains, DiffText text) {
    Map<String, List<String>> orders = new LinkedHashMap<>();
    for (Chain chain : chains) {
      if (chain.hook().flavor() == Flavor.TC && !chain.options().isEmpty()) {
        orders.computeIfAbsent(text.point(chain), _p -> new ArrayList<>()).add(chain.name());
      }
    }
    return orders;
  }
}
