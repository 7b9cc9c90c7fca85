package dev.jbpfilter.ruleset;

import java.util.ArrayList;
import java.util.List;

/** Collects diagnostics; a text with more errors than anyone reads is cut short. */
final class Reporter {
  private static final int MOST_ERRORS = 100;

  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private int errors;

  void report(Diagnostic diagnostic) {
    if (diagnostic.isError()) {
      if (errors >= MOST_ERRORS) {
        return;
      }
      errors++;
    }
    diagnostics.add(diagnostic);
  }

  void error(Span span, String message) {
    report(Diagnostic.error(span, message));
  }

  int errors() {
    return errors;
  }

  boolean isFull() {
    return errors >= MOST_ERRORS;
  }

  List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
