package dev.jbpfilter.cli;

import dev.jbpfilter.cgen.analysis.lint.Finding;
import dev.jbpfilter.cgen.analysis.lint.LintReport;
import dev.jbpfilter.cgen.analysis.lint.Linter;
import dev.jbpfilter.ruleset.Chain;
import java.util.List;

/** {@code lint}. */
final class Lint extends Command {
  /** The exit status if something was found that counts. */
  private static final int FOUND = 1;

  private static final String FAILURE = "failed to look for mistakes";

  Lint() {
    super(
        "lint",
        "Finds rules that never match, that change nothing, or that could be one.",
        List.of(),
        ChosenChains.with(List.of(Option.FORMAT, Option.FAIL_ON)));
  }

  @Override
  List<String> details() {
    return List.of(
        "Each finding has a level: dead, what certainly never matches; warning, what probably is"
            + " not meant; advice, what could be written more simply. What is said without 'may' is"
            + " so for every packet. Where it can be shown, a packet is: 'bfcli explain --packet'"
            + " tells more of it. doc/lint.md describes every kind of finding.",
        "The exit status is 0 if nothing was found, and 1 if something was: with --fail-on, only"
            + " findings of that level and above count.",
        "--format json prints one document for programs.");
  }

  @Override
  List<Example> examples() {
    return List.of(
        new Example("Look at rules before they are loaded", "bfcli lint --from-file web.rules"),
        new Example("Look at the running chains", "bfcli lint"),
        new Example(
            "Refuse a change in which a rule is dead",
            "bfcli lint --from-file web.rules --fail-on dead || exit 1"));
  }

  @Override
  String help(Option option) {
    return option == Option.FORMAT
        ? "how to print findings: text (default), or json for programs"
        : ChosenChains.help(option);
  }

  @Override
  void check(Arguments arguments) {
    super.check(arguments);
    ChosenChains.check(arguments, this);
    ListFormat.requireTextOrJson(arguments, this);
  }

  @Override
  void run(Arguments arguments, Session session) {
    answer(arguments, session);
  }

  @Override
  int answer(Arguments arguments, Session session) {
    RuleSource rules = new RuleSource(arguments, session, FAILURE);
    rules.hideWarnings();
    List<Chain> chains = ChosenChains.read(rules, session, FAILURE);
    Console console = session.console();
    console.beginWork("looking for mistakes");
    List<LintReport> reports;
    try {
      reports = Linter.lint(chains);
    } finally {
      console.endWork();
    }
    if (ListFormat.of(arguments) == ListFormat.JSON) {
      new LintJson(console.out(), rules).write(reports);
    } else {
      new LintText(console, rules).print(reports);
    }
    FailLevel level = FailLevel.of(arguments);
    for (LintReport report : reports) {
      for (Finding finding : report.findings()) {
        if (level.counts(finding.level())) {
          return FOUND;
        }
      }
    }
    return 0;
  }
}
