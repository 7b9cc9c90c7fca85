package dev.jbpfilter.cli;

import dev.jbpfilter.loader.kernel.Errno;
import java.util.List;

/** {@code chain update}. */
final class ChainUpdate extends RuleCommand {
  ChainUpdate() {
    super(
        "chain update",
        "Replaces program and sets of a chain where it is attached.",
        List.of(Option.NAME));
  }

  @Override
  List<String> details() {
    return List.of(
        "The chain stays attached where it is, or not at all; hook options of the rules are"
            + " ignored. Its counters start anew.",
        "In this version only with --dry-run; without it, the command fails.");
  }

  @Override
  List<Example> examples() {
    return List.of(
        new Example(
            "Check the new rules of a chain",
            "bfcli chain update --from-file web.rules --name web --dry-run"));
  }

  @Override
  void run(Arguments arguments, Session session) {
    if (!arguments.has(Option.DRY_RUN)) {
      throw CommandException.of(Errno.EOPNOTSUPP, "this version can't update chains yet");
    }
    RuleSource source = new RuleSource(arguments, session, "failed to parse the chain(s)");
    DryRun.run(source, rules -> List.of(rules.one()), "chain not updated");
  }
}
