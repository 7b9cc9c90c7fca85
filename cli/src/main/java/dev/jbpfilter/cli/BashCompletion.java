package dev.jbpfilter.cli;

import dev.jbpfilter.cli.Command.Operand;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The completion script for bash. */
final class BashCompletion {
  private BashCompletion() {}

  static String script() {
    CompletionScript script = new CompletionScript("bash");
    script.set("words", words());
    script.set("options", options());
    script.set("values", values());
    return script.text();
  }

  private static String words() {
    List<String> first = new ArrayList<>(CompletionScript.objects());
    for (Command command : CompletionScript.commandsOf("")) {
      first.add(command.name());
    }
    List<String> cases = new ArrayList<>();
    cases.add(row("''", "'" + String.join(" ", first) + "'"));
    for (String object : CompletionScript.objects()) {
      List<String> actions = new ArrayList<>();
      for (Command command : CompletionScript.commandsOf(object)) {
        actions.add(CompletionScript.action(command));
      }
      cases.add(row(object, "'" + String.join(" ", actions) + "'"));
    }
    return String.join("\n", cases);
  }

  private static String options() {
    List<String> cases = new ArrayList<>();
    StringBuilder early = new StringBuilder("''");
    for (String object : CompletionScript.objects()) {
      early.append(" | ").append(object);
    }
    cases.add(row(early.toString(), longOptions(CommandParser.GLOBAL_OPTIONS)));
    for (Command command : Commands.all()) {
      // A word behind the operand does not change what options there are.
      String pattern = "'" + command.name() + "'" + (command.operand() == null ? "" : "*");
      cases.add(row(pattern, longOptions(command.options())));
    }
    return String.join("\n", cases);
  }

  private static String longOptions(List<Option> options) {
    StringBuilder words = new StringBuilder();
    for (Option option : CompletionScript.offered(options)) {
      words.append(words.isEmpty() ? "" : " ").append(option.text());
    }
    return "'" + words + "'";
  }

  private static String values() {
    List<String> cases = new ArrayList<>();
    for (Option option : Option.values()) {
      String kind = kind(option.value());
      // Of two options of one name, which no command has both, the other is found by its command.
      if (option != Option.PLAN_FORMAT && !kind.isEmpty()) {
        cases.add(row(String.join(" | ", CompletionScript.spellings(option)), kind));
      }
    }
    for (Command command : Commands.all()) {
      if (command.options().contains(Option.PLAN_FORMAT)) {
        String pattern = "'" + command.name() + " " + Option.PLAN_FORMAT.text() + "'";
        cases.add(row(pattern, kind(Value.PLAN_FORMAT)));
      }
      Operand operand = command.operand();
      if (operand != null) {
        cases.add(row("'" + command.name() + "'", kind(operand.value())));
      }
    }
    return String.join("\n", cases);
  }

  /** What the template's {@code _bfcli_offer} calls it; empty if there is no value. */
  private static String kind(@Nullable Value value) {
    if (value == null) {
      return "";
    }
    return switch (value) {
      case FILE -> "file";
      case DIRECTORY -> "directory";
      case CHAIN -> "chain";
      case HOOK_OPTION -> "hook-option";
      case TEXT, SET, ELEMENT, SECONDS, SIZE, PACKET, ADDRESS, PORT, NUMBER, INTERFACE -> "text";
      case VERBOSITY,
          LIST_FORMAT,
          DUMP_FORMAT,
          ASM_FORMAT,
          SYNTAX,
          SHELL,
          LEVEL,
          SORT_ORDER,
          FAIL_LEVEL,
          PLAN_FORMAT ->
          "'words:" + String.join(" ", value.choices()) + "'";
    };
  }

  private static String row(String pattern, String words) {
    return "    " + pattern + ") echo " + words + " ;;";
  }
}
