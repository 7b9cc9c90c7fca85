package dev.jbpfilter.tests.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A time of this run and that of the baseline, each in yardsticks of its own run: machines differ,
 * and so does one machine from hour to hour.
 *
 * @param mode {@code packet} or {@code flows}
 * @param now the median
 * @param low the tenth percentile of this run, which other work on the machine makes longer least
 * @param baseline the median of that time
 */
record Comparison(
    String row, String variant, String mode, double now, double low, double baseline) {
  private static final double TOLERATED_PART = 0.25;
  private static final double TOLERATED_YARDSTICKS = 0.5;

  /** All times that both runs have. */
  static List<Comparison> of(BenchmarkRun now, BenchmarkRun baseline) {
    List<Comparison> comparisons = new ArrayList<>();
    for (Figures figures : now.rows()) {
      Optional<Figures> before = baseline.find(figures.row(), figures.variant());
      if (before.isPresent()) {
        add(figures, "packet", now, figures.packet(), baseline, before.get().packet(), comparisons);
        add(figures, "flows", now, figures.flows(), baseline, before.get().flows(), comparisons);
      }
    }
    return comparisons;
  }

  private static void add(
      Figures figures,
      String mode,
      BenchmarkRun now,
      Optional<Spread> nanos,
      BenchmarkRun baseline,
      Optional<Spread> before,
      List<Comparison> target) {
    if (nanos.isPresent() && before.isPresent()) {
      target.add(
          new Comparison(
              figures.row(),
              figures.variant(),
              mode,
              now.yardsticks(nanos.get().median()),
              now.yardsticks(nanos.get().low()),
              baseline.yardsticks(before.get().median())));
    }
  }

  /** Whether even the low time is more than the baseline and the noise of a machine. */
  boolean isSlower() {
    return low > baseline + TOLERATED_PART * Math.max(0, baseline) + TOLERATED_YARDSTICKS;
  }
}
