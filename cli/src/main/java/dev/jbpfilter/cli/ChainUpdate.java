package dev.jbpfilter.cli;

import dev.jbpfilter.ruleset.Chain;
import java.util.List;

/** {@code chain update}. */
final class ChainUpdate extends RuleCommand {
  ChainUpdate() {
    super(
        "chain update",
        "Replaces program and sets of a chain where it is attached.",
        List.of(Option.NAME, Option.CONFIRM));
  }

  @Override
  List<String> details() {
    return List.of(
        "The chain stays attached where it is, or not at all; hook options of the rules are"
            + " ignored. Packets are filtered by the old rules or by the new ones, and if these can't"
            + " be loaded the old ones stay. Counters start anew. The hook can't change.",
        "On Netfilter hooks a chain changes to its other priority with each update.");
  }

  @Override
  List<Example> examples() {
    return List.of(
        new Example(
            "Check the new rules of a chain",
            "bfcli chain update --from-file web.rules --name web --dry-run"),
        new Example(
            "Try them for a minute",
            "bfcli chain update --from-file web.rules --name web --confirm 60"));
  }

  @Override
  void run(Arguments arguments, Session session) {
    RuleSource source = new RuleSource(arguments, session, "failed to parse the chain(s)");
    if (arguments.has(Option.DRY_RUN)) {
      DryRun.run(source, rules -> List.of(rules.one()), session, "chain not updated");
      return;
    }
    Chain chain = source.one();
    Confirmation.load(
        arguments,
        session,
        "failed to update chain '" + chain.name() + "'",
        bpfilter -> bpfilter.updateChain(chain),
        (bpfilter, limit) -> bpfilter.tryUpdate(chain, limit));
  }
}
