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
    RuleSource source = new RuleSource(arguments, session.console(), "failed to parse ruleset");
    if (arguments.has(Option.DRY_RUN)) {
      DryRun.run(source, RuleSource::all, "ruleset not applied");
      return;
    }
    List<Chain> chains = source.all();
    KernelAccess.load(
        session, chains, "failed to set ruleset", bpfilter -> bpfilter.setRuleset(chains));
  }
}
