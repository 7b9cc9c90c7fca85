package dev.jbpfilter.cli;

import dev.jbpfilter.cli.Command.Operand;
import java.util.ArrayList;
import java.util.List;

/** The completion script for fish. */
final class FishCompletion {
  private FishCompletion() {}

  static String script() {
    CompletionScript script = new CompletionScript("fish");
    List<String> valued = new ArrayList<>();
    for (Option option : Option.values()) {
      if (option.takesValue()) {
        valued.add(option.text());
      }
    }
    script.set("valued-words", String.join(" ", valued));
    script.set("options", String.join("\n", lines()));
    return script.text();
  }

  private static List<String> lines() {
    List<String> lines = new ArrayList<>();
    List<String> early = new ArrayList<>();
    early.add("");
    for (String object : CompletionScript.objects()) {
      lines.add(word("", object, CompletionScript.objectSummary(object)));
      early.add(object);
    }
    for (Command command : Commands.all()) {
      String object = CompletionScript.object(command);
      String text = CompletionScript.summary(command.purpose());
      lines.add(word(object, CompletionScript.action(command), text));
    }
    for (String said : early) {
      for (Option option : CompletionScript.offered(CommandParser.GLOBAL_OPTIONS)) {
        lines.add(option(said(said), option, option.help()));
      }
    }
    for (Command command : Commands.all()) {
      for (Option option : CompletionScript.offered(command.options())) {
        lines.add(option(start("__bfcli_in " + command.name()), option, command.help(option)));
      }
      Operand operand = command.operand();
      if (operand != null) {
        lines.add(said(command.name()) + values(operand.value()));
      }
    }
    return lines;
  }

  /** Offers {@code word} behind the words {@code said}. */
  private static String word(String said, String word, String text) {
    return said(said) + " -a " + word + " -d " + quoted(text);
  }

  private static String option(String start, Option option, String help) {
    StringBuilder line = new StringBuilder(start);
    if (option.letter() != '\0') {
      line.append(" -s ").append(option.letter());
    }
    line.append(" -l ").append(option.word());
    Value value = option.value();
    if (value != null) {
      line.append(" -r").append(values(value));
    }
    return line + " -d " + quoted(CompletionScript.summary(help));
  }

  private static String values(Value value) {
    return switch (value) {
      case FILE -> " -F";
      case DIRECTORY -> " -x -a " + quoted("(__fish_complete_directories)");
      case CHAIN -> " -x -a " + quoted("(__bfcli_chains)");
      case HOOK_OPTION -> " -x -a " + quoted(CompletionScript.HOOK_OPTIONS);
      case TEXT, SET, ELEMENT, SECONDS, SIZE, PACKET, ADDRESS, PORT, NUMBER, INTERFACE -> " -x";
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
          " -x -a " + quoted(String.join(" ", value.choices()));
    };
  }

  private static String said(String said) {
    return start(("__bfcli_said " + said).stripTrailing());
  }

  private static String start(String condition) {
    return "complete -c bfcli -n " + quoted(condition);
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
