package dev.jbpfilter.cli;

import dev.jbpfilter.loader.Event;
import dev.jbpfilter.ruleset.Diagnostic;
import dev.jbpfilter.ruleset.Location;
import dev.jbpfilter.ruleset.Severity;
import dev.jbpfilter.ruleset.Source;
import dev.jbpfilter.ruleset.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error or warning, for programs to read.
 *
 * @param hint what to do instead, where that can be guessed
 * @param chain the chain that it is about, if it is about one and not about a place
 * @param place where in the rules it is, if it is about their text
 */
record JsonDiagnostic(
    Severity severity,
    String message,
    @Nullable String hint,
    @Nullable String chain,
    @Nullable Place place) {

  /**
   * A piece of a file. Lines and columns count from 1; columns count code points.
   *
   * @param endColumn the first column behind the piece
   */
  record Place(String file, int line, int column, int endLine, int endColumn) {}

  static JsonDiagnostic of(Diagnostic diagnostic, Location location) {
    Source source = location.source();
    Span span = location.span();
    Place place =
        new Place(
            source.name(),
            source.line(span.start()),
            source.column(span.start()),
            source.line(span.end()),
            source.column(span.end()));
    return new JsonDiagnostic(
        diagnostic.severity(), diagnostic.message(), diagnostic.hint(), null, place);
  }

  static JsonDiagnostic of(Event warning) {
    return new JsonDiagnostic(Severity.WARNING, warning.text(), null, warning.chain(), null);
  }

  /** What was found before a failure; if no error is among it, what the failure says, too. */
  static List<JsonDiagnostic> withCause(List<JsonDiagnostic> found, CommandException failure) {
    List<JsonDiagnostic> diagnostics = new ArrayList<>(found);
    for (JsonDiagnostic diagnostic : found) {
      if (diagnostic.severity == Severity.ERROR) {
        return diagnostics;
      }
    }
    for (String line : failure.lines()) {
      diagnostics.add(ofLine(line));
    }
    return diagnostics;
  }

  private static JsonDiagnostic ofLine(String line) {
    int end = line.indexOf(CommandException.HINT);
    if (end < 0) {
      return error(line);
    }
    String hint = line.substring(end + CommandException.HINT.length());
    return new JsonDiagnostic(Severity.ERROR, line.substring(0, end), hint, null, null);
  }

  /** An error that is about no chain in particular. */
  static JsonDiagnostic error(String message) {
    return new JsonDiagnostic(Severity.ERROR, message, null, null, null);
  }
}
