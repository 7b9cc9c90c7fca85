package dev.jbpfilter.fuzz;

import static dev.jbpfilter.fuzz.Fuzzing.require;

import dev.jbpfilter.ruleset.Diagnostic;
import dev.jbpfilter.ruleset.DiagnosticPrinter;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.ParseResult;
import dev.jbpfilter.ruleset.RulesPrinter;
import dev.jbpfilter.ruleset.Ruleset;
import dev.jbpfilter.ruleset.RulesetParser;
import dev.jbpfilter.ruleset.Source;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** Any text is a ruleset, which can be printed and read again, or there are diagnostics. */
public final class RulesFuzzer {
  private static final InterfaceResolver INTERFACES =
      name -> name.equals("lo") ? OptionalLong.of(1) : OptionalLong.empty();

  private RulesFuzzer() {}

  /** What Jazzer calls. */
  public static void fuzzerTestOneInput(byte[] data) {
    check(new String(data, StandardCharsets.UTF_8));
  }

  /**
   * Reads a text.
   *
   * @return whether it is accepted
   */
  static boolean check(String text) {
    Source source = new Source("fuzz", text);
    ParseResult result = RulesetParser.parse(source, INTERFACES);
    require(result.ruleset().isPresent() == result.errors().isEmpty(), "errors and a ruleset");
    DiagnosticPrinter printer = new DiagnosticPrinter(source);
    for (Diagnostic diagnostic : result.diagnostics()) {
      require(diagnostic.span().end() <= text.length(), "a span outside of the text", diagnostic);
      require(
          Fuzzing.isPrintable(diagnostic.message()), "a message of control characters", diagnostic);
      String hint = diagnostic.hint();
      require(
          hint == null || Fuzzing.isPrintable(hint), "a hint of control characters", diagnostic);
      String printed = printer.print(diagnostic);
      require(printed.startsWith(diagnostic.message() + "\n"), "message not printed", diagnostic);
      require(printed.contains("^\n"), "place not printed", diagnostic);
    }
    result.ruleset().ifPresent(RulesFuzzer::checkPrinted);
    return result.ruleset().isPresent();
  }

  private static void checkPrinted(Ruleset ruleset) {
    String printed = RulesPrinter.print(ruleset);
    ParseResult again = RulesetParser.parse(new Source("printed", printed), INTERFACES);
    require(again.errors().isEmpty(), "printed but not read", printed, again.errors());
    require(
        again.ruleset().orElseThrow().withoutSpans().equals(ruleset.withoutSpans()),
        "read as something else",
        printed);
  }
}
