package dev.jbpfilter.ruleset;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects diagnostics; of more errors than anyone reads, it keeps the number. */
final class Reporter {
  private static final int MOST_ERRORS = 100;

  private final List<Diagnostic> diagnostics = new ArrayList<>();

  /** For each diagnostic, where it was found; it may be about what is missing before. */
  private final List<Integer> positions = new ArrayList<>();

  /** Ascending, apart from each other. */
  private final List<Span> known = new ArrayList<>();

  private int errors;
  private int mistakes;

  void report(Diagnostic diagnostic) {
    if (diagnostic.isError()) {
      error(() -> diagnostic);
    } else {
      add(diagnostic.span().start(), diagnostic);
    }
  }

  void error(Span span, String message) {
    error(() -> Diagnostic.error(span, message));
  }

  /** Reports an error, which is not made if it would not be shown. */
  void error(Supplier<Diagnostic> error) {
    error(-1, error);
  }

  void error(SyntaxException error) {
    error(error.position(), error.diagnostic());
  }

  private void error(int position, Supplier<Diagnostic> error) {
    mistakes++;
    if (errors < MOST_ERRORS || !known.isEmpty()) {
      Diagnostic diagnostic = error.get();
      if (isKnown(diagnostic.span())) {
        return;
      }
      if (errors < MOST_ERRORS) {
        add(position < 0 ? diagnostic.span().start() : position, diagnostic);
      }
    }
    errors++;
  }

  private void add(int position, Diagnostic diagnostic) {
    diagnostics.add(diagnostic);
    positions.add(position);
  }

  /**
   * Keeps quiet about further errors there: they come from one that was reported.
   *
   * @param span behind those before
   */
  void ignore(Span span) {
    known.add(span);
  }

  /**
   * Puts {@code error} in the place of the error found at {@code start}; false if there is none.
   */
  boolean replace(int start, Diagnostic error) {
    for (int i = 0; i < diagnostics.size(); i++) {
      if (diagnostics.get(i).isError() && positions.get(i) == start) {
        diagnostics.set(i, error);
        return true;
      }
    }
    return false;
  }

  private boolean isKnown(Span span) {
    int low = 0;
    int high = known.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (known.get(middle).end() <= span.start()) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < known.size() && known.get(low).start() < span.end();
  }

  int errors() {
    return errors;
  }

  /** The errors and what was kept quiet about: grows with whatever can't be read. */
  int mistakes() {
    return mistakes;
  }

  /** The errors that are counted only. */
  int omitted() {
    return Math.max(errors - MOST_ERRORS, 0);
  }

  List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
