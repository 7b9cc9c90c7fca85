package dev.jbpfilter.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One action on one object, or a command of one word. */
abstract class Command {
  private final String name;
  private final String purpose;
  private final List<Option> needed;
  private final List<Option> options;
  private final List<String> examples;

  /**
   * A word that a command takes besides options.
   *
   * @param label what help calls it
   */
  record Operand(String label, String help) {}

  /**
   * @param name as typed, for example {@code chain set} or {@code asm}
   * @param purpose what it is for, in a sentence
   * @param needed the options of which one must be given, if any
   * @param others what it knows besides them and {@link CommandParser#TEXT_OPTIONS}
   * @param examples command lines that show how it is used
   */
  Command(
      String name,
      String purpose,
      List<Option> needed,
      List<Option> others,
      List<String> examples) {
    this.name = name;
    this.purpose = purpose;
    this.needed = List.copyOf(needed);
    List<Option> all = new ArrayList<>(needed);
    all.addAll(others);
    this.options = List.copyOf(all);
    this.examples = List.copyOf(examples);
  }

  final String name() {
    return name;
  }

  final String purpose() {
    return purpose;
  }

  final List<Option> options() {
    return options;
  }

  final List<String> examples() {
    return examples;
  }

  /** The one word that the command takes besides options; null if it takes none. */
  @Nullable Operand operand() {
    return null;
  }

  /** The program name of usage errors. */
  final String program() {
    return CommandParser.PROGRAM + " " + name;
  }

  /**
   * Refuses missing options and options that do not go together; the value of each was checked.
   *
   * @throws UsageException naming them
   */
  void check(Arguments arguments) {
    Operand operand = operand();
    if (operand != null && arguments.operand().isEmpty()) {
      throw error("missing " + operand.label());
    }
    StringBuilder missing = new StringBuilder();
    for (Option option : needed) {
      if (arguments.has(option)) {
        return;
      }
      missing.append(missing.isEmpty() ? "" : ", ").append(option.text());
    }
    if (!missing.isEmpty()) {
      throw error("missing required option(s): " + missing);
    }
  }

  /**
   * Does it.
   *
   * @throws CommandException if that fails
   */
  abstract void run(Arguments arguments, Session session);

  /** An error in the use of this command. */
  final UsageException error(String text) {
    return new UsageException(program(), text);
  }
}
