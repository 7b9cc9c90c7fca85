package dev.jbpfilter.cli;

import dev.jbpfilter.cli.Section.Block;
import dev.jbpfilter.cli.Section.Term;
import java.util.List;
import java.util.Locale;

/** Writes sections in the man macros of roff, as groff and mandoc read them. */
final class ManText {
  /** Of lines of text in the file. */
  private static final int WIDTH = 80;

  private final StringBuilder out = new StringBuilder();

  /**
   * @param name of the page
   * @param number of the manual's section
   * @param date of the last change
   */
  ManText(String name, int number, String date) {
    out.append(".TH ").append(name.toUpperCase(Locale.ROOT)).append(' ').append(number);
    out.append(' ').append(date).append(" \"jbpfilter ").append(Main.VERSION).append("\"\n");
    // Much of the text is typed as it stands: no blanks that are not in it.
    out.append(".ad l\n");
  }

  /** Everything added so far. */
  String text() {
    return out.toString();
  }

  /** Adds a section. */
  void add(Section section) {
    title(section.title());
    boolean first = true;
    for (Block block : section.blocks()) {
      add(block, first);
      first = false;
    }
  }

  /** Begins a section. */
  void title(String title) {
    out.append(".SH ").append(quoted(title.toUpperCase(Locale.ROOT))).append('\n');
  }

  /** Begins a part of a section, which is about the command line {@code synopsis}. */
  void part(String title, String synopsis) {
    out.append(".SS ").append(quoted(title)).append('\n');
    synopsis(synopsis);
  }

  /** Adds the lines of a synopsis. */
  void synopsis(String... lines) {
    for (int i = 0; i < lines.length; i++) {
      out.append(i == 0 ? "" : ".br\n").append(markedSynopsis(lines[i])).append('\n');
    }
  }

  /** Adds a block that is not the first below a title. */
  void add(Block block) {
    add(block, false);
  }

  private void add(Block block, boolean first) {
    switch (block) {
      case Block.Paragraph(String text) -> {
        out.append(first ? "" : ".PP\n");
        fill(text);
      }
      case Block.Terms(List<Term> terms) -> {
        for (Term term : terms) {
          out.append(".TP\n").append(markedTerm(term.word().strip())).append('\n');
          fill(term.meaning());
        }
      }
      case Block.Lines(List<String> lines) -> {
        out.append(first ? "" : ".PP\n").append(".RS 4\n.EX\n");
        lines.forEach(line -> out.append(protectedStart(escaped(line))).append('\n'));
        out.append(".EE\n.RE\n");
      }
    }
  }

  /** Options with their values as in a synopsis, all else in bold. */
  private static String markedTerm(String word) {
    return word.startsWith("-") ? markedSynopsis(word) : "\\fB" + escaped(word) + "\\fR";
  }

  /**
   * A piece of a synopsis: options in bold, values, which are in capitals, in italics; the rest is
   * punctuation.
   */
  private static String markedSynopsis(String text) {
    StringBuilder line = new StringBuilder();
    int start = 0;
    while (start < text.length()) {
      int end = start;
      while (end < text.length() && isWordPart(text.charAt(end))) {
        end++;
      }
      if (end == start) {
        line.append(escaped(text.substring(start, start + 1)));
        start++;
        continue;
      }
      String word = text.substring(start, end);
      boolean value = Character.isUpperCase(word.charAt(0)) && word.length() > 1;
      line.append(value ? "\\fI" : "\\fB").append(escaped(word)).append("\\fR");
      start = end;
    }
    return line.toString();
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '=';
  }

  /** Adds text in lines, words that begin like an option in bold. */
  private void fill(String text) {
    int column = 0;
    for (String word : text.split(" ", -1)) {
      String marked = word.startsWith("--") ? markedSynopsis(word) : escaped(word);
      if (column > 0 && column + 1 + marked.length() > WIDTH) {
        out.append('\n');
        column = 0;
      }
      String next = column == 0 ? protectedStart(marked) : " " + marked;
      out.append(next);
      column += next.length();
    }
    out.append('\n');
  }

  /** Protects what roff would take for a request. */
  private static String protectedStart(String line) {
    return line.startsWith(".") || line.startsWith("\\(aq") ? "\\&" + line : line;
  }

  private static String quoted(String text) {
    return '"' + escaped(text) + '"';
  }

  /** Spells what roff would change: its escapes, dashes, and quotes. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> escaped.append("\\e");
        case '-' -> escaped.append("\\-");
        case '\'' -> escaped.append("\\(aq");
        case '`' -> escaped.append("\\(ga");
        case '^' -> escaped.append("\\(ha");
        case '~' -> escaped.append("\\(ti");
        case '"' -> escaped.append("\\(dq");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
