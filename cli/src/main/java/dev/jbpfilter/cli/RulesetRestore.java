package dev.jbpfilter.cli;

import dev.jbpfilter.ruleset.Chain;
import java.util.List;

/** {@code ruleset restore}. */
final class RulesetRestore extends RulesFileCommand {
  RulesetRestore() {
    super(
        "ruleset restore",
        "Replaces all chains by those of a file that ruleset save wrote.",
        withCompilation(List.of(Option.CONFIRM)));
  }

  @Override
  void check(Arguments arguments) {
    super.check(arguments);
    Confirmation.check(arguments, this);
  }

  @Override
  List<String> details() {
    return List.of(
        "Does what ruleset set does: all chains are replaced, or none if one can't be loaded or"
            + " attached, and a hook that is filtered before and after is never open in between."
            + " Any file with rules will do.",
        "A file that says '# no chains' in a line, and nothing else but comments, removes all"
            + " chains. An empty file is refused: it may be what is left of a full one.");
  }

  @Override
  List<Example> examples() {
    return List.of(
        new Example("Go back to the saved chains", "bfcli ruleset restore saved.rules"),
        new Example("Read the rules from a pipe", "cat saved.rules | bfcli ruleset restore -"));
  }

  @Override
  void run(Arguments arguments, Session session) {
    String failure = "failed to restore ruleset";
    List<Chain> chains = chains(arguments, session, failure);
    Confirmation.load(
        arguments,
        session,
        failure,
        bpfilter -> bpfilter.setRuleset(chains),
        (bpfilter, limit) -> bpfilter.tryRuleset(chains, limit));
  }
}
