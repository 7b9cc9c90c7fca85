package dev.jbpfilter.tests.benchmarks;

import java.util.Collection;

/**
 * A logarithmic axis of whole decades.
 *
 * @param first exponent of ten where it begins
 * @param last exponent of ten where it ends
 * @param start its place in the picture
 * @param end the other one
 */
record LogAxis(int first, int last, double start, double end) {
  /** What lesser values are taken for. */
  static final double LEAST = 0.1;

  /** The axis that has room for all values; those below {@link #LEAST} are there. */
  static LogAxis of(Collection<Double> values, double start, double end) {
    double least = values.stream().mapToDouble(LogAxis::exponent).min().orElse(0);
    double greatest = values.stream().mapToDouble(LogAxis::exponent).max().orElse(0);
    int first = (int) Math.floor(least);
    return new LogAxis(first, Math.max(first + 1, (int) Math.ceil(greatest)), start, end);
  }

  /** Where a value is in the picture. */
  double place(double value) {
    return start + (end - start) * (exponent(value) - first) / (last - first);
  }

  private static double exponent(double value) {
    return Math.log10(Math.max(LEAST, value));
  }
}
