package dev.jbpfilter.cli;

import dev.jbpfilter.cli.Section.Block;
import dev.jbpfilter.cli.Section.Term;
import java.util.List;

/** Writes sections as Markdown, for the pages of doc that are made from the program itself. */
final class MarkdownText {
  private static final int WIDTH = 105;
  private static final String PUNCTUATION = ".,;:)";

  private final StringBuilder out = new StringBuilder();

  /** Everything added so far. */
  String text() {
    return out.toString();
  }

  /** Adds a section; its lines are blocks that are called {@code info}. */
  void add(Section section, String info) {
    title(section.title());
    section.blocks().forEach(block -> add(block, info));
  }

  /** Begins a section. */
  void title(String title) {
    out.append("\n## ").append(title).append('\n');
  }

  /** Adds a block behind an empty line. */
  void add(Block block, String info) {
    switch (block) {
      case Block.Paragraph(String text) -> fill(text);
      case Block.Terms(List<Term> terms) -> table(terms, "", "Meaning");
      case Block.Lines(List<String> lines) -> {
        out.append("\n```").append(info).append('\n');
        lines.forEach(line -> out.append(line).append('\n'));
        out.append("```\n");
      }
    }
  }

  /** Adds terms as a table with these headings; nothing if there are none. */
  void table(List<Term> terms, String words, String meaning) {
    if (terms.isEmpty()) {
      return;
    }
    row(words, meaning);
    out.append("|---|---|\n");
    for (Term term : terms) {
      out.append("| `").append(term.word().strip()).append("` | ");
      out.append(marked(term.meaning()).replace("|", "\\|")).append(" |\n");
    }
  }

  private void row(String first, String second) {
    out.append("\n| ").append(first).append(first.isEmpty() ? "| " : " | ");
    out.append(second).append(" |\n");
  }

  /** Adds a paragraph in lines. */
  void fill(String text) {
    out.append('\n');
    int column = 0;
    for (String word : marked(text).split(" ", -1)) {
      if (column > 0 && column + 1 + word.length() > WIDTH) {
        out.append('\n');
        column = 0;
      }
      out.append(column == 0 ? "" : " ").append(word);
      column += word.length() + (column == 0 ? 0 : 1);
    }
    out.append('\n');
  }

  /** The text with what is typed marked as such. */
  static String marked(String text) {
    StringBuilder marked = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      int end = word.length();
      while (end > 0 && PUNCTUATION.indexOf(word.charAt(end - 1)) >= 0) {
        end--;
      }
      int start = word.startsWith("(") ? 1 : 0;
      String core = word.substring(start, Math.max(start, end));
      marked.append(marked.isEmpty() ? "" : " ");
      if (isTyped(core)) {
        marked.append(word, 0, start).append('`').append(core).append('`');
        marked.append(word, end, word.length());
      } else {
        marked.append(word);
      }
    }
    return marked.toString();
  }

  private static boolean isTyped(String word) {
    boolean option = word.length() > 1 && word.startsWith("-");
    boolean odd = word.chars().anyMatch(c -> "_*$<>#".indexOf(c) >= 0);
    return option || odd || word.startsWith("/");
  }
}
