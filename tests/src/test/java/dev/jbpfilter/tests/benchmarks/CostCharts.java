package dev.jbpfilter.tests.benchmarks;

import dev.jbpfilter.fuzz.Variant;
import dev.jbpfilter.tests.benchmarks.Chart.Line;
import dev.jbpfilter.tests.benchmarks.Chart.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The charts of a run: what rules with one address each cost, against their number. */
final class CostCharts {
  private static final String ACROSS = "rules, each with an ip4.saddr of its own";

  private CostCharts() {}

  /** The charts that the run has figures for, by the names of their files. */
  static Map<String, Chart> of(BenchmarkRun run) {
    Map<String, Chart> charts = new LinkedHashMap<>();
    add(
        charts,
        "packet-cost.svg",
        "Time per packet, over an empty XDP program",
        "nanoseconds",
        lines(run, "one packet", f -> median(f.packet()), "many flows", f -> median(f.flows())));
    add(
        charts,
        "load-cost.svg",
        "Time to compile and to load a chain",
        "milliseconds",
        lines(
            run,
            "kernel",
            f -> Optional.of(f.loadMillis()),
            "compiler",
            f -> Optional.of(f.compileMillis())));
    return charts;
  }

  private static void add(
      Map<String, Chart> charts, String file, String title, String upward, List<Line> lines) {
    if (!lines.isEmpty()) {
      charts.put(file, new Chart(title, ACROSS, upward, lines));
    }
  }

  private static List<Line> lines(
      BenchmarkRun run,
      String solidName,
      Function<Figures, Optional<Double>> solid,
      String dashedName,
      Function<Figures, Optional<Double>> dashed) {
    List<Line> lines = new ArrayList<>();
    int color = 0;
    for (Variant variant : Variant.plain()) {
      add(lines, variant.name() + ", " + solidName, color, false, points(run, variant, solid));
      add(lines, variant.name() + ", " + dashedName, color, true, points(run, variant, dashed));
      color++;
    }
    return lines;
  }

  private static void add(
      List<Line> lines, String name, int color, boolean dashed, List<Point> points) {
    if (!points.isEmpty()) {
      lines.add(new Line(name, color, dashed, points));
    }
  }

  private static List<Point> points(
      BenchmarkRun run, Variant variant, Function<Figures, Optional<Double>> value) {
    List<Point> points = new ArrayList<>();
    for (BenchmarkCase row : BenchmarkCase.all()) {
      if (row.series().equals(BenchmarkCase.ADDRESSES)) {
        run.find(row.name(), variant.name())
            .flatMap(value)
            .ifPresent(y -> points.add(new Point(row.rules(), y)));
      }
    }
    return points;
  }

  private static Optional<Double> median(Optional<Spread> nanos) {
    return nanos.map(Spread::median);
  }
}
