package dev.jbpfilter.cli;

import java.util.ArrayList;
import java.util.List;

/** What is written behind an option, or as the word that is no option: completion offers it. */
enum Value {
  /** Anything. */
  TEXT("TEXT"),
  FILE("FILE"),
  DIRECTORY("DIR"),
  /** The name of a chain. */
  CHAIN("NAME"),
  /** The name of a set. */
  SET("NAME"),
  /** An element of a set. */
  ELEMENT("ELEMENT"),
  HOOK_OPTION("KEY=VALUE"),
  SECONDS("SECONDS"),
  SIZE("SIZE"),
  LEVEL("LEVEL", "0 or 1"),
  VERBOSITY("WORD", Verbosity.WORDS),
  LIST_FORMAT("WORD", ListFormat.WORDS),
  DUMP_FORMAT("FORMAT", DumpFormat.WORDS),
  ASM_FORMAT("FORMAT", AsmFormat.WORDS),
  FAIL_LEVEL("LEVEL", FailLevel.WORDS),
  PLAN_FORMAT("FORMAT", PlanFormat.WORDS),
  SORT_ORDER("ORDER", TopSort.WORDS),
  SYNTAX("NOTATION", Disasm.Syntax.WORDS),
  /** A packet in words. */
  PACKET("PACKET"),
  ADDRESS("ADDRESS"),
  PORT("PORT"),
  NUMBER("NUMBER"),
  INTERFACE("INTERFACE"),
  SHELL("SHELL", "bash, zsh or fish");

  private static final String COMMA = ", ";
  private static final String OR = " or ";

  private final String label;
  private final String words;

  Value(String label) {
    this(label, "");
  }

  /** One of {@code words}, which are written as {@code a, b or c}. */
  Value(String label, String words) {
    this.label = label;
    this.words = words;
  }

  /** What help calls it. */
  String label() {
    return label;
  }

  /** All words that are allowed, for messages; empty if anything is. */
  String words() {
    return words;
  }

  /** All words that are allowed; empty if anything is. */
  List<String> choices() {
    List<String> choices = new ArrayList<>();
    int start = 0;
    while (start < words.length()) {
      int end = words.indexOf(COMMA, start);
      int separator = COMMA.length();
      if (end < 0) {
        end = words.indexOf(OR, start);
        separator = OR.length();
      }
      if (end < 0) {
        end = words.length();
      }
      choices.add(words.substring(start, end));
      start = end + separator;
    }
    return choices;
  }

  /** Whether {@code text} may be written. */
  boolean accepts(String text) {
    return words.isEmpty() || choices().contains(text);
  }
}
