package dev.jbpfilter.cli;

import java.util.List;

/** {@code ruleset get}. */
final class RulesetGet extends Command {
  RulesetGet() {
    super(
        "ruleset get",
        "Lists all chains with their counters.",
        List.of(),
        List.of(Option.NO_SET_CONTENT),
        List.of("bfcli ruleset get", "bfcli ruleset get --no-set-content"));
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
