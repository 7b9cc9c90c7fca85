package dev.jbpfilter.cli;

import java.util.ArrayList;
import java.util.List;

/** A command that reads rules. */
abstract class RuleCommand extends Command {
  /**
   * @param own the options that only this command has
   */
  RuleCommand(String name, String purpose, List<Option> own) {
    super(name, purpose, List.of(List.of(Option.FROM_STR, Option.FROM_FILE)), withDryRun(own));
  }

  private static List<Option> withDryRun(List<Option> own) {
    List<Option> all = new ArrayList<>(own);
    all.addAll(
        List.of(Option.DRY_RUN, Option.FORMAT, Option.DUMP, Option.OUTPUT, Option.IFACE_MAP));
    return withCompilation(all);
  }

  @Override
  final String help(Option option) {
    if (option == Option.NAME) {
      return "which chain of the rules to take: the first of that name; needed if there are"
          + " several";
    }
    return option == Option.FORMAT
        ? "with --dry-run, json: print the chains, or what is wrong with them, for programs;"
            + " text (default): print nothing"
        : super.help(option);
  }

  @Override
  final boolean usesSettings(Arguments arguments) {
    // A dry run depends on nothing but its words and the rules.
    return !arguments.has(Option.DRY_RUN);
  }

  @Override
  final void check(Arguments arguments) {
    super.check(arguments);
    Confirmation.check(arguments, this);
    requireWith(arguments, Option.FORMAT, Option.DRY_RUN);
    requireWith(arguments, Option.DUMP, Option.DRY_RUN);
    requireWith(arguments, Option.OUTPUT, Option.DUMP);
    if (arguments.has(Option.FORMAT) && arguments.has(Option.DUMP)) {
      throw error("option --format is incompatible with --dump");
    }
    boolean printed = arguments.has(Option.FORMAT) || arguments.has(Option.DUMP);
    if (arguments.has(Option.EXPLAIN_PLAN) && printed && !arguments.has(Option.OUTPUT)) {
      throw error(
          "option --explain-plan is incompatible with --format and --dump without --output");
    }
    if (ListFormat.of(arguments) == ListFormat.RULES) {
      throw error("--dry-run knows no --format rules, only text and json");
    }
  }

  private void requireWith(Arguments arguments, Option option, Option needed) {
    if (arguments.has(option) && !arguments.has(needed)) {
      throw error("option " + option.text() + " needs " + needed.text());
    }
  }
}
