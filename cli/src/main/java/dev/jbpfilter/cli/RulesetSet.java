package dev.jbpfilter.cli;

import dev.jbpfilter.ruleset.Chain;
import java.util.List;

/** {@code ruleset set}. */
final class RulesetSet extends RuleCommand {
  RulesetSet() {
    super(
        "ruleset set",
        "Replaces all chains by those of the rules; attaches those that say where.",
        List.of(Option.CONFIRM));
  }

  @Override
  List<String> details() {
    return List.of(
        "Loads every chain of the rules, attaches those that have hook options, and removes all"
            + " other chains. A hook that is filtered before and after is never open in between."
            + " If one chain can't be loaded or attached, everything stays as it was.");
  }

  @Override
  List<Example> examples() {
    return List.of(
        new Example(
            "Make the chains of a file all there is", "bfcli ruleset set --from-file web.rules"),
        new Example(
            "Check a file before that; nothing is loaded, and no privilege is needed",
            "bfcli ruleset set --from-file web.rules --dry-run"),
        new Example(
            "Try them for a minute, in case that they lock you out",
            "bfcli ruleset set --from-file web.rules --confirm 60"),
        new Example(
            "Read the rules from a pipe, and show the programs that they become",
            "cat web.rules | bfcli ruleset set --from-file - --dry-run --dump asm"),
        new Example(
            "Compile on one machine for another, whose interfaces a file lists",
            "bfcli ruleset set -f wan.rules --iface-map wan.map --dry-run \\\n"
                + "    --dump elf --output wan.o"));
  }

  @Override
  void run(Arguments arguments, Session session) {
    RuleSource source = new RuleSource(arguments, session, "failed to parse ruleset");
    if (arguments.has(Option.DRY_RUN)) {
      DryRun.run(source, RuleSource::all, session, "ruleset not applied");
      return;
    }
    List<Chain> chains = source.all();
    Confirmation.load(
        arguments,
        session,
        "failed to set ruleset",
        bpfilter -> bpfilter.setRuleset(chains),
        (bpfilter, limit) -> bpfilter.tryRuleset(chains, limit));
  }
}
