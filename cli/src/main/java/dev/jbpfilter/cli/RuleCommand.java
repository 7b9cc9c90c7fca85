package dev.jbpfilter.cli;

import java.util.ArrayList;
import java.util.List;

/** A command that reads rules. */
abstract class RuleCommand extends Command {
  /**
   * @param own the options that only this command has
   */
  RuleCommand(String name, String purpose, List<Option> own, List<String> examples) {
    super(name, purpose, List.of(Option.FROM_STR, Option.FROM_FILE), withDryRun(own), examples);
  }

  private static List<Option> withDryRun(List<Option> own) {
    List<Option> all = new ArrayList<>(own);
    all.addAll(
        List.of(Option.DRY_RUN, Option.FORMAT, Option.DUMP, Option.OUTPUT, Option.IFACE_MAP));
    return all;
  }

  @Override
  final void check(Arguments arguments) {
    super.check(arguments);
    if (arguments.has(Option.FROM_STR) && arguments.has(Option.FROM_FILE)) {
      throw error("option --from-str is incompatible with --from-file");
    }
    requireWith(arguments, Option.FORMAT, Option.DRY_RUN);
    requireWith(arguments, Option.DUMP, Option.DRY_RUN);
    requireWith(arguments, Option.OUTPUT, Option.DUMP);
    if (arguments.has(Option.FORMAT) && arguments.has(Option.DUMP)) {
      throw error("option --format is incompatible with --dump");
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
