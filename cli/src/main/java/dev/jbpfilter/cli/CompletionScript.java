package dev.jbpfilter.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What the completion scripts of all shells have in common: templates and the words of theirs. */
final class CompletionScript {
  /** The keys of hook options, each with what separates it from its value. */
  static final String HOOK_OPTIONS = "ifindex= cgpath= priorities=";

  private String text;

  /**
   * @param shell whose template it is
   */
  CompletionScript(String shell) {
    String resource = "completion." + shell;
    try (InputStream in = CompletionScript.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("no " + resource);
      }
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    set("bpffs", Settings.DEFAULT_BPFFS);
    set("hook-options", HOOK_OPTIONS);
    set("flags", letters(false));
    set("valued", letters(true));
  }

  /** Puts {@code value} where the template has {@code @name@}, if it does. */
  void set(String name, String value) {
    text = text.replace("@" + name + "@", value);
  }

  String text() {
    return text;
  }

  /** The short names of all options that take a value, or of those that take none. */
  private static String letters(boolean valued) {
    StringBuilder letters = new StringBuilder();
    for (Option option : Option.values()) {
      if (option.letter() != '\0' && option.takesValue() == valued) {
        letters.append(option.letter());
      }
    }
    return letters.toString();
  }

  /** What can be typed in full of {@code options}: not what is deprecated. */
  static List<Option> offered(List<Option> options) {
    List<Option> offered = new ArrayList<>();
    for (Option option : CommandParser.withTextOptions(options)) {
      if (!option.isDeprecated()) {
        offered.add(option);
      }
    }
    return offered;
  }

  /** {@code -f} and {@code --from-file}, or the latter alone. */
  static List<String> spellings(Option option) {
    return option.letter() == '\0'
        ? List.of(option.text())
        : List.of("-" + option.letter(), option.text());
  }

  /** The objects of commands of two words. */
  static List<String> objects() {
    List<String> objects = new ArrayList<>();
    for (Command command : Commands.all()) {
      String object = object(command);
      if (!object.isEmpty() && !objects.contains(object)) {
        objects.add(object);
      }
    }
    return objects;
  }

  /** The first of two words; empty if there is one only. */
  static String object(Command command) {
    int blank = command.name().indexOf(' ');
    return blank < 0 ? "" : command.name().substring(0, blank);
  }

  /** The last word. */
  static String action(Command command) {
    return command.name().substring(command.name().indexOf(' ') + 1);
  }

  /** The commands whose object is {@code object}; if empty, those of one word. */
  static List<Command> commandsOf(String object) {
    List<Command> commands = new ArrayList<>();
    for (Command command : Commands.all()) {
      if (object(command).equals(object)) {
        commands.add(command);
      }
    }
    return commands;
  }

  /** What {@code object} is for: its actions. */
  static String objectSummary(String object) {
    StringBuilder actions = new StringBuilder();
    for (Command command : commandsOf(object)) {
      actions.append(actions.isEmpty() ? "" : ", ").append(action(command));
    }
    return actions.toString();
  }

  /** The begin of a help text, as long as it fits a line. */
  static String summary(String help) {
    int end = help.length();
    for (String stop : List.of(";", ":", ". ")) {
      int at = help.indexOf(stop);
      end = at < 0 ? end : Math.min(end, at);
    }
    String summary = help.substring(0, end);
    return summary.endsWith(".") ? summary.substring(0, summary.length() - 1) : summary;
  }
}
