package dev.jbpfilter.cli;

import dev.jbpfilter.loader.Bpfilter;
import java.util.List;

/** {@code ruleset get}. */
final class RulesetGet extends ListCommand {
  RulesetGet() {
    super("ruleset get", "Lists all chains with their counters.", List.of());
  }

  @Override
  List<String> details() {
    return List.of(
        "Lists the newest chain first. Numbers are as of now: packets and bytes that the policy"
            + " decided, that were errors, and that rules with the option counter matched.",
        "--format rules prints rules that make the same chains when they are loaded again: the"
            + " oldest first, without counters. --format json prints one document for programs;"
            + " doc/json.md describes it.");
  }

  @Override
  List<Example> examples() {
    return List.of(
        new Example("List everything", "bfcli ruleset get"),
        new Example("Leave out what sets contain", "bfcli ruleset get --no-set-content"),
        new Example("Save all chains", "bfcli ruleset get --format rules > saved.rules"),
        new Example("Let a program read them", "bfcli ruleset get --format json > chains.json"));
  }

  @Override
  void run(Arguments arguments, Session session) {
    ChainOutput.print(arguments, session, "failed to request ruleset", Bpfilter::chains);
  }
}
