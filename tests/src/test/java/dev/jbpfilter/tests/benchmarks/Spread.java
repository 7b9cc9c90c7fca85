package dev.jbpfilter.tests.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/**
 * Repeated measurements of one thing.
 *
 * @param low the tenth percentile
 * @param high the ninetieth
 */
record Spread(double median, double low, double high) {
  /**
   * @throws IllegalArgumentException if there are none
   */
  static Spread of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no values");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int tenth = sorted.length / 10;
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[tenth], sorted[sorted.length - 1 - tenth]);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.1f (%.1f–%.1f)", median, low, high);
  }
}
