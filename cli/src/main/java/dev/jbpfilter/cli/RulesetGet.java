package dev.jbpfilter.cli;

import dev.jbpfilter.loader.Bpfilter;
import java.util.List;

/** {@code ruleset get}. */
final class RulesetGet extends Command {
  RulesetGet() {
    super(
        "ruleset get",
        "Lists all chains with their counters.",
        List.of(),
        List.of(Option.NO_SET_CONTENT, Option.FORMAT),
        List.of(
            "bfcli ruleset get",
            "bfcli ruleset get --no-set-content",
            "bfcli ruleset get --format rules > saved.rules"));
  }

  @Override
  void check(Arguments arguments) {
    super.check(arguments);
    ChainOutput.check(this, arguments);
  }

  @Override
  void run(Arguments arguments, Session session) {
    ChainOutput.print(arguments, session, "failed to request ruleset", Bpfilter::chains);
  }
}
