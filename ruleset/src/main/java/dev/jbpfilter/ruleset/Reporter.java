package dev.jbpfilter.ruleset;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects diagnostics; of more errors than anyone reads, it keeps the number. */
final class Reporter {
  private static final int MOST_ERRORS = 100;

  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private int errors;

  void report(Diagnostic diagnostic) {
    if (diagnostic.isError()) {
      error(() -> diagnostic);
    } else {
      diagnostics.add(diagnostic);
    }
  }

  /** Reports an error, which is not made if it would not be shown. */
  void error(Supplier<Diagnostic> error) {
    if (errors < MOST_ERRORS) {
      diagnostics.add(error.get());
    }
    errors++;
  }

  void error(Span span, String message) {
    error(() -> Diagnostic.error(span, message));
  }

  int errors() {
    return errors;
  }

  /** The errors that are counted only. */
  int omitted() {
    return Math.max(errors - MOST_ERRORS, 0);
  }

  List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
