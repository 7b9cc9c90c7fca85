package dev.jbpfilter.ruleset;

import org.jspecify.annotations.Nullable;

/**
 * A place in a source.
 *
 * @param expansion the definition whose value is there instead of what {@code span} covers; null if
 *     the source is read as it is written
 */
public record Location(Source source, Span span, @Nullable Expansion expansion) {

  /** {@code file:line:column}. */
  public String text() {
    return source.name() + ":" + source.line(span.start()) + ":" + source.column(span.start());
  }
}
