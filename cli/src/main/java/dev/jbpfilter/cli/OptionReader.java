package dev.jbpfilter.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads words from left to right by the conventions of GNU getopt_long: {@code --option=value},
 * {@code --option value}, {@code -ovalue}, {@code -o value}, grouped short options, unambiguous
 * prefixes of long options, and {@code --} to end the options. The first word that breaks them is
 * reported; what comes after it is never looked at.
 */
final class OptionReader {
  /** What was read. */
  sealed interface Item {
    /**
     * An option.
     *
     * @param value empty if the option takes none
     */
    record Given(Option option, String value) implements Item {}

    /** A word that is no option. */
    record Word(String text) implements Item {}
  }

  private final String program;
  private final List<String> words;
  private final List<Option> options;
  private int next;
  private String group = "";
  private boolean onlyWords;

  /**
   * @param program who complains about the words
   * @param options those that are known
   */
  OptionReader(String program, List<String> words, List<Option> options) {
    this.program = program;
    this.words = words;
    this.options = options;
  }

  /** The words that were not read yet. */
  List<String> rest() {
    return words.subList(next, words.size());
  }

  /**
   * The next option or word; null at the end.
   *
   * @throws UsageException if the next word is no known option, or its value is missing or too much
   */
  @Nullable Item next() {
    if (!group.isEmpty()) {
      return shortOption();
    }
    if (next == words.size()) {
      return null;
    }
    String word = words.get(next++);
    if (onlyWords || !word.startsWith("-") || word.equals("-")) {
      return new Item.Word(word);
    }
    if (word.equals("--")) {
      onlyWords = true;
      return next();
    }
    if (word.startsWith("--")) {
      return longOption(word);
    }
    group = word.substring(1);
    return shortOption();
  }

  private Item longOption(String word) {
    int equals = word.indexOf('=');
    Option option = find(word.substring(2, equals < 0 ? word.length() : equals), word);
    if (!option.takesValue()) {
      if (equals >= 0) {
        throw error("option '" + option.text() + "' doesn't allow an argument");
      }
      return new Item.Given(option, "");
    }
    String value = equals < 0 ? nextWord() : word.substring(equals + 1);
    if (value == null) {
      throw error("option '" + option.text() + "' requires an argument");
    }
    return new Item.Given(option, value);
  }

  private Option find(String name, String word) {
    List<Option> found = new ArrayList<>();
    for (Option option : options) {
      if (option.word().equals(name)) {
        return option;
      }
      if (option.abbreviatedBy(name)) {
        found.add(option);
      }
    }
    if (found.isEmpty()) {
      throw error("unrecognized option '" + word + "'");
    }
    if (found.size() > 1) {
      StringBuilder text = new StringBuilder("option '" + word + "' is ambiguous; possibilities:");
      for (Option option : found) {
        text.append(" '").append(option.text()).append('\'');
      }
      throw error(text.toString());
    }
    return found.getFirst();
  }

  private Item shortOption() {
    char letter = group.charAt(0);
    String attached = group.substring(1);
    for (Option option : options) {
      if (option.letter() != letter) {
        continue;
      }
      if (!option.takesValue()) {
        group = attached;
        return new Item.Given(option, "");
      }
      group = "";
      String value = attached.isEmpty() ? nextWord() : attached;
      if (value == null) {
        throw error("option requires an argument -- '" + letter + "'");
      }
      return new Item.Given(option, value);
    }
    throw error("invalid option -- '" + letter + "'");
  }

  private @Nullable String nextWord() {
    return next == words.size() ? null : words.get(next++);
  }

  private UsageException error(String text) {
    return new UsageException(program, text);
  }
}
