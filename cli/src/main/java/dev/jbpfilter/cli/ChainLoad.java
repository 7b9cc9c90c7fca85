package dev.jbpfilter.cli;

import dev.jbpfilter.ruleset.Chain;
import java.util.List;

/** {@code chain load}. */
final class ChainLoad extends RuleCommand {
  ChainLoad() {
    super("chain load", "Loads a new chain without attaching it.", List.of(Option.NAME));
  }

  @Override
  List<String> details() {
    return List.of(
        "The chain filters nothing before chain attach attaches it; its hook options are ignored."
            + " If there is a chain of that name, the command fails.");
  }

  @Override
  List<Example> examples() {
    return List.of(
        new Example(
            "Load now, and attach later", "bfcli chain load --from-file web.rules --name web"),
        new Example(
            "Find out whether the kernel takes a chain",
            "bfcli chain load -s 'chain probe BF_HOOK_XDP ACCEPT\n"
                + "    rule ip4.proto icmp DROP'"));
  }

  @Override
  void run(Arguments arguments, Session session) {
    RuleSource source = new RuleSource(arguments, session, "failed to parse the chain(s)");
    if (arguments.has(Option.DRY_RUN)) {
      DryRun.run(source, rules -> List.of(rules.one()), session, "chain not loaded");
      return;
    }
    Chain chain = source.one();
    KernelAccess.load(
        session,
        "failed to load chain '" + chain.name() + "'",
        bpfilter -> bpfilter.loadChain(chain));
  }
}
