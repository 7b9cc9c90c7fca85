package dev.jbpfilter.ruleset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came of reading a text: its ruleset unless there were errors, and all diagnostics. */
public final class ParseResult {
  private final @Nullable Ruleset ruleset;
  private final List<Diagnostic> diagnostics;
  private final int omitted;
  private final SourceMap sources;

  /**
   * @param omitted the number of errors that are not among {@code diagnostics}
   */
  ParseResult(
      @Nullable Ruleset ruleset, List<Diagnostic> diagnostics, int omitted, SourceMap sources) {
    this.omitted = omitted;
    this.ruleset = ruleset;
    this.diagnostics = List.copyOf(diagnostics);
    this.sources = sources;
  }

  /** The ruleset; empty if and only if a diagnostic is an error. */
  public Optional<Ruleset> ruleset() {
    return Optional.ofNullable(ruleset);
  }

  /** Errors and warnings, in the order in which they were found. */
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  /** Which source the spans of the diagnostics and of the ruleset belong to. */
  public SourceMap sources() {
    return sources;
  }

  /** The number of errors that are counted only, because they are too many to read. */
  public int omittedErrors() {
    return omitted;
  }

  /** The errors alone. */
  public List<Diagnostic> errors() {
    List<Diagnostic> errors = new ArrayList<>();
    for (Diagnostic diagnostic : diagnostics) {
      if (diagnostic.isError()) {
        errors.add(diagnostic);
      }
    }
    return errors;
  }
}
