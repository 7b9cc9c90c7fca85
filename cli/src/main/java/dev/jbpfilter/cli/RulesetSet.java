package dev.jbpfilter.cli;

import dev.jbpfilter.ruleset.Chain;
import java.util.List;

/** {@code ruleset set}. */
final class RulesetSet extends RuleCommand {
  RulesetSet() {
    super(
        "ruleset set",
        "Replaces all chains by those of the rules; attaches those that say where.",
        List.of(),
        List.of(
            "bfcli ruleset set --from-file /etc/bpfilter.rules",
            "bfcli ruleset set --from-file - --dry-run --dump asm < web.rules"));
  }

  @Override
  void run(Arguments arguments, Session session) {
    List<Chain> chains = new RuleSource(arguments, session, "failed to parse ruleset").all();
    if (arguments.has(Option.DRY_RUN)) {
      DryRun.run(chains, arguments, session.console(), "ruleset not applied");
      return;
    }
    KernelAccess.load(
        session, chains, "failed to set ruleset", bpfilter -> bpfilter.setRuleset(chains));
  }
}
