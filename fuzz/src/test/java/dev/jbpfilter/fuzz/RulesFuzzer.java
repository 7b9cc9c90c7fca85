package dev.jbpfilter.fuzz;

import static dev.jbpfilter.fuzz.Fuzzing.require;

import dev.jbpfilter.ruleset.Diagnostic;
import dev.jbpfilter.ruleset.DiagnosticPrinter;
import dev.jbpfilter.ruleset.IncludeException;
import dev.jbpfilter.ruleset.IncludeResolver.Included;
import dev.jbpfilter.ruleset.Location;
import dev.jbpfilter.ruleset.ParseOptions;
import dev.jbpfilter.ruleset.ParseResult;
import dev.jbpfilter.ruleset.RulesPrinter;
import dev.jbpfilter.ruleset.Ruleset;
import dev.jbpfilter.ruleset.RulesetParser;
import dev.jbpfilter.ruleset.Source;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** Any text is a ruleset, which can be printed and read again, or there are diagnostics. */
public final class RulesFuzzer {
  private static final ParseOptions OPTIONS =
      ParseOptions.of(name -> name.equals("lo") ? OptionalLong.of(1) : OptionalLong.empty())
          .withIncludes(RulesFuzzer::include);

  /** A comment at the beginning of texts that are read strictly. */
  static final String STRICT = "#strict\n";

  private RulesFuzzer() {}

  private static Included include(String including, String path) throws IncludeException {
    return switch (path) {
      case "common.rules" ->
          new Included("common", new Source("common", "include \"more\" define C = 80\n"));
      case "more" ->
          new Included("more", new Source("more", "define A = $C\nchain m BF_HOOK_XDP DROP"));
      default -> throw new IncludeException("there is no such file");
    };
  }

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
    boolean strict = text.startsWith(STRICT);
    ParseResult result = RulesetParser.parse(source, OPTIONS.withStrict(strict));
    require(result.ruleset().isPresent() == result.errors().isEmpty(), "errors and a ruleset");
    DiagnosticPrinter printer = new DiagnosticPrinter(result.sources());
    for (Diagnostic diagnostic : result.diagnostics()) {
      Location location = result.sources().locate(diagnostic.span());
      int length = location.source().text().length();
      require(location.span().end() <= length, "a span outside of the text", diagnostic);
      require(Fuzzing.isPrintable(diagnostic.message()), "control characters", diagnostic);
      String hint = diagnostic.hint();
      require(hint == null || Fuzzing.isPrintable(hint), "control characters", diagnostic);
      String printed = printer.print(diagnostic);
      require(printed.startsWith(diagnostic.message() + "\n"), "message not printed", diagnostic);
      require(printed.indexOf('^', diagnostic.message().length()) > 0, "no place", diagnostic);
    }
    result
        .ruleset()
        .ifPresent(ruleset -> {
          if (isPrintable(ruleset)) {
            checkPrinted(ruleset);
          } else {
            // Paths: what is printed is read with definitions, and is UTF-8.
            boolean surrogates = text.chars().anyMatch(c -> Character.isSurrogate((char) c));
            require(strict || surrogates, "can't be printed", ruleset);
          }
        });
    return result.ruleset().isPresent();
  }

  private static boolean isPrintable(Ruleset ruleset) {
    return ruleset.chains().stream().allMatch(chain -> RulesPrinter.refusal(chain).isEmpty());
  }

  private static void checkPrinted(Ruleset ruleset) {
    String printed = RulesPrinter.print(ruleset);
    ParseResult again = RulesetParser.parse(new Source("printed", printed), OPTIONS);
    require(again.errors().isEmpty(), "printed but not read", printed, again.errors());
    require(
        again.ruleset().orElseThrow().withoutSpans().equals(ruleset.withoutSpans()),
        "read as something else",
        printed);
  }
}
