package dev.jbpfilter.cli;

import dev.jbpfilter.cgen.analysis.lint.Finding;
import dev.jbpfilter.cgen.analysis.lint.FindingLevel;
import dev.jbpfilter.cgen.analysis.lint.LintReport;
import dev.jbpfilter.cgen.analysis.lint.Witness;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Diagnostic;
import dev.jbpfilter.ruleset.DiagnosticPrinter;
import dev.jbpfilter.ruleset.SourceMap;
import dev.jbpfilter.ruleset.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Findings for people: what, where, what to do, and a packet that shows it. */
final class LintText {
  /** Longer rules to write instead are cut: the document for programs has all of them. */
  private static final int MOST_CHARACTERS = 2000;

  private static final int CHUNK = 1 << 13;

  private final Console console;
  private final RuleSource rules;
  private final @Nullable DiagnosticPrinter printer;
  private final StringBuilder out = new StringBuilder();

  /**
   * @param rules where the rules are from, which knows their places and the interfaces
   */
  LintText(Console console, RuleSource rules) {
    this.console = console;
    this.rules = rules;
    SourceMap sources = rules.sources().orElse(null);
    this.printer = sources == null ? null : new DiagnosticPrinter(sources);
  }

  void print(List<LintReport> reports) {
    int[] counts = new int[FindingLevel.values().length];
    int all = 0;
    for (LintReport report : reports) {
      for (Finding finding : report.findings()) {
        finding(report.chain(), finding);
        int place = 0;
        for (FindingLevel level : FindingLevel.values()) {
          counts[place++] += finding.level() == level ? 1 : 0;
        }
        all++;
      }
    }
    for (LintReport report : reports) {
      for (String part : report.unexamined()) {
        out.append("note: of chain '").append(report.chain().name()).append("', ");
        out.append(part).append('\n');
      }
    }
    out.append(summary(reports.size(), all, counts)).append('\n');
    pass();
  }

  private static String summary(int chains, int all, int... counts) {
    String where = chains == 1 ? "1 chain" : chains + " chains";
    if (all == 0) {
      return where + " examined, nothing found";
    }
    List<String> parts = new ArrayList<>();
    int place = counts.length;
    for (FindingLevel level : List.of(FindingLevel.values()).reversed()) {
      place--;
      if (counts[place] > 0) {
        parts.add(counts[place] + " " + level.keyword());
      }
    }
    return where + " examined, " + all + " found: " + String.join(", ", parts);
  }

  private void finding(Chain chain, Finding finding) {
    String level = finding.level().keyword();
    out.append(colour(finding.level(), level)).append(": ").append(finding.message());
    out.append(" [").append(finding.kind().keyword()).append("]\n");
    String excerpt = excerpt(chain, finding);
    out.append(excerpt);
    String note = note(excerpt);
    Witness witness = finding.witness();
    if (witness != null) {
      out.append(note).append("for example ").append(witness.packet()).append(": ");
      out.append(witness.outcome()).append('\n');
    }
    String replacement = finding.replacement();
    if (replacement != null) {
      boolean cut = replacement.length() > MOST_CHARACTERS;
      out.append(note).append(cut ? replacement.substring(0, MOST_CHARACTERS) : replacement);
      out.append(cut ? "… (--format json prints all of it)\n" : "\n");
    }
    out.append('\n');
    if (out.length() > CHUNK) {
      pass();
    }
  }

  private String colour(FindingLevel level, String text) {
    return switch (level) {
      case DEAD -> console.errorColour(text);
      case WARNING -> console.warningColour(text);
      case ADVICE -> console.strong(text);
    };
  }

  /** Place, source line, caret and hint. */
  private String excerpt(Chain chain, Finding finding) {
    if (printer != null && !finding.span().equals(Span.NONE)) {
      Diagnostic diagnostic =
          finding.hint() == null
              ? Diagnostic.warning(finding.span(), finding.message())
              : Diagnostic.error(finding.span(), finding.message(), finding.hint());
      return printer.excerpt(diagnostic);
    }
    StringBuilder text = new StringBuilder("  --> chain ").append(chain.name());
    RuleLine line = new RuleLine(chain, rules.interfaces());
    if (!finding.rules().isEmpty()) {
      int rule = finding.rules().getFirst();
      text.append(", rule ").append(rule).append("\n   |\n   | rule ");
      text.append(line.text(chain.rules().get(rule)));
    }
    text.append('\n');
    if (finding.hint() != null) {
      text.append("   = ").append(finding.hint()).append('\n');
    }
    return text.toString();
  }

  /** How a line begins that is about the excerpt. */
  private static String note(String excerpt) {
    int arrow = excerpt.indexOf("-->");
    return " ".repeat(arrow + 1) + "= ";
  }

  private void pass() {
    console.out().append(out);
    out.setLength(0);
  }
}
