package dev.jbpfilter.loader;

import java.util.List;

/**
 * What an observer has seen.
 *
 * @param chains newest first
 * @param unreadable the names of chains that are not ours, or damaged; sorted
 */
public record Observation(List<ObservedChain> chains, List<String> unreadable) {

  /** Copies the lists. */
  public Observation {
    chains = List.copyOf(chains);
    unreadable = List.copyOf(unreadable);
  }
}
