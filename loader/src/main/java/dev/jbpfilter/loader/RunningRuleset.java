package dev.jbpfilter.loader;

import dev.jbpfilter.ruleset.Chain;
import java.util.List;

/**
 * All chains at one moment, as they are to be set to be again as they are.
 *
 * @param chains those that can be read: oldest first, but those of one TC point, among themselves,
 *     in the order in which they run
 * @param unreadable the names of those that are damaged or made by another tool
 * @param elsewhere the names of chains that are attached to an interface or to Netfilter in another
 *     network name space than the caller's: their options mean something else here, so that setting
 *     these chains would move them
 */
public record RunningRuleset(List<Chain> chains, List<String> unreadable, List<String> elsewhere) {

  /** Copies the lists. */
  public RunningRuleset {
    chains = List.copyOf(chains);
    unreadable = List.copyOf(unreadable);
    elsewhere = List.copyOf(elsewhere);
  }
}
