package dev.jbpfilter.cli;

import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.analysis.PlanDot;
import dev.jbpfilter.cgen.analysis.PlanSvg;
import dev.jbpfilter.ruleset.Chain;
import java.util.List;

/** {@code plan}. */
final class PlanCommand extends Command {
  private static final String FAILURE = "failed to plan";

  PlanCommand() {
    super(
        "plan",
        "Shows how the rules of chains are looked up: as text, or as a picture.",
        List.of(),
        withCompilation(ChosenChains.with(List.of(Option.PLAN_FORMAT, Option.OUTPUT))).stream()
            .filter(option -> option != Option.EXPLAIN_PLAN)
            .toList());
  }

  @Override
  List<String> details() {
    return List.of(
        "A chain is compiled, and nothing is loaded. Its plan tells, for each class of packets, in"
            + " which structure its rules are looked up, what that takes, and what the other ways"
            + " would have taken; and how many rules are tried one after another. doc/optimiser.md"
            + " explains it.",
        "--format svg makes a picture of one chain, in light or dark as its reader wants; --format"
            + " dot makes the same for Graphviz. --format json prints one document for programs.");
  }

  @Override
  List<Example> examples() {
    return List.of(
        new Example("See how the running chains are looked up", "bfcli plan"),
        new Example(
            "Draw a chain",
            "bfcli plan --from-file web.rules --name web --format svg --output plan.svg"));
  }

  @Override
  String help(Option option) {
    return switch (option) {
      case OUTPUT -> "where to write plans; default: standard output";
      case PLAN_FORMAT ->
          "how to print plans: text (default), json for programs, dot for Graphviz, or svg";
      default -> ChosenChains.help(option);
    };
  }

  @Override
  void check(Arguments arguments) {
    super.check(arguments);
    ChosenChains.check(arguments, this);
  }

  @Override
  void run(Arguments arguments, Session session) {
    RuleSource rules = new RuleSource(arguments, session, FAILURE);
    List<Chain> chains = ChosenChains.read(rules, session, FAILURE);
    PlanFormat format = PlanFormat.of(arguments);
    if (format == PlanFormat.SVG && chains.size() > 1) {
      throw error("--format svg draws one chain: name it with --name");
    }
    StringBuilder out = new StringBuilder();
    List<CompiledChain> compiled = DryRun.compile(chains, session);
    switch (format) {
      case TEXT -> compiled.forEach(chain -> out.append(chain.plan().print()));
      case JSON -> new PlanJson(out).write(compiled);
      case DOT -> compiled.forEach(chain -> out.append(PlanDot.print(chain)));
      case SVG -> compiled.forEach(chain -> out.append(PlanSvg.print(chain)));
    }
    Output.write(out.toString(), arguments, session.console());
  }
}
