package dev.jbpfilter.tests.benchmarks;

import java.util.List;
import java.util.Optional;

/** Runs as tests need them. */
final class Runs {
  private Runs() {}

  /** A run in which the yardstick took so many nanoseconds. */
  static BenchmarkRun of(double yardstick, Figures... rows) {
    return new BenchmarkRun(
        "6.18.0", 2, 15, new Spread(yardstick, 1.5, 3), List.of(rows), List.of());
  }

  /** A row with times of which only the medians are told. */
  static Figures row(String name, double packet, double flows) {
    return new Figures(
        name,
        "sequential",
        32,
        177,
        420,
        1224,
        65_536,
        0.5,
        2.25,
        Optional.of(new Spread(packet, packet - 1, packet + 2)),
        flows == 0 ? Optional.empty() : Optional.of(new Spread(flows, flows - 2, flows + 4)),
        Optional.empty());
  }
}
