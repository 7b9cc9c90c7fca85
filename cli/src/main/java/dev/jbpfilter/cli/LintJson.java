package dev.jbpfilter.cli;

import dev.jbpfilter.bytecode.JsonWriter;
import dev.jbpfilter.cgen.analysis.lint.Finding;
import dev.jbpfilter.cgen.analysis.lint.LintReport;
import dev.jbpfilter.cgen.analysis.lint.Witness;
import dev.jbpfilter.ruleset.Diagnostic;
import dev.jbpfilter.ruleset.SourceMap;
import dev.jbpfilter.ruleset.Span;
import java.util.List;

/** Findings for programs; {@code doc/lint.md} describes the document. */
final class LintJson {
  private static final String FORMAT = "jbpfilter-lint";
  private static final int VERSION = 1;

  private final JsonWriter json;
  private final RuleSource rules;

  /**
   * @param rules where the rules are from, which knows their places
   */
  LintJson(Appendable out, RuleSource rules) {
    this.json = new JsonWriter(out);
    this.rules = rules;
  }

  void write(List<LintReport> reports) {
    json.object().member("format", FORMAT).member("version", VERSION);
    json.name("chains").array();
    for (LintReport report : reports) {
      json.object().member("name", report.chain().name());
      json.name("findings").array();
      for (Finding finding : report.findings()) {
        finding(finding);
      }
      json.end();
      json.name("unexamined").array();
      for (String part : report.unexamined()) {
        json.value(part);
      }
      json.end().end();
    }
    json.end();
    json.end().finish();
  }

  private void finding(Finding finding) {
    json.object().member("kind", finding.kind().keyword());
    json.member("level", finding.level().keyword());
    json.member("certainty", finding.certainty().keyword());
    json.member("message", finding.message());
    if (finding.hint() != null) {
      json.member("hint", finding.hint());
    }
    indexes("rules", finding.rules());
    indexes("because_of", finding.others());
    place(finding);
    if (finding.replacement() != null) {
      json.member("replacement", finding.replacement());
    }
    Witness witness = finding.witness();
    if (witness != null) {
      json.name("witness").flatObject().member("packet", witness.packet().toString());
      json.member("outcome", witness.outcome()).end();
    }
    json.end();
  }

  private void place(Finding finding) {
    SourceMap sources = rules.sources().orElse(null);
    if (sources != null && !finding.span().equals(Span.NONE)) {
      JsonDiagnostic diagnostic =
          JsonDiagnostic.of(
              Diagnostic.warning(finding.span(), finding.message()),
              sources.locate(finding.span()));
      JsonDiagnostic.Place place = diagnostic.place();
      if (place != null) {
        json.name("place").flatObject().member("file", place.file());
        json.member("line", place.line()).member("column", place.column());
        json.member("end_line", place.endLine()).member("end_column", place.endColumn()).end();
      }
    }
  }

  private void indexes(String name, List<Integer> indexes) {
    json.name(name).flatArray();
    for (int index : indexes) {
      json.value(index);
    }
    json.end();
  }
}
