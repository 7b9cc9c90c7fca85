package dev.jbpfilter.tests.benchmarks;

import java.util.List;
import java.util.Optional;

/**
 * All that one run of {@link FilterBenchmark} measured.
 *
 * @param kernel its release
 * @param yardstick net nanoseconds of the yardstick
 */
record BenchmarkRun(
    String kernel,
    int processors,
    int rounds,
    Spread yardstick,
    List<Figures> rows,
    List<Refusal> refusals) {
  BenchmarkRun {
    rows = List.copyOf(rows);
    refusals = List.copyOf(refusals);
  }

  /** A row that the compiler or the kernel refused, and why. */
  record Refusal(String row, String variant, String reason) {}

  /** A net time in those of the yardstick. */
  double yardsticks(double nanos) {
    return nanos / yardstick.median();
  }

  /** The figures of a row. */
  Optional<Figures> find(String row, String variant) {
    return rows.stream()
        .filter(figures -> figures.row().equals(row) && figures.variant().equals(variant))
        .findFirst();
  }
}
