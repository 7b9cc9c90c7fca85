package dev.jbpfilter.ruleset;

/**
 * A piece of a {@link Source}: the characters from {@code start} (inclusive) to {@code end}
 * (exclusive).
 */
public record Span(int start, int end) {

  /** The place of what was not written in any source. */
  public static final Span NONE = new Span(0, 0);

  public Span {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("not a span: " + start + ".." + end);
    }
  }

  /** The smallest span that covers this one and {@code other}. */
  public Span to(Span other) {
    return new Span(Math.min(start, other.start), Math.max(end, other.end));
  }
}
