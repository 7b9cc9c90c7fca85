package dev.jbpfilter.ruleset;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text with a name, as given by the user. Sources with the same name and text are equal.
 *
 * <p>Questions about lines are answered from a table, which the first one makes: a text may have as
 * many warnings as rules.
 */
public final class Source {
  private final String name;
  private final String text;
  private @Nullable Lines lines;

  /**
   * @param name how messages call the text, usually a file name
   */
  public Source(String name, String text) {
    this.name = name;
    this.text = text;
  }

  /** The lines of a text; immutable, so that it does not matter if two threads make it. */
  private static final class Lines {
    /** Ascending. */
    final int[] starts;

    /** Whether no character is half of a code point. */
    final boolean simple;

    Lines(String text) {
      int[] found = new int[16];
      int count = 1;
      boolean surrogates = false;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '\n') {
          if (count == found.length) {
            found = Arrays.copyOf(found, 2 * count);
          }
          found[count++] = i + 1;
        }
        surrogates |= Character.isSurrogate(c);
      }
      starts = Arrays.copyOf(found, count);
      simple = !surrogates;
    }

    /** The line of an offset, from 0. */
    int of(int offset) {
      int place = Arrays.binarySearch(starts, offset);
      return place < 0 ? -place - 2 : place;
    }
  }

  /** How messages call the text. */
  public String name() {
    return name;
  }

  public String text() {
    return text;
  }

  /** The line that holds {@code offset}, counted from 1. */
  public int line(int offset) {
    return lines(offset).of(offset) + 1;
  }

  /** The position of {@code offset} in its line in code points, counted from 1. */
  public int column(int offset) {
    int start = lineStart(offset);
    return 1 + (lines(offset).simple ? offset - start : text.codePointCount(start, offset));
  }

  /** The line that holds {@code offset}, without its line end. */
  public String lineText(int offset) {
    return text.substring(lineStart(offset), lineEnd(offset));
  }

  /** The characters of {@code span}. */
  public String text(Span span) {
    return text.substring(span.start(), span.end());
  }

  /** Where the line that holds {@code offset} starts. */
  int lineStart(int offset) {
    Lines table = lines(offset);
    return table.starts[table.of(offset)];
  }

  /** Where the line that holds {@code offset} ends, before its line end. */
  int lineEnd(int offset) {
    Lines table = lines(offset);
    int line = table.of(offset);
    boolean last = line + 1 == table.starts.length;
    int end = last ? text.length() : table.starts[line + 1] - 1;
    return end > table.starts[line] && text.charAt(end - 1) == '\r' ? end - 1 : end;
  }

  private Lines lines(int offset) {
    if (offset < 0 || offset > text.length()) {
      throw new IllegalArgumentException(
          "offset " + offset + " is outside a text of " + text.length() + " characters");
    }
    Lines table = lines;
    if (table == null) {
      table = new Lines(text);
      lines = table;
    }
    return table;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Source source && name.equals(source.name) && text.equals(source.text);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + text.hashCode();
  }

  @Override
  public String toString() {
    return name + " of " + text.length() + " characters";
  }
}
