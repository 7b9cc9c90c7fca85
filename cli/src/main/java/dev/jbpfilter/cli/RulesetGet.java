package dev.jbpfilter.cli;

import dev.jbpfilter.loader.Bpfilter;
import dev.jbpfilter.ruleset.Chain;
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
        "--format rules prints rules that make the same chains when they are loaded again: in the"
            + " order in which they have to be loaded, without counters, interfaces by index. To"
            + " keep rules for the next start of the machine, use ruleset save. --format json prints"
            + " one document for programs; doc/json.md describes it.");
  }

  @Override
  List<Example> examples() {
    return List.of(
        new Example("List everything", "bfcli ruleset get"),
        new Example("Leave out what sets contain", "bfcli ruleset get --no-set-content"),
        new Example("Show the rules that made the chains", "bfcli ruleset get --format rules"),
        new Example("Let a program read them", "bfcli ruleset get --format json > chains.json"));
  }

  @Override
  void run(Arguments arguments, Session session) {
    String failure = "failed to request ruleset";
    if (ListFormat.of(arguments) == ListFormat.RULES) {
      List<Chain> chains = KernelAccess.ruleset(session, failure).chains();
      for (Chain chain : chains) {
        chain.warnings().forEach(warning -> session.console().warning(warning.message()));
      }
      ChainOutput.printRules(chains, session.console().out());
    } else {
      ChainOutput.print(arguments, session, failure, Bpfilter::chains);
    }
  }
}
