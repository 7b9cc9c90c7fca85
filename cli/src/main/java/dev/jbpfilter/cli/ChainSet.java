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
    RuleSource source =
        new RuleSource(arguments, session.console(), "failed to parse the chain(s)");
    if (arguments.has(Option.DRY_RUN)) {
      DryRun.run(source, rules -> List.of(rules.one()), "chain not set");
      return;
    }
    Chain chain = source.one();
    KernelAccess.load(
        session,
        List.of(chain),
        "failed to set chain '" + chain.name() + "'",
        bpfilter -> bpfilter.setChain(chain));
  }
}
