package dev.jbpfilter.cli;

import dev.jbpfilter.cli.Section.Block.Paragraph;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code --help} and {@code --usage} print. */
final class HelpText {
  private static final String HEADING = "Usage: ";
  private static final String INDENT = "  ";

  private HelpText() {}

  /** The help of {@code command}; of the program if null. */
  static String help(@Nullable Command command) {
    return command == null ? programHelp() : commandHelp(command);
  }

  private static String programHelp() {
    PlainText text = new PlainText();
    addProgram(text);
    text.add(Manual.introduction());
    text.add(new Section("Commands (bfcli COMMAND --help says more)", Manual.commands()));
    text.add(new Section("Global options (before or within COMMAND)", Manual.globalOptions()));
    text.add(Manual.environment());
    text.add(Manual.exitStatus());
    text.add(Manual.examples());
    text.add(List.of(new Paragraph("Manual pages: bfcli(1), bfcli-rules(5) for the language")));
    return text.text();
  }

  private static String commandHelp(Command command) {
    PlainText text = new PlainText();
    addCommand(text, HEADING + CommandParser.PROGRAM + " ", command);
    text.add(Manual.about(command));
    text.add(new Section("Options", Manual.options(command)));
    text.add(Manual.examples(command));
    text.add(
        List.of(
            new Paragraph(
                "Global options, environment variables and exit statuses: bfcli --help")));
    return text.text();
  }

  /** The synopsis of {@code command}; of the program and all commands if null. */
  static String usage(@Nullable Command command) {
    PlainText text = new PlainText();
    if (command != null) {
      addCommand(text, HEADING + CommandParser.PROGRAM + " ", command);
      return text.text();
    }
    addProgram(text);
    String options = "Global options: ";
    text.fill(options, " ".repeat(options.length()), Usage.globalOptions());
    text.fill("Commands:", "", List.of());
    for (Command each : Commands.all()) {
      addCommand(text, INDENT, each);
    }
    return text.text();
  }

  private static void addProgram(PlainText text) {
    String start = HEADING;
    for (List<String> form : Usage.program()) {
      text.fill(start, " ".repeat(HEADING.length() + INDENT.length()), form);
      start = " ".repeat(HEADING.length());
    }
  }

  private static void addCommand(PlainText text, String start, Command command) {
    text.fill(start, " ".repeat(start.length() + INDENT.length()), Usage.command(command));
  }
}
