package dev.jbpfilter.cli;

import dev.jbpfilter.loader.Bpfilter;
import java.util.List;

/** {@code ruleset confirm}. */
final class RulesetConfirm extends Command {
  RulesetConfirm() {
    super(
        "ruleset confirm",
        "Keeps the chains that a command with --confirm has put on trial.",
        List.of(),
        List.of());
  }

  @Override
  List<String> details() {
    return List.of(
        "Fails if no change awaits confirmation, for example because its time is over and the old"
            + " chains are back.");
  }

  @Override
  List<Example> examples() {
    return List.of(new Example("Keep what another shell is trying", "bfcli ruleset confirm"));
  }

  @Override
  void run(Arguments arguments, Session session) {
    KernelAccess.run(session, "failed to confirm", Bpfilter::confirm);
  }
}
