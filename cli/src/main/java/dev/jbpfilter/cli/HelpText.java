package dev.jbpfilter.cli;

import dev.jbpfilter.cli.Command.Operand;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Help, laid out by picocli. Only this class knows picocli: loading it takes longer than all of a
 * small command, and its parser follows other conventions than {@link OptionReader}.
 */
final class HelpText {
  private static final int WIDTH = 100;

  private HelpText() {}

  /** Prints the help of {@code command}; of the program if null. */
  static void printHelp(@Nullable Command command, PrintStream out) {
    new CommandLine(spec(command)).usage(out, Ansi.OFF);
  }

  /** Prints the synopsis of {@code command}; of the program if null. */
  static void printUsage(@Nullable Command command, PrintStream out) {
    CommandLine.Help help = new CommandLine.Help(spec(command), Ansi.OFF);
    String heading = "Usage: ";
    out.print(heading + help.synopsis(heading.length()));
  }

  private static CommandSpec spec(@Nullable Command command) {
    CommandSpec spec = CommandSpec.create();
    UsageMessageSpec message = spec.usageMessage();
    message.width(WIDTH);
    message.sortOptions(false);
    // An "=" behind a short option would be part of the value.
    spec.parser().separator(" ");
    message.optionListHeading("%nOptions:%n");
    if (command == null) {
      spec.name(CommandParser.PROGRAM);
      message.customSynopsis(
          "bfcli [GLOBAL OPTION]... OBJECT ACTION [OPTION]...",
          "bfcli [GLOBAL OPTION]... COMMAND [OPTION]... FILE");
      message.description(
          "%nFilters packets with eBPF: compiles chains of rules, loads and attaches them, and"
              + " lists them with their counters. All state is in bpffs.");
      message.footer(programFooter());
      addOptions(spec, CommandParser.withTextOptions(CommandParser.GLOBAL_OPTIONS));
    } else {
      spec.name(command.program());
      message.description("%n" + literal(command.purpose()));
      List<String> footer = new ArrayList<>(examples(command.examples()));
      footer.add("%nGlobal options and environment variables: bfcli --help");
      message.footer(footer.toArray(String[]::new));
      addOptions(spec, CommandParser.withTextOptions(command.options()));
      Operand operand = command.operand();
      if (operand != null) {
        spec.addPositional(
            PositionalParamSpec.builder()
                .type(String.class)
                .paramLabel(operand.label())
                .description(literal(operand.help()))
                .build());
      }
    }
    return spec;
  }

  private static void addOptions(CommandSpec spec, List<Option> options) {
    for (Option option : options) {
      OptionSpec.Builder builder =
          option.letter() == '\0'
              ? OptionSpec.builder(option.text())
              : OptionSpec.builder("-" + option.letter(), option.text());
      if (option.takesValue()) {
        builder.type(String.class).paramLabel(option.valueLabel());
      }
      builder.hidden(option.isDeprecated());
      spec.addOption(builder.description(literal(option.help())).build());
    }
  }

  private static String[] programFooter() {
    List<String> footer = new ArrayList<>();
    footer.add("%nCommands (bfcli COMMAND --help says more):");
    for (Command command : Commands.all()) {
      footer.add("  " + pad(command.name(), 15) + literal(command.purpose()));
    }
    footer.add("%nEnvironment variables, used where the flag is absent and not with --dry-run:");
    footer.add("  " + pad(Settings.BPFFS_VARIABLE, 19) + "DIR of --bpffs-path");
    footer.add("  " + pad(Settings.TOKEN_VARIABLE, 19) + "anything: --with-bpf-token");
    footer.add(
        "  " + pad(Settings.VERBOSE_VARIABLE, 19) + "WORDs of --verbose, separated by commas");
    footer.addAll(
        examples(
            List.of(
                "bfcli chain set --from-file web.rules",
                "bfcli ruleset get",
                "bfcli ruleset set --from-file web.rules --dry-run --dump asm")));
    return footer.toArray(String[]::new);
  }

  private static List<String> examples(List<String> commandLines) {
    List<String> lines = new ArrayList<>();
    lines.add("%nExamples:");
    for (String line : commandLines) {
      lines.add("  " + literal(line));
    }
    return lines;
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  /** Protects what picocli would take for a format. */
  private static String literal(String text) {
    return text.replace("%", "%%");
  }
}
