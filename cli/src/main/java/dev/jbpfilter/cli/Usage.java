package dev.jbpfilter.cli;

import dev.jbpfilter.cli.Command.Operand;
import java.util.ArrayList;
import java.util.List;

/** What can be typed, in the notation of synopses. */
final class Usage {
  private static final String REPEATED = "...";

  private Usage() {}

  /** The forms of a command line, each as words. */
  static List<List<String>> program() {
    return List.of(
        List.of("bfcli", "[GLOBAL OPTION]...", "COMMAND", "[OPTION]..."),
        List.of("bfcli", "--help | --usage | --version"));
  }

  /** The words for the global options. */
  static List<String> globalOptions() {
    List<String> words = new ArrayList<>();
    for (Option option : CommandParser.GLOBAL_OPTIONS) {
      if (!option.isDeprecated()) {
        words.add(optional(option));
      }
    }
    return words;
  }

  /** The words behind {@code bfcli} for {@code command}; a value is one word with its option. */
  static List<String> command(Command command) {
    List<String> words = new ArrayList<>();
    words.add(command.name());
    List<Option> needed = new ArrayList<>();
    for (List<Option> alternatives : command.needed()) {
      needed.addAll(alternatives);
      StringBuilder choice = new StringBuilder();
      for (Option option : alternatives) {
        choice.append(choice.isEmpty() ? "" : " | ").append(withValue(option));
      }
      words.add(alternatives.size() == 1 ? choice.toString() : "{" + choice + "}");
    }
    for (Option option : command.options()) {
      if (!needed.contains(option)) {
        words.add(optional(option));
      }
    }
    Operand operand = command.operand();
    if (operand != null) {
      words.add(operand.value().label());
    }
    return words;
  }

  private static String optional(Option option) {
    return "[" + withValue(option) + "]" + (option.isRepeatable() ? REPEATED : "");
  }

  /** For example {@code --from-file FILE}. */
  static String withValue(Option option) {
    Value value = option.value();
    return value == null ? option.text() : option.text() + " " + value.label();
  }
}
