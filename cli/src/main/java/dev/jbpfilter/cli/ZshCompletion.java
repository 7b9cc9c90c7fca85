package dev.jbpfilter.cli;

import dev.jbpfilter.cli.Command.Operand;
import java.util.List;

/** The completion script for zsh. */
final class ZshCompletion {
  private static final String CONTINUED = " \\\n";

  private ZshCompletion() {}

  static String script() {
    CompletionScript script = new CompletionScript("zsh");
    StringBuilder global = new StringBuilder();
    for (Option option : CompletionScript.offered(CommandParser.GLOBAL_OPTIONS)) {
      global.append("    ").append(spec(option, option.help(), "")).append(CONTINUED);
    }
    script.set("global", withoutLastBreak(global));
    script.set("words", firstWords());
    script.set("commands", functions());
    return script.text();
  }

  private static String withoutLastBreak(StringBuilder lines) {
    return lines.substring(0, lines.length() - 1);
  }

  private static String firstWords() {
    StringBuilder words = new StringBuilder();
    for (String object : CompletionScript.objects()) {
      words.append(described(object, CompletionScript.objectSummary(object)));
    }
    for (Command command : CompletionScript.commandsOf("")) {
      words.append(described(command.name(), CompletionScript.summary(command.purpose())));
    }
    return withoutLastBreak(words);
  }

  private static String described(String word, String text) {
    return "    " + quoted(word + ":" + text) + "\n";
  }

  private static String functions() {
    StringBuilder out = new StringBuilder();
    for (String object : CompletionScript.objects()) {
      out.append("_bfcli_").append(object).append("() {\n  local -a commands\n  commands=(\n");
      for (Command command : CompletionScript.commandsOf(object)) {
        String action = CompletionScript.action(command);
        out.append(described(action, CompletionScript.summary(command.purpose())));
      }
      out.append("  )\n  _bfcli_word ").append(object).append(" commands\n}\n\n");
    }
    for (Command command : Commands.all()) {
      out.append("_bfcli_").append(command.name().replace(' ', '_').replace('-', '_'));
      out.append("() {\n  _arguments -s -S");
      for (Option option : CompletionScript.offered(command.options())) {
        String spec = spec(option, command.help(option), alternatives(command, option));
        out.append(CONTINUED).append("    ").append(spec);
      }
      Operand operand = command.operand();
      if (operand != null) {
        out.append(CONTINUED).append("    ").append(quoted("1" + argument(operand.value())));
      }
      out.append("\n}\n\n");
    }
    return out.toString().stripTrailing();
  }

  /** The spellings of what can't stand together with {@code option}, itself excepted. */
  private static String alternatives(Command command, Option option) {
    StringBuilder excluded = new StringBuilder();
    for (List<Option> alternatives : command.needed()) {
      for (Option other : alternatives.contains(option) ? alternatives : List.<Option>of()) {
        if (other != option) {
          excluded.append(' ').append(String.join(" ", CompletionScript.spellings(other)));
        }
      }
    }
    return excluded.toString();
  }

  /** An option in the notation of {@code _arguments}, the shell's quotes included. */
  private static String spec(Option option, String help, String alternatives) {
    Value value = option.value();
    String text = "[" + escaped(CompletionScript.summary(help)) + "]";
    String last = quoted(text + (value == null ? "" : argument(value)));
    String longSpelling = option.text() + (value == null ? "" : "=");
    String spellings =
        option.letter() == '\0'
            ? longSpelling
            : "{-" + option.letter() + (value == null ? "" : "+") + "," + longSpelling + "}";
    String start;
    if (CommandParser.TEXT_OPTIONS.contains(option)) {
      start = "(- *)";
    } else if (option.isRepeatable()) {
      start = "*";
    } else {
      start = "(" + String.join(" ", CompletionScript.spellings(option)) + alternatives + ")";
    }
    return quoted(start) + spellings + last;
  }

  private static String argument(Value value) {
    return ":"
        + escaped(value.label())
        + ":"
        + switch (value) {
          case FILE -> "_files";
          case DIRECTORY -> "_path_files -/";
          case CHAIN -> "_bfcli_chains";
          case HOOK_OPTION -> "_bfcli_hook_options";
          case TEXT, SET, ELEMENT, SECONDS, SIZE, PACKET, ADDRESS, PORT, NUMBER, INTERFACE -> "";
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
              "(" + String.join(" ", value.choices()) + ")";
        };
  }

  /** Protects what ends a part of a specification. */
  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace(":", "\\:").replace("[", "\\[").replace("]", "\\]");
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
