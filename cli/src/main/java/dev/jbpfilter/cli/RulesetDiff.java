package dev.jbpfilter.cli;

import dev.jbpfilter.loader.RunningRuleset;
import dev.jbpfilter.ruleset.Chain;
import java.util.List;

/** {@code ruleset diff}. */
final class RulesetDiff extends RulesFileCommand {
  /** The exit status for rulesets that differ, as that of diff(1). */
  private static final int DIFFERENT = 1;

  RulesetDiff() {
    super("ruleset diff", "Shows what ruleset restore of a file would change.");
  }

  @Override
  List<String> details() {
    return List.of(
        "Lines that begin with - are those of chains as they run, lines with + those of the file,"
            + " and other lines say where they belong. Chains are compared by name; of a chain,"
            + " its hook and options, policy, named sets, and rules in order. Spelling, the order"
            + " of elements and of matchers, and which of two Netfilter priorities is in use make"
            + " no difference. A chain that can't be read is one that the file lacks.",
        "The exit status is 0 without output if there is no difference, 1 if there is one.");
  }

  @Override
  List<Example> examples() {
    return List.of(
        new Example(
            "Warn if somebody changed chains by hand",
            "bfcli ruleset diff saved.rules || echo 'the rules are not those of the file'"));
  }

  @Override
  void run(Arguments arguments, Session session) {
    answer(arguments, session);
  }

  @Override
  int answer(Arguments arguments, Session session) {
    String failure = "failed to compare rulesets";
    List<Chain> wanted = chains(arguments, session, failure);
    RunningRuleset running = KernelAccess.ruleset(session, failure);
    DiffText text =
        new DiffText(
            session.console().out(), arguments.operand().orElseThrow(), new KernelInterfaces());
    RulesetComparison.print(running, wanted, text);
    return text.isEmpty() ? 0 : DIFFERENT;
  }
}
