package dev.jbpfilter.tests.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the constants of a linear model: measured values are sums of constants, each so many times.
 * What counts is the relative error, for small values matter as much as large ones.
 */
final class LeastSquares {
  /** A pivot that is not more than this part of what it was is none. */
  private static final double SINGULAR = 1e-9;

  private final int constants;
  private final List<double[]> rows = new ArrayList<>();

  LeastSquares(int constants) {
    this.constants = constants;
  }

  /**
   * Adds what was measured.
   *
   * @param value more than 0
   * @param times how often each constant is in it
   * @throws IllegalArgumentException if the value is not, or there are not as many as constants
   */
  void add(double value, double... times) {
    if (!(value > 0) || times.length != constants) {
      throw new IllegalArgumentException(value + " from " + times.length + " constants");
    }
    double[] row = new double[constants + 1];
    for (int i = 0; i < constants; i++) {
      row[i] = times[i] / value;
    }
    row[constants] = 1;
    rows.add(row);
  }

  /**
   * The constants for which the sum of the squares of relative errors is least.
   *
   * @throws IllegalStateException if what was measured does not determine them
   */
  double[] solve() {
    double[][] normal = new double[constants][constants + 1];
    for (double[] row : rows) {
      for (int i = 0; i < constants; i++) {
        for (int j = 0; j <= constants; j++) {
          normal[i][j] += row[i] * row[j];
        }
      }
    }
    double[] diagonal = new double[constants];
    for (int i = 0; i < constants; i++) {
      diagonal[i] = normal[i][i];
    }
    for (int i = 0; i < constants; i++) {
      eliminate(normal, i, SINGULAR * diagonal[i]);
    }
    double[] result = new double[constants];
    for (int i = 0; i < constants; i++) {
      result[i] = normal[i][constants] / normal[i][i];
    }
    return result;
  }

  /** The matrix is positive semidefinite, so that its diagonal has the pivots. */
  private static void eliminate(double[][] normal, int column, double none) {
    double[] row = normal[column];
    if (row[column] <= none) {
      throw new IllegalStateException("constant " + column + " is not determined");
    }
    for (int i = 0; i < normal.length; i++) {
      if (i != column) {
        double factor = normal[i][column] / row[column];
        for (int j = column; j < row.length; j++) {
          normal[i][j] -= factor * row[j];
        }
      }
    }
  }
}
