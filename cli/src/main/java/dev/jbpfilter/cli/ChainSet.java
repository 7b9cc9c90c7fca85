package dev.jbpfilter.cli;

import dev.jbpfilter.ruleset.Chain;
import java.util.List;

/** {@code chain set}. */
final class ChainSet extends RuleCommand {
  ChainSet() {
    super(
        "chain set",
        "Loads a chain, replacing that of its name; attaches it if it says where.",
        List.of(Option.NAME),
        List.of(
            "bfcli chain set --from-file web.rules --name web",
            "bfcli chain set --from-str 'chain web BF_HOOK_XDP{ifindex=2} ACCEPT"
                + " rule tcp.dport 23 DROP'"));
  }

  @Override
  void run(Arguments arguments, Session session) {
    Chain chain = new RuleSource(arguments, session, "failed to parse the chain(s)").one();
    if (arguments.has(Option.DRY_RUN)) {
      DryRun.run(List.of(chain), arguments, session.console(), "chain not set");
      return;
    }
    KernelAccess.load(
        session,
        List.of(chain),
        "failed to set chain '" + chain.name() + "'",
        bpfilter -> bpfilter.setChain(chain));
  }
}
