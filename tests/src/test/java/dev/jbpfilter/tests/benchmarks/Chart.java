package dev.jbpfilter.tests.benchmarks;

import java.util.List;

/**
 * A picture of lines over two logarithmic axes.
 *
 * @param title what it shows
 * @param across what is counted from left to right
 * @param upward what is measured from bottom to top
 * @param lines in the order of the legend
 */
record Chart(String title, String across, String upward, List<Line> lines) {
  /**
   * @throws IllegalArgumentException if there is nothing to show
   */
  Chart {
    lines = List.copyOf(lines);
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("no lines: " + title);
    }
  }

  /**
   * Points that belong together.
   *
   * @param color lines of one number have one colour, of {@link SvgChart#COLORS}
   * @param dashed tells lines of one colour apart
   * @param points from left to right
   */
  record Line(String name, int color, boolean dashed, List<Point> points) {
    /**
     * @throws IllegalArgumentException if there are no points or no such colour
     */
    Line {
      points = List.copyOf(points);
      if (points.isEmpty() || color < 0 || color >= SvgChart.COLORS) {
        throw new IllegalArgumentException(name + ": colour " + color + ", points " + points);
      }
    }
  }

  /** A point of a line; what is less than {@link LogAxis#LEAST} is drawn there. */
  record Point(double x, double y) {}
}
