package dev.jbpfilter.ruleset;

import java.util.ArrayList;
import java.util.List;

/** Collects diagnostics; a text with more errors than anyone reads is cut short. */
final class Reporter {
  private static final int MOST_ERRORS = 100;

  private final List<Diagnostic> diagnostics = new ArrayList<>();

  /** Ascending, apart from each other. */
  private final List<Span> known = new ArrayList<>();

  /** All errors, also those that are not in the list. */
  private int errors;

  private int shown;

  void report(Diagnostic diagnostic) {
    if (diagnostic.isError()) {
      errors++;
      if (isFull() || isKnown(diagnostic.span())) {
        return;
      }
      shown++;
    }
    diagnostics.add(diagnostic);
  }

  void error(Span span, String message) {
    report(Diagnostic.error(span, message));
  }

  /**
   * Keeps quiet about further errors there: they come from one that was reported.
   *
   * @param span behind those before
   */
  void ignore(Span span) {
    known.add(span);
  }

  /** Puts {@code error} in the place of the error at {@code start}; false if there is none. */
  boolean replace(int start, Diagnostic error) {
    for (int i = 0; i < diagnostics.size(); i++) {
      if (diagnostics.get(i).isError() && diagnostics.get(i).span().start() == start) {
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

  /** How many errors were reported, those included that were ignored. */
  int errors() {
    return errors;
  }

  boolean isFull() {
    return shown >= MOST_ERRORS;
  }

  List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
