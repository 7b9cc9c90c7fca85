package dev.jbpfilter.cli;

import dev.jbpfilter.cli.Section.Block;
import dev.jbpfilter.cli.Section.Term;
import java.util.ArrayList;
import java.util.List;

/** Lays out help for a terminal of 80 columns. */
final class PlainText {
  static final int WIDTH = 79;

  private static final String INDENT = "  ";

  /** The widest first column; a longer word stands on a line of its own. */
  private static final int WIDEST_WORD = 24;

  private final StringBuilder out = new StringBuilder();

  /** Everything added so far. */
  String text() {
    return out.toString();
  }

  /** Adds an empty line, the title, and the blocks, indented. */
  void add(Section section) {
    out.append('\n').append(section.title()).append(":\n");
    boolean first = true;
    for (Block block : section.blocks()) {
      if (!first) {
        out.append('\n');
      }
      first = false;
      add(block, INDENT);
    }
  }

  /** Adds each block behind an empty line, not indented. */
  void add(List<Block> blocks) {
    for (Block block : blocks) {
      out.append('\n');
      add(block, "");
    }
  }

  private void add(Block block, String indent) {
    switch (block) {
      case Block.Paragraph(String text) -> fill(indent, indent, words(text));
      case Block.Terms(List<Term> terms) -> addTerms(terms);
      case Block.Lines(List<String> lines) -> {
        for (String line : lines) {
          out.append(line.isEmpty() ? "" : INDENT).append(line).append('\n');
        }
      }
    }
  }

  private void addTerms(List<Term> terms) {
    int width = 0;
    for (Term term : terms) {
      int length = term.word().length();
      width = length > WIDEST_WORD ? width : Math.max(width, length);
    }
    String column = " ".repeat(INDENT.length() + width + INDENT.length());
    for (Term term : terms) {
      String start = INDENT + term.word();
      if (term.word().length() > width) {
        out.append(start).append('\n');
        start = "";
      }
      fill(start + column.substring(start.length()), column, words(term.meaning()));
    }
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf(' ', start);
      end = end < 0 ? text.length() : end;
      words.add(text.substring(start, end));
      start = end + 1;
    }
    return words;
  }

  /** Adds {@code words} in lines of at most {@link #WIDTH}. */
  void fill(String firstIndent, String indent, List<String> words) {
    out.append(firstIndent);
    int column = firstIndent.length();
    boolean lineStart = true;
    for (String word : words) {
      if (!lineStart && column + 1 + word.length() > WIDTH) {
        out.append('\n').append(indent);
        column = indent.length();
        lineStart = true;
      }
      if (!lineStart) {
        out.append(' ');
        column++;
      }
      out.append(word);
      column += word.length();
      lineStart = false;
    }
    out.append('\n');
  }
}
