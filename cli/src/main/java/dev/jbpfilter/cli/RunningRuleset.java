package dev.jbpfilter.cli;

import dev.jbpfilter.loader.Event;
import dev.jbpfilter.ruleset.Chain;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The chains of the kernel as a ruleset.
 *
 * @param chains in the order in which they have to be loaded to be the same
 * @param unreadable the names of those that are damaged or made by another tool
 * @param elsewhere the names of those that are attached in another network namespace
 */
record RunningRuleset(List<Chain> chains, List<String> unreadable, List<String> elsewhere) {

  RunningRuleset {
    chains = List.copyOf(chains);
    unreadable = List.copyOf(unreadable);
    elsewhere = List.copyOf(elsewhere);
  }

  /**
   * Reads them, with a warning for each that can't be read.
   *
   * @param failure begins the last line when that fails
   * @throws CommandException if it fails
   */
  static RunningRuleset read(Session session, String failure) {
    List<Chain> chains = new ArrayList<>();
    List<String> elsewhere = new ArrayList<>();
    // A warning about a chain that was read is no reason to do without it.
    Set<String> warned = new LinkedHashSet<>();
    session.console().beginWork("reading chains");
    try {
      KernelAccess.run(
          session,
          failure,
          event -> {
            if (event.level() == Event.Level.WARNING && event.chain() != null) {
              warned.add(event.chain());
            }
          },
          bpfilter -> {
            chains.addAll(bpfilter.ruleset().chains());
            elsewhere.addAll(bpfilter.attachedElsewhere());
          });
    } finally {
      session.console().endWork();
    }
    for (Chain chain : chains) {
      warned.remove(chain.name());
    }
    return new RunningRuleset(chains, List.copyOf(warned), elsewhere);
  }
}
