package dev.jbpfilter.loader;

import dev.jbpfilter.loader.Installation.Observed;
import dev.jbpfilter.loader.kernel.LinkInfo;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.HookOptions;
import dev.jbpfilter.ruleset.HookOptions.Priorities;
import java.util.ArrayList;
import java.util.List;

/** A chain as it stands in the kernel, but for its counters. */
record Standing(Chain chain, int programId, List<LinkInfo> links) {

  Standing {
    links = List.copyOf(links);
  }

  static List<Standing> of(List<Observed> observed) {
    List<Standing> standing = new ArrayList<>();
    for (Observed chain : observed) {
      standing.add(new Standing(chain.listed().chain(), chain.programId(), chain.links()));
    }
    return standing;
  }

  static List<Chain> chains(List<Standing> standing) {
    return standing.stream().map(Standing::chain).toList();
  }

  /**
   * Whether chains are the same as before and run the same programs, if on other links, or at the
   * other of their priorities.
   */
  static boolean isRestored(List<Standing> now, List<Standing> before) {
    return sorted(chains(now)).equals(sorted(chains(before)))
        && programs(now).equals(programs(before));
  }

  /** Chains whose Netfilter priorities are in ascending order. */
  static List<Chain> sorted(List<Chain> chains) {
    List<Chain> sorted = new ArrayList<>();
    for (Chain chain : chains) {
      Priorities given = chain.options().priorities();
      sorted.add(
          given == null
              ? chain
              : chain.withOptions(
                  HookOptions.ofPriorities(
                      Math.min(given.active(), given.spare()),
                      Math.max(given.active(), given.spare()))));
    }
    return sorted;
  }

  private static List<Integer> programs(List<Standing> standing) {
    return standing.stream().map(Standing::programId).toList();
  }
}
