package dev.jbpfilter.cli;

import java.util.List;

/** A command that lists chains of the kernel. */
abstract class ListCommand extends Command {
  /**
   * @param needed what must be given: of each list exactly one option
   */
  ListCommand(String name, String purpose, List<List<Option>> needed) {
    super(name, purpose, needed, List.of(Option.NO_SET_CONTENT, Option.FORMAT));
  }

  @Override
  final void check(Arguments arguments) {
    super.check(arguments);
    if (ListFormat.of(arguments) == ListFormat.RULES && arguments.has(Option.NO_SET_CONTENT)) {
      throw error("option --no-set-content is incompatible with --format rules");
    }
  }
}
