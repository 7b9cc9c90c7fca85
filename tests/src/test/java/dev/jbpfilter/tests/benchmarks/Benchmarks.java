package dev.jbpfilter.tests.benchmarks;

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the JMH benchmarks of this package. Not part of the test suite; doc/performance.md says how
 * to run it.
 */
class Benchmarks {

  @Test
  void compile() throws RunnerException {
    ChainedOptionsBuilder options =
        options(CompileBenchmark.class)
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.MILLISECONDS)
            .addProfiler(GCProfiler.class);
    Collection<RunResult> results = new Runner(options.build()).run();
    System.out.printf("%-12s %12s %8s %9s %9s%n", "step", "instructions", "fields", "ms", "MB");
    for (RunResult result : results) {
      BenchmarkParams params = result.getParams();
      System.out.printf(
          "%-12s %12s %8s %9.2f %9.2f%n",
          step(params),
          params.getParam("instructions"),
          params.getParam("fields"),
          result.getPrimaryResult().getScore(),
          allocated(result) / 1e6);
    }
  }

  @Test
  void chains() throws RunnerException {
    ChainedOptionsBuilder options =
        options(ChainBenchmark.class)
            .warmupTime(TimeValue.seconds(2))
            .measurementTime(TimeValue.seconds(2))
            .mode(Mode.SampleTime)
            .timeUnit(TimeUnit.MILLISECONDS)
            .addProfiler(GCProfiler.class);
    Collection<RunResult> results = new Runner(options.build()).run();
    System.out.printf("%-16s %-10s %8s %9s %9s%n", "step", "rules", "count", "ms", "MB");
    for (RunResult result : results) {
      BenchmarkParams params = result.getParams();
      System.out.printf(
          "%-16s %-10s %8s %9.1f %9.1f%n",
          step(params),
          params.getParam("rules"),
          params.getParam("count"),
          median(result),
          allocated(result) / 1e6);
    }
  }

  @Test
  void parse() throws RunnerException {
    ChainedOptionsBuilder options =
        options(ParseBenchmark.class)
            .mode(Mode.SampleTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .addProfiler(GCProfiler.class);
    Collection<RunResult> results = new Runner(options.build()).run();
    System.out.printf(
        "%-8s %-14s %9s %9s %9s %14s%n",
        "step", "text", "items", "ms", "ns/item", "allocated/item");
    for (RunResult result : results) {
      BenchmarkParams params = result.getParams();
      RulesTexts texts = RulesTexts.valueOf(params.getParam("texts"));
      int items = texts.count() / 100 * Integer.parseInt(params.getParam("percent"));
      double nanos = median(result);
      System.out.printf(
          "%-8s %-14s %9d %9.1f %9.1f %12.0f B%n",
          step(params), texts, items, nanos / 1e6, nanos / items, allocated(result) / items);
    }
  }

  @Test
  void interpret() throws RunnerException {
    ChainedOptionsBuilder options =
        options(InterpreterBenchmark.class).mode(Mode.Throughput).timeUnit(TimeUnit.SECONDS);
    Collection<RunResult> results = new Runner(options.build()).run();
    System.out.printf("%-12s %26s%n", "loop", "million instructions/s");
    for (RunResult result : results) {
      System.out.printf(
          "%-12s %26.0f%n",
          result.getParams().getParam("mix"),
          result.getSecondaryResults().get("instructions").getScore() / 1e6);
    }
  }

  private static String step(BenchmarkParams params) {
    String name = params.getBenchmark();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** Of all samples: other work on the machine makes some longer, never shorter. */
  private static double median(RunResult result) {
    return result.getPrimaryResult().getStatistics().getPercentile(50);
  }

  /** Bytes that one call allocates. */
  private static double allocated(RunResult result) {
    return result.getSecondaryResults().get("gc.alloc.rate.norm").getScore();
  }

  private static ChainedOptionsBuilder options(Class<?> benchmark) {
    return new OptionsBuilder()
        .include(benchmark.getName())
        .verbosity(VerboseMode.SILENT)
        .forks(1)
        .jvmArgs(jvmArguments())
        .warmupIterations(3)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(5)
        .measurementTime(TimeValue.seconds(1))
        .shouldFailOnError(true);
  }

  /** Instead of those of this JVM, which may have a coverage agent. */
  private static String[] jvmArguments() {
    // JMH still uses sun.misc.Unsafe, of which newer JVMs warn.
    return Runtime.version().feature() < 24
        ? new String[] {"-XX:+UseSerialGC"}
        : new String[] {"-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow"};
  }
}
