package dev.jbpfilter.tests.benchmarks;

import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.Compiler;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.RulesetParser;
import dev.jbpfilter.ruleset.Source;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From the text of a chain to its program and maps. */
@State(Scope.Benchmark)
public class ChainBenchmark {
  /** What the rules are. */
  public enum Rules {
    /** {@link MixedRules}. */
    MIXED,
    /** {@link Workloads#tuples}. */
    TUPLES;

    String text(int count) {
      return switch (this) {
        case MIXED -> MixedRules.text(count);
        case TUPLES -> Workloads.tuples(count).rules();
      };
    }
  }

  @Param public Rules rules;

  /** Twice, to show how the time grows. */
  @Param({"10000", "100000"})
  public int count;

  private Source source;
  private Chain chain;

  @Setup
  public void prepare() {
    String text = "chain large " + Hook.XDP.keyword() + " ACCEPT\n" + rules.text(count);
    source = new Source("large", text);
    chain = parse();
    if (chain.rules().size() != count) {
      throw new IllegalStateException(chain.rules().size() + " rules");
    }
  }

  @Benchmark
  public Chain parse() {
    return RulesetParser.parse(source, InterfaceResolver.none())
        .ruleset()
        .orElseThrow()
        .chains()
        .getFirst();
  }

  @Benchmark
  public CompiledChain compile() {
    return Compiler.compile(chain);
  }

  @Benchmark
  public CompiledChain parseAndCompile() {
    return Compiler.compile(parse());
  }
}
