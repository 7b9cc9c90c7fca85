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
    Console console = session.console();
    Chain chain = new RuleSource(arguments, session, "failed to parse the chain(s)").one();
    if (arguments.has(Option.DRY_RUN)) {
      DryRun.run(List.of(chain), arguments, console, "chain not loaded");
      return;
    }
    KernelAccess.load(
        session,
        List.of(chain),
        "failed to load chain '" + chain.name() + "'",
        bpfilter -> bpfilter.loadChain(chain));
  }
}
