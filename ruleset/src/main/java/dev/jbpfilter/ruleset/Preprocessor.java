package dev.jbpfilter.ruleset;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes definitions and includes out of a text, and puts in what they stand for. What is left are
 * runs of chains, each between two directives of one source, so that no construct spans files.
 */
final class Preprocessor {
  static final int MOST_DEPTH = 16;

  private final IncludeResolver includes;
  private final SourceMap.Builder map = new SourceMap.Builder();
  private final Definitions definitions = new Definitions();
  private final List<Run> runs = new ArrayList<>();

  /** The texts that are being read, the innermost last. */
  private final Deque<IncludeResolver.Included> open = new ArrayDeque<>();

  private final Set<String> seen = new HashSet<>();

  /**
   * A directive beside a run.
   *
   * @param span where it is in the whole
   */
  record Site(String word, Span span) {}

  /**
   * Text without directives.
   *
   * @param base where it starts in the whole
   * @param before the directive of its source that it follows, if any
   * @param after the directive of its source that follows it, if any
   */
  record Run(String text, int base, @Nullable Site before, @Nullable Site after) {
    int end() {
      return base + text.length();
    }
  }

  Preprocessor(IncludeResolver includes) {
    this.includes = includes;
  }

  /** Whether a text may have definitions, includes or names to expand. */
  static boolean isNeeded(String text) {
    return text.indexOf('$') >= 0
        || text.contains(Directive.DEFINE)
        || text.contains(Directive.INCLUDE);
  }

  /** The runs of {@code source} and of what it includes, in order. */
  List<Run> process(Source source, Reporter reporter) {
    read(new IncludeResolver.Included("", source));
    definitions.report(reporter);
    return definitions.isFull() ? List.of() : List.copyOf(runs);
  }

  SourceMap map() {
    return map.build();
  }

  private void read(IncludeResolver.Included included) {
    open.addLast(included);
    Source source = included.source();
    String text = source.text();
    OpenRun run = new OpenRun(source, 0, null);
    int i = 0;
    while (i < text.length() && !definitions.isFull()) {
      char c = text.charAt(i);
      if (c == '#') {
        int end = text.indexOf('\n', i);
        i = end < 0 ? text.length() : end;
      } else if (c == '$') {
        i = run.use(i);
      } else if (!run.inBraces && (c == 'd' || c == 'i')) {
        Directive directive = Directive.at(text, i).orElse(null);
        if (directive == null) {
          i++;
        } else {
          i = directive.span().end();
          run = directive(run, directive);
        }
      } else {
        run.inBraces = c == '{' || (run.inBraces && c != '}');
        i++;
      }
    }
    run.close(text.length(), null);
    map.end(source);
    open.removeLast();
  }

  /** Does what {@code directive} says, and returns the run that follows it. */
  private OpenRun directive(OpenRun before, Directive directive) {
    Source source = before.source;
    Span span = directive.span();
    before.closeFor(directive);
    int base = map.position();
    Site site = new Site(directive.word(), new Span(base, base + span.end() - span.start()));
    map.copy(source, span.start(), span.end());
    switch (directive) {
      case Directive.Define define -> definitions.define(source, define, base);
      case Directive.Include include -> include(source, include, base);
    }
    return new OpenRun(source, span.end(), site);
  }

  private void include(Source source, Directive.Include include, int base) {
    int shift = base - include.span().start();
    Optional<String> path = definitions.expand(source, include.path(), shift);
    if (path.isEmpty()) {
      return;
    }
    Span quoted = new Span(shift + include.path().start() - 1, shift + include.path().end() + 1);
    try {
      requireInside(path.get());
      IncludeResolver.Included included = includes.resolve(open.getLast().identity(), path.get());
      requireNoCycle(included);
      if (open.size() > MOST_DEPTH) {
        throw new IncludeException("files are nested more than " + MOST_DEPTH + " deep");
      }
      if (!map.hasRoom(included.source().text().length())) {
        throw new IncludeException("the text becomes too long");
      }
      if (seen.add(included.identity())) {
        read(included);
      }
    } catch (IncludeException e) {
      definitions.error(quoted, "can't include '" + path.get() + "': " + e.getMessage(), null);
    }
  }

  private static void requireInside(String path) throws IncludeException {
    if (path.isEmpty()) {
      throw new IncludeException("expecting the path of a file");
    }
    if (path.startsWith("/")) {
      throw new IncludeException("the path must be relative to the including file");
    }
    int depth = 0;
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        depth--;
      } else if (!part.isEmpty() && !part.equals(".")) {
        depth++;
      }
      if (depth < 0) {
        throw new IncludeException("it is outside the directory of the including file");
      }
    }
  }

  private void requireNoCycle(IncludeResolver.Included included) throws IncludeException {
    StringBuilder cycle = new StringBuilder();
    for (IncludeResolver.Included reading : open) {
      if (!cycle.isEmpty() || reading.identity().equals(included.identity())) {
        cycle.append(reading.source().name()).append(" includes ");
      }
    }
    if (!cycle.isEmpty()) {
      throw new IncludeException(cycle + included.source().name());
    }
  }

  /** A run whose end is not reached. */
  private final class OpenRun {
    private final Source source;
    private final @Nullable Site before;
    private final int base = map.position();
    private final StringBuilder text = new StringBuilder();

    /** The start of what is not in the text yet. */
    private int pending;

    /** Whether the text so far ends in hook options or a set body. */
    private boolean inBraces;

    OpenRun(Source source, int start, @Nullable Site before) {
      this.source = source;
      this.pending = start;
      this.before = before;
    }

    /** Puts in the value of the name at {@code start}, a dollar sign. Returns where it ends. */
    int use(int start) {
      int end = Directive.wordEnd(source.text(), start + 1);
      if (end == start + 1) {
        return end;
      }
      int position = map.position() + start - pending;
      definitions
          .use(source.text().substring(start + 1, end), new Span(position, position + end - start))
          .ifPresent(value -> {
            append(start);
            text.append(value.value());
            int opening = value.value().lastIndexOf('{');
            int closing = value.value().lastIndexOf('}');
            inBraces = opening > closing || (inBraces && closing < 0);
            map.expand(source, new Span(start, end), value);
            pending = end;
          });
      return end;
    }

    void closeFor(Directive directive) {
      Span span = directive.span();
      int position = map.position() + span.start() - pending;
      close(
          span.start(),
          new Site(directive.word(), new Span(position, position + span.end() - span.start())));
    }

    void close(int end, @Nullable Site after) {
      append(end);
      runs.add(new Run(text.toString(), base, before, after));
    }

    private void append(int end) {
      text.append(source.text(), pending, end);
      map.copy(source, pending, end);
      pending = end;
    }
  }
}
