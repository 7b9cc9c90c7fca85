package dev.jbpfilter.cli;

import org.jspecify.annotations.Nullable;

/** What the words of the command line ask for. */
sealed interface Invocation {
  /**
   * A text about the program or a command.
   *
   * @param command null for the program
   */
  record Show(Text text, @Nullable Command command) implements Invocation {}

  /**
   * A command.
   *
   * @param global the options before the action
   * @param arguments the options behind it
   */
  record Run(Arguments global, Command command, Arguments arguments) implements Invocation {}

  /** A text that can be asked for. */
  enum Text {
    HELP,
    USAGE,
    VERSION,
    /** What is shown when object or action are missing. */
    COMMAND_MISSING
  }
}
