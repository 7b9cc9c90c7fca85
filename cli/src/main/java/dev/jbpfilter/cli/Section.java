package dev.jbpfilter.cli;

import java.util.List;

/**
 * A part of a help text or manual page.
 *
 * @param title in the spelling of a sentence, without a colon
 */
record Section(String title, List<Block> blocks) {
  Section {
    blocks = List.copyOf(blocks);
  }

  Section(String title, Block... blocks) {
    this(title, List.of(blocks));
  }

  /** A piece of a section. */
  sealed interface Block {
    /** Text, filled to the width of the page. */
    record Paragraph(String text) implements Block {}

    /** What some words mean. */
    record Terms(List<Term> terms) implements Block {
      public Terms {
        terms = List.copyOf(terms);
      }
    }

    /** Lines as they are. */
    record Lines(List<String> lines) implements Block {
      public Lines {
        lines = List.copyOf(lines);
      }
    }
  }

  /** A word as it is typed or shown, and what it means. */
  record Term(String word, String meaning) {}
}
