package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Help says everything that a user can type. */
class HelpTest {

  @Test
  void programHelpNamesCommandsOptionsAndVariables() {
    String help = Bfcli.run("--help").out();

    for (Command command : Commands.all()) {
      assertThat(help).contains("  " + command.name()).contains(command.purpose());
    }
    assertOptions(help, CommandParser.GLOBAL_OPTIONS);
    assertThat(help)
        .contains("BF_BPFFS_PATH", "BF_WITH_BPF_TOKEN", "BF_VERBOSE", "Examples:")
        .doesNotContain("--no-cli");
  }

  @Test
  void commandHelpNamesPurposeOptionsAndExamples() {
    for (Command command : Commands.all()) {
      String[] words = (command.name() + " --help").split(" ", -1);
      Bfcli run = Bfcli.run(words);

      assertThat(run.out()).startsWith("Usage: bfcli " + command.name() + " [");
      assertThat(run.out()).contains(command.purpose()).contains("environment variables");
      assertOptions(run.out(), command.options());
      for (String example : command.examples()) {
        assertThat(example).contains("bfcli " + command.name());
        assertThat(run.out()).contains("\n  " + example + "\n");
      }
      assertThat(command.examples()).isNotEmpty();
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

  private static void assertOptions(String help, List<Option> options) {
    for (Option option : CommandParser.withTextOptions(options)) {
      if (!option.isDeprecated()) {
        assertThat(help).contains(option.text());
      }
    }
  }
}
