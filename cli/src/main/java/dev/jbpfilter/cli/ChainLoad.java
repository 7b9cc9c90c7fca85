package dev.jbpfilter.cli;

import dev.jbpfilter.ruleset.Chain;
import java.util.List;

/** {@code chain load}. */
final class ChainLoad extends RuleCommand {
  ChainLoad() {
    super(
        "chain load",
        "Loads a new chain without attaching it.",
        List.of(Option.NAME),
        List.of(
            "bfcli chain load --from-file web.rules --name web",
            "bfcli chain load --from-str 'chain web BF_HOOK_XDP ACCEPT rule tcp.dport 23 DROP'"));
  }

  @Override
  void run(Arguments arguments, Session session) {
    RuleSource source =
        new RuleSource(arguments, session.console(), "failed to parse the chain(s)");
    if (arguments.has(Option.DRY_RUN)) {
      DryRun.run(source, rules -> List.of(rules.one()), "chain not loaded");
      return;
    }
    Chain chain = source.one();
    KernelAccess.load(
        session,
        List.of(chain),
        "failed to load chain '" + chain.name() + "'",
        bpfilter -> bpfilter.loadChain(chain));
  }
}
