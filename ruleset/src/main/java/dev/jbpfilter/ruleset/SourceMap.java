package dev.jbpfilter.ruleset;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a text come from, once files are included and names are expanded.
 *
 * <p>The spans of diagnostics and of chains read from a text are positions in that whole; {@link
 * #locate} says which part of which source they are.
 */
public final class SourceMap {
  private final List<Segment> segments;

  private SourceMap(List<Segment> segments) {
    this.segments = List.copyOf(segments);
  }

  /**
   * A part of a source, or what a name in it stands for.
   *
   * @param start where it starts in the whole
   * @param span the part of the source
   */
  private record Segment(int start, Source source, Span span, @Nullable Expansion expansion) {
    int from(int position) {
      return expansion == null ? span.start() + (position - start) : span.start();
    }

    int to(int position) {
      return expansion == null ? span.start() + (position - start) : span.end();
    }
  }

  /** The map of a source without includes and names. */
  public static SourceMap of(Source source) {
    return new SourceMap(
        List.of(new Segment(0, source, new Span(0, source.text().length()), null)));
  }

  /**
   * The source that {@code span} is in, and where.
   *
   * @param span of a diagnostic or a chain of the same {@link ParseResult}
   */
  public Location locate(Span span) {
    Segment first = segment(span.start());
    int from = first.from(span.start());
    if (span.end() == span.start()) {
      return new Location(first.source(), new Span(from, from), null);
    }
    Segment last = segment(span.end() - 1);
    Expansion expansion = first.expansion() == null ? last.expansion() : first.expansion();
    return new Location(first.source(), new Span(from, last.to(span.end())), expansion);
  }

  /** The last segment that starts at {@code position} or before. */
  private Segment segment(int position) {
    int low = 0;
    int high = segments.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (segments.get(middle).start() <= position) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return segments.get(low);
  }

  /** Lays segments one after another. */
  static final class Builder {
    private final List<Segment> segments = new ArrayList<>();
    private int position;

    /** Where the next segment starts. */
    int position() {
      return position;
    }

    /** Whether a segment of {@code length} can follow. */
    boolean hasRoom(int length) {
      return length < Integer.MAX_VALUE - position;
    }

    /** The characters of {@code source} from {@code start} to {@code end}, as they are. */
    void copy(Source source, int start, int end) {
      if (end > start) {
        segments.add(new Segment(position, source, new Span(start, end), null));
        position += end - start;
      }
    }

    /** What the name at {@code use} stands for. */
    void expand(Source source, Span use, Expansion expansion) {
      segments.add(new Segment(position, source, use, expansion));
      position += expansion.value().length();
    }

    /** A place for what is missing at the end of {@code source}. */
    void end(Source source) {
      int end = source.text().length();
      segments.add(new Segment(position, source, new Span(end, end), null));
      position++;
    }

    SourceMap build() {
      return new SourceMap(segments);
    }
  }
}
