package dev.jbpfilter.tests.benchmarks;

import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.ParseResult;
import dev.jbpfilter.ruleset.RulesPrinter;
import dev.jbpfilter.ruleset.Ruleset;
import dev.jbpfilter.ruleset.RulesetParser;
import dev.jbpfilter.ruleset.Source;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From the bytes of a file to a ruleset, and back to text. */
@State(Scope.Benchmark)
public class ParseBenchmark {
  @Param public RulesTexts texts;

  /** Part of the full size: twice, to show that the time is linear. */
  @Param({"10", "100"})
  public int percent;

  private byte[] bytes;
  private Source source;
  private Ruleset ruleset;

  @Setup
  public void prepare() {
    String text = texts.text(items());
    bytes = text.getBytes(StandardCharsets.UTF_8);
    source = new Source("large", text);
    ruleset = parse().ruleset().orElseGet(() -> new Ruleset(List.of()));
    if (ruleset.chains().isEmpty() != (texts == RulesTexts.BAD_ELEMENTS)) {
      throw new IllegalStateException("not as expected: " + parse().diagnostics());
    }
  }

  /** The rules or elements of the text. */
  int items() {
    return texts.count() / 100 * percent;
  }

  @Benchmark
  public String decode() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Benchmark
  public ParseResult parse() {
    return RulesetParser.parse(source, InterfaceResolver.none());
  }

  @Benchmark
  public String print() {
    return RulesPrinter.print(ruleset);
  }
}
