package dev.jbpfilter.cli;

import dev.jbpfilter.ruleset.Chain;
import java.util.List;

/** {@code chain set}. */
final class ChainSet extends RuleCommand {
  ChainSet() {
    super(
        "chain set",
        "Loads a chain, replacing that of its name; attaches it if it says where.",
        List.of(Option.NAME, Option.CONFIRM));
  }

  @Override
  List<String> details() {
    return List.of(
        "Other chains stay as they are. A hook that the old and the new chain filter is never open"
            + " in between; if the new chain can't be loaded or attached, the old one keeps"
            + " running.",
        "The chain is attached if it has hook options, such as {ifindex=2}.");
  }

  @Override
  List<Example> examples() {
    return List.of(
        new Example(
            "Drop telnet on the interface with the index 2",
            "bfcli chain set --from-str 'chain web BF_HOOK_XDP{ifindex=2} ACCEPT\n"
                + "    rule tcp.dport 23 counter DROP'"),
        new Example(
            "Set one chain of a file that has several",
            "bfcli chain set --from-file web.rules --name web"),
        new Example(
            "Look at the program first",
            "bfcli chain set -f web.rules -n web --dry-run --dump asm"));
  }

  @Override
  void run(Arguments arguments, Session session) {
    RuleSource source = new RuleSource(arguments, session, "failed to parse the chain(s)");
    if (arguments.has(Option.DRY_RUN)) {
      DryRun.run(source, rules -> List.of(rules.one()), session, "chain not set");
      return;
    }
    Chain chain = source.one();
    Confirmation.load(
        arguments,
        session,
        "failed to set chain '" + chain.name() + "'",
        bpfilter -> bpfilter.setChain(chain),
        (bpfilter, limit) -> bpfilter.tryChain(chain, limit));
  }
}
