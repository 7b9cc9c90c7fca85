package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Help says everything that a user can type, and nothing that does not fit a terminal. */
class HelpTest {
  static Stream<Command> commands() {
    return Commands.all().stream();
  }

  private static String help(Command command) {
    return Bfcli.run((command.name() + " --help").split(" ", -1)).out();
  }

  @Test
  void programHelpNamesCommandsOptionsAndVariables() {
    String help = Bfcli.run("--help").out();

    assertThat(help).startsWith("Usage: bfcli [GLOBAL OPTION]... COMMAND [OPTION]...\n");
    for (Command command : Commands.all()) {
      assertThat(help).containsPattern("\n  " + command.name() + " +[A-Z]");
      assertThat(unfilled(help)).contains(command.purpose());
    }
    assertOptions(help, CommandParser.GLOBAL_OPTIONS);
    assertThat(help)
        .contains(
            "\n  BF_BPFFS_PATH ", "\n  BF_WITH_BPF_TOKEN ", "\n  BF_VERBOSE ", "\n  NO_COLOR ")
        .contains("\n  64 ", "\n  161 ", "\n  234 ", "\n  254 ", "\n  255 ")
        .contains("\nExamples:\n", "bfcli(1), bfcli-rules(5)")
        .doesNotContain("--no-cli");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void commandHelpNamesPurposeOptionsAndExamples(Command command) {
    String help = help(command);

    assertThat(help).startsWith("Usage: bfcli " + command.name());
    assertThat(unfilled(help)).contains(command.purpose()).contains(command.details());
    assertOptions(help, command.options());
    Command.Operand operand = command.operand();
    if (operand != null) {
      assertThat(help).contains("\n  " + operand.value().label() + " ");
    }
    assertThat(command.examples()).isNotEmpty();
    for (Example example : command.examples()) {
      assertThat(example.line()).contains("bfcli " + command.name());
      assertThat(help)
          .contains(
              "\n  # " + example.purpose() + "\n  " + example.line().replace("\n", "\n  ") + "\n");
    }
  }

  @Test
  void usageOfTheProgramHasThatOfEachCommand() {
    String usage = Bfcli.run("--usage").out();

    for (Option option : CommandParser.GLOBAL_OPTIONS) {
      assertThat(usage.contains("[" + option.text())).isEqualTo(!option.isDeprecated());
    }
    for (Command command : Commands.all()) {
      String own = Bfcli.run((command.name() + " --usage").split(" ", -1)).out();
      assertThat(unfilled(usage) + " ").contains(unfilled(own).substring("Usage: bfcli ".length()));
    }
  }

  @Test
  void usageTellsWhatIsNeeded() {
    assertThat(Bfcli.run("chain", "set", "--usage").out())
        .startsWith(
            "Usage: bfcli chain set {--from-str TEXT | --from-file FILE} [--name NAME]\n    ");
    assertThat(Bfcli.run("chain", "update-set", "--usage").out())
        .isEqualTo(
            """
            Usage: bfcli chain update-set --name NAME --set-name NAME [--add ELEMENT]...
                           [--remove ELEMENT]... [--explain-plan] [--max-table-memory SIZE]
                           [--optimise LEVEL]
            """);
    assertThat(Bfcli.run("asm", "--usage").out())
        .isEqualTo("Usage: bfcli asm [--to FORMAT] [--big-endian] [--output FILE] FILE\n");
  }

  @Test
  void everythingFitsATerminal() {
    List<String> texts =
        Stream.concat(
                Stream.of(Bfcli.run("--help").out(), Bfcli.run("--usage").out()),
                commands().map(HelpTest::help))
            .toList();

    for (String text : texts) {
      assertThat(text.lines())
          .allSatisfy(line -> {
            assertThat(line).hasSizeLessThanOrEqualTo(PlainText.WIDTH);
            assertThat(line).doesNotEndWith(" ");
          });
      assertThat(text).doesNotContain("\n\n\n").endsWith("\n");
    }
  }

  @Test
  void everyCommandIsFoundByItsName() {
    for (Command command : Commands.all()) {
      String[] words = command.name().split(" ", -1);
      Command found =
          words.length == 1 ? Commands.ofOneWord(words[0]) : Commands.find(words[0], words[1]);
      assertThat(found).hasSameClassAs(command);
    }
  }

  /** The text as one line. */
  private static String unfilled(String text) {
    return text.replaceAll("\\s+", " ");
  }

  private static void assertOptions(String help, List<Option> options) {
    for (Option option : CommandParser.withTextOptions(options)) {
      if (!option.isDeprecated()) {
        assertThat(unfilled(help)).contains(" " + Usage.withValue(option) + " ");
        if (option.letter() != '\0') {
          assertThat(help).contains("\n  -" + option.letter() + ", " + option.text());
        }
      }
    }
  }
}
