package dev.jbpfilter.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One action on one object, or a command of one word. */
abstract class Command {
  private final String name;
  private final String purpose;
  private final List<List<Option>> needed;
  private final List<Option> options;

  /** A word that a command takes besides options. */
  record Operand(Value value, String help) {}

  /**
   * @param name as typed, for example {@code chain set} or {@code asm}
   * @param purpose what it is for, in a sentence
   * @param needed what must be given: of each list exactly one option
   * @param others what it knows besides them and {@link CommandParser#TEXT_OPTIONS}
   */
  Command(String name, String purpose, List<List<Option>> needed, List<Option> others) {
    this.name = name;
    this.purpose = purpose;
    this.needed = List.copyOf(needed);
    List<Option> all = new ArrayList<>();
    for (List<Option> alternatives : needed) {
      all.addAll(alternatives);
    }
    all.addAll(others);
    this.options = List.copyOf(all);
  }

  final String name() {
    return name;
  }

  final String purpose() {
    return purpose;
  }

  /** What must be given: of each list exactly one option. */
  final List<List<Option>> needed() {
    return needed;
  }

  final List<Option> options() {
    return options;
  }

  /** What help says beyond the purpose: paragraphs. */
  abstract List<String> details();

  /** What help shows; at least one. */
  abstract List<Example> examples();

  /** What help says of {@code option}, which may mean something special here. */
  String help(Option option) {
    return option.help();
  }

  /** The one word that the command takes besides options; null if it takes none. */
  @Nullable Operand operand() {
    return null;
  }

  /** The program name of usage errors. */
  final String program() {
    return CommandParser.PROGRAM + " " + name;
  }

  /** Whether a run with {@code arguments} looks at what global options and variables say. */
  boolean usesSettings(Arguments arguments) {
    return true;
  }

  /**
   * Refuses missing options and options that do not go together; the value of each was checked.
   *
   * @throws UsageException naming them
   */
  void check(Arguments arguments) {
    Operand operand = operand();
    if (operand != null && arguments.operand().isEmpty()) {
      throw error("missing " + operand.value().label());
    }
    checkNoneMissing(arguments);
    for (List<Option> alternatives : needed) {
      checkOneGiven(alternatives, arguments);
    }
  }

  private void checkNoneMissing(Arguments arguments) {
    StringBuilder missing = new StringBuilder();
    for (List<Option> alternatives : needed) {
      if (given(alternatives, arguments).isEmpty()) {
        for (Option option : alternatives) {
          missing.append(missing.isEmpty() ? "" : ", ").append(option.text());
        }
      }
    }
    if (!missing.isEmpty()) {
      throw error("missing required option(s): " + missing);
    }
  }

  private void checkOneGiven(List<Option> alternatives, Arguments arguments) {
    List<Option> given = given(alternatives, arguments);
    if (given.size() > 1) {
      throw error("option " + given.get(0).text() + " is incompatible with " + given.get(1).text());
    }
  }

  private static List<Option> given(List<Option> options, Arguments arguments) {
    List<Option> given = new ArrayList<>();
    for (Option option : options) {
      if (arguments.has(option)) {
        given.add(option);
      }
    }
    return given;
  }

  /**
   * Does it.
   *
   * @throws CommandException if that fails
   */
  abstract void run(Arguments arguments, Session session);

  /**
   * Does it.
   *
   * @return the exit status: 0, unless the command has another one to answer a question with
   * @throws CommandException if it fails
   */
  int answer(Arguments arguments, Session session) {
    run(arguments, session);
    return 0;
  }

  /** The options {@code own} and those that say how chains are compiled. */
  static List<Option> withCompilation(List<Option> own) {
    List<Option> all = new ArrayList<>(own);
    all.addAll(Compilation.OPTIONS);
    return all;
  }

  /** An error in the use of this command. */
  final UsageException error(String text) {
    return new UsageException(program(), text);
  }
}
