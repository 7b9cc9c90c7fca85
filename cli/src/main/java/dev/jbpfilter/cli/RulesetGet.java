package dev.jbpfilter.cli;

import java.util.List;

/** {@code ruleset get}. */
final class RulesetGet extends Command {
  RulesetGet() {
    super(
        "ruleset get",
        "Lists all chains with their counters.",
        List.of(),
        List.of(Option.NO_SET_CONTENT));
  }

  @Override
  List<String> details() {
    return List.of(
        "Lists the newest chain first. Numbers are as of now: packets and bytes that the policy"
            + " decided, that were errors, and that rules with the option counter matched.");
  }

  @Override
  List<Example> examples() {
    return List.of(
        new Example("List everything", "bfcli ruleset get"),
        new Example("Leave out what sets contain", "bfcli ruleset get --no-set-content"));
  }

  @Override
  void run(Arguments arguments, Session session) {
    boolean setContent = !arguments.has(Option.NO_SET_CONTENT);
    KernelAccess.run(
        session,
        "failed to request ruleset",
        bpfilter -> KernelAccess.list(session.console(), bpfilter.chains(), setContent));
  }
}
