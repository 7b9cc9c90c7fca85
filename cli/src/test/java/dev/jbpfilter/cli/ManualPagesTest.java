package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.testing.Golden;
import dev.jbpfilter.cli.Section.Block;
import dev.jbpfilter.ruleset.MatcherType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The pages of doc that are made from the definitions of the program: all commands of
 * doc/commands.md, and in doc/language.md the tables, the grammar, and the paragraph below the
 * heading of each matcher. With {@code -Dgolden.update=true} they become what they have to be.
 */
class ManualPagesTest {
  private static final Path DOC = Path.of(System.getProperty("jbpfilter.root"), "doc");
  private static final Path COMMANDS = DOC.resolve("commands.md");
  private static final Path LANGUAGE = DOC.resolve("language.md");
  private static final String GENERATED = "<!-- what follows is made from the program's help -->\n";
  private static final String NEXT = "\nNext: [asking what rules do](explain.md).\n";
  private static final String FENCE = "```";

  @Test
  void commandsAreThoseOfTheHelp() throws IOException {
    String page = Files.readString(COMMANDS);
    int start = page.indexOf(GENERATED);
    assertThat(start).as(GENERATED).isPositive();
    Golden.check(COMMANDS, page.substring(0, start) + GENERATED + commands());
  }

  private static String commands() {
    MarkdownText text = new MarkdownText();
    text.title("Commands");
    text.table(Manual.commands().terms(), "Command", "Purpose");
    text.add(new Section("Global options", Manual.globalOptions()), "");
    for (Command command : Commands.all()) {
      text.title("bfcli " + command.name());
      text.add(new Block.Lines(synopsis(command)), "usage");
      Manual.about(command).forEach(block -> text.add(block, ""));
      text.table(Manual.ownOptions(command).terms(), "Option", "Meaning");
      Manual.examples(command).blocks().forEach(block -> text.add(block, "sh example"));
    }
    text.add(Manual.exitStatus(), "");
    text.add(Manual.environment(), "");
    text.add(Manual.files(), "");
    text.add(Manual.capabilities(), "");
    return linked(text.text()) + NEXT;
  }

  /** The page with a link from each command in the first table to its section. */
  private static String linked(String page) {
    String linked = page;
    for (Command command : Commands.all()) {
      String cell = "| `" + command.name() + "` |";
      String anchor = "#bfcli-" + command.name().replace(' ', '-');
      linked = linked.replace(cell, "| [`" + command.name() + "`](" + anchor + ") |");
    }
    return linked;
  }

  /** As usage errors show it. */
  private static List<String> synopsis(Command command) {
    return HelpText.usage(command).replaceFirst("Usage: ", "").stripTrailing().lines().toList();
  }

  @Test
  void languageHasTheTablesOfTheParser() throws IOException {
    String page = Files.readString(LANGUAGE);
    for (Map.Entry<String, String> table : ManualTables.all().entrySet()) {
      String begin = "<!-- table of " + table.getKey() + " -->\n";
      page = replaced(page, begin, table.getValue() + "\n", "<!-- end of table -->\n");
    }
    page = replaced(page, "\n" + FENCE + "grammar\n", ManualTables.grammar(), FENCE + "\n");
    for (MatcherType type : MatcherType.values()) {
      String heading = "\n### `" + type.keyword() + "`\n";
      page = replaced(page, heading, ManualTables.paragraph(type), "\n");
    }
    Golden.check(LANGUAGE, page);
  }

  /**
   * The page with something else between two marks. The end of a paragraph is an empty line that is
   * not the one it begins with.
   */
  private static String replaced(String page, String begin, String text, String end) {
    int from = page.indexOf(begin);
    assertThat(from).as("%s in the page", begin.strip()).isNotNegative();
    from += begin.length();
    int to = end.equals("\n") ? page.indexOf("\n\n", from + 1) + 1 : page.indexOf(end, from);
    assertThat(to).as("the end of %s", begin.strip()).isGreaterThanOrEqualTo(from);
    return page.substring(0, from) + text + page.substring(to);
  }
}
