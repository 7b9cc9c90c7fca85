package dev.jbpfilter.tests.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {

  @Test
  void timesAreThoseOfTheYardstickOfTheirRun() {
    BenchmarkRun before = Runs.of(2, Runs.row("a", 10, 20), Runs.row("gone", 1, 1));
    BenchmarkRun now = Runs.of(4, Runs.row("new", 1, 1), Runs.row("a", 20, 80));
    assertThat(Comparison.of(now, before))
        .containsExactly(
            new Comparison("a", "sequential", "packet", 5, 4.75, 5),
            new Comparison("a", "sequential", "flows", 20, 19.5, 10));
  }

  @Test
  void whatWasNotMeasuredIsNotCompared() {
    BenchmarkRun one = Runs.of(2, Runs.row("a", 10, 0));
    BenchmarkRun both = Runs.of(2, Runs.row("a", 10, 20));
    List<Comparison> packets = List.of(new Comparison("a", "sequential", "packet", 5, 4.5, 5));
    assertThat(Comparison.of(one, both)).isEqualTo(packets);
    assertThat(Comparison.of(both, one)).isEqualTo(packets);
  }

  @ParameterizedTest(name = "{0} after {1}")
  @CsvSource({
    "5,    10,   false",
    "10,   10,   false",
    "12.9, 10,   false",
    "13.1, 10,   true",
    "0.4,  0,    false",
    "0.6,  0,    true",
    "0.3,  -0.1, false",
    "0.5,  -0.1, true",
  })
  void aQuarterAndHalfAYardstickIsNoise(double low, double baseline, boolean slower) {
    assertThat(new Comparison("a", "sequential", "packet", 100, low, baseline).isSlower())
        .isEqualTo(slower);
  }
}
