package dev.jbpfilter.tests.benchmarks;

import dev.jbpfilter.tests.benchmarks.Chart.Line;
import dev.jbpfilter.tests.benchmarks.Chart.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;

/**
 * Writes charts as SVG: readable on light and on dark ground, without scripts and fonts of its own,
 * with all values in the description for those who do not see it. The same chart is the same text.
 */
final class SvgChart {
  /** How many colours lines can have. */
  static final int COLORS = 4;

  private static final int WIDTH = 760;
  private static final int HEIGHT = 440;
  private static final int LEFT = 72;
  private static final int RIGHT = 570;
  private static final int TOP = 96;
  private static final int BOTTOM = 384;
  private static final int LABEL_HEIGHT = 16;
  private static final int LEGEND = 52;
  private static final int LEGEND_SAMPLE = 28;
  private static final double CHARACTER = 6.6;

  private static final String STYLE =
      """
      <style>
      .ground { fill: #ffffff; stroke: #d0d7de; }
      text { font: 12px system-ui, sans-serif; fill: #1f2328; }
      .title { font-size: 15px; font-weight: 600; }
      .grid { stroke: #d8dee4; }
      .label { paint-order: stroke; stroke: #ffffff; stroke-width: 4px; }
      .axis { stroke: #59636e; }
      .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
      .dashed { stroke-dasharray: 6 4; }
      .c0 { stroke: #0a58b8; } .f0 { fill: #0a58b8; }
      .c1 { stroke: #b34700; } .f1 { fill: #b34700; }
      .c2 { stroke: #0b7a5c; } .f2 { fill: #0b7a5c; }
      .c3 { stroke: #8a3ea8; } .f3 { fill: #8a3ea8; }
      @media (prefers-color-scheme: dark) {
      .ground { fill: #0d1117; stroke: #3d444d; }
      text { fill: #f0f6fc; }
      .grid { stroke: #2a313a; }
      .label { stroke: #0d1117; }
      .axis { stroke: #9198a1; }
      .c0 { stroke: #6cb6ff; } .f0 { fill: #6cb6ff; }
      .c1 { stroke: #ff9b57; } .f1 { fill: #ff9b57; }
      .c2 { stroke: #4fd1a5; } .f2 { fill: #4fd1a5; }
      .c3 { stroke: #d79df0; } .f3 { fill: #d79df0; }
      }
      </style>
      """;

  private final Chart chart;
  private final LogAxis x;
  private final LogAxis y;
  private final StringBuilder svg = new StringBuilder();
  private final Formatter out = new Formatter(svg, Locale.ROOT);

  private SvgChart(Chart chart) {
    this.chart = chart;
    List<Double> across = new ArrayList<>();
    List<Double> upward = new ArrayList<>();
    for (Line line : chart.lines()) {
      for (Point point : line.points()) {
        across.add(point.x());
        upward.add(point.y());
      }
    }
    x = LogAxis.of(across, LEFT, RIGHT);
    y = LogAxis.of(upward, BOTTOM, TOP);
  }

  /** A chart as an SVG document. */
  static String write(Chart chart) {
    SvgChart writer = new SvgChart(chart);
    writer.write();
    return writer.svg.toString();
  }

  private void write() {
    out.format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
            + " role=\"img\" aria-labelledby=\"title description\">\n",
        WIDTH, HEIGHT, WIDTH, HEIGHT);
    out.format("<title id=\"title\">%s</title>\n", escaped(chart.title()));
    out.format("<desc id=\"description\">%s</desc>\n", escaped(description()));
    svg.append(STYLE);
    out.format(
        "<rect class=\"ground\" x=\"0.5\" y=\"0.5\" width=\"%d\" height=\"%d\" rx=\"6\"/>\n",
        WIDTH - 1, HEIGHT - 1);
    text(LEFT, 28, "class=\"title\"", chart.title());
    writeLegend();
    writeAxes();
    chart.lines().forEach(this::writeLine);
    writeLabels();
    svg.append("</svg>\n");
  }

  private String description() {
    StringBuilder text = new StringBuilder(chart.upward() + " against " + chart.across() + ".");
    for (Line line : chart.lines()) {
      text.append(' ').append(line.name()).append(':');
      String separator = " ";
      for (Point point : line.points()) {
        text.append(separator)
            .append(FiguresTable.number(point.y()))
            .append(" at ")
            .append(FiguresTable.number(point.x()));
        separator = ", ";
      }
      text.append('.');
    }
    return text.toString();
  }

  private void writeLegend() {
    double at = LEFT;
    int row = LEGEND;
    for (Line line : chart.lines()) {
      double width = LEGEND_SAMPLE + 24 + CHARACTER * line.name().length();
      if (at + width > WIDTH) {
        at = LEFT;
        row += LABEL_HEIGHT + 2;
      }
      out.format(
          "<path class=\"%s\" d=\"M%s %dh%d\"/>\n", style(line), decimal(at), row, LEGEND_SAMPLE);
      marker(line, at + LEGEND_SAMPLE / 2.0, row, "");
      text(at + LEGEND_SAMPLE + 6, row + 4, "", line.name());
      at += width;
    }
  }

  private void writeAxes() {
    for (int exponent = x.first(); exponent <= x.last(); exponent++) {
      double value = Math.pow(10, exponent);
      double at = x.place(value);
      out.format("<path class=\"grid\" d=\"M%s %dV%d\"/>\n", decimal(at), TOP, BOTTOM);
      text(at, BOTTOM + 20, "text-anchor=\"middle\"", FiguresTable.number(value));
      for (int part = 2; part < 10 && exponent < x.last(); part++) {
        out.format(
            "<path class=\"axis\" d=\"M%s %dv-4\"/>\n", decimal(x.place(part * value)), BOTTOM);
      }
    }
    for (int exponent = y.first(); exponent <= y.last(); exponent++) {
      double value = Math.pow(10, exponent);
      double at = y.place(value);
      out.format("<path class=\"grid\" d=\"M%d %sH%d\"/>\n", LEFT, decimal(at), RIGHT);
      text(LEFT - 8, at + 4, "text-anchor=\"end\"", FiguresTable.number(value));
      for (int part = 2; part < 10 && exponent < y.last(); part++) {
        out.format("<path class=\"axis\" d=\"M%d %sh4\"/>\n", LEFT, decimal(y.place(part * value)));
      }
    }
    out.format(
        "<path class=\"axis\" fill=\"none\" d=\"M%d %dV%dH%d\"/>\n", LEFT, TOP, BOTTOM, RIGHT);
    text((LEFT + RIGHT) / 2.0, HEIGHT - 16, "text-anchor=\"middle\"", chart.across());
    int middle = (TOP + BOTTOM) / 2;
    text(
        20,
        middle,
        "text-anchor=\"middle\" transform=\"rotate(-90 20 " + middle + ")\"",
        chart.upward());
  }

  private void writeLine(Line line) {
    StringBuilder path = new StringBuilder();
    for (Point point : line.points()) {
      path.append(path.isEmpty() ? 'M' : 'L');
      path.append(decimal(x.place(point.x()))).append(' ').append(decimal(y.place(point.y())));
    }
    out.format("<path class=\"%s\" d=\"%s\"/>\n", style(line), path);
    for (Point point : line.points()) {
      String values = FiguresTable.number(point.x()) + ": " + FiguresTable.number(point.y());
      marker(line, x.place(point.x()), y.place(point.y()), line.name() + ", " + values);
    }
  }

  /** Names each line at its end; names that would cover each other move apart. */
  private void writeLabels() {
    List<Line> fromTop = new ArrayList<>(chart.lines());
    fromTop.sort(Comparator.comparingDouble(SvgChart::lastValue).reversed());
    double free = TOP;
    for (Line line : fromTop) {
      Point last = line.points().getLast();
      double at = Math.max(free, y.place(last.y()));
      text(
          x.place(last.x()) + 9,
          at + 4,
          "class=\"label f" + line.color() + "\"",
          line.name() + " " + FiguresTable.number(last.y()));
      free = at + LABEL_HEIGHT;
    }
  }

  private void marker(Line line, double atX, double atY, String tooltip) {
    String title = tooltip.isEmpty() ? "" : "<title>" + escaped(tooltip) + "</title>";
    String place = "class=\"f" + line.color() + "\" ";
    if (line.dashed()) {
      out.format(
          "<rect %sx=\"%s\" y=\"%s\" width=\"7\" height=\"7\">%s</rect>\n",
          place, decimal(atX - 3.5), decimal(atY - 3.5), title);
    } else {
      out.format(
          "<circle %scx=\"%s\" cy=\"%s\" r=\"4\">%s</circle>\n",
          place, decimal(atX), decimal(atY), title);
    }
  }

  private void text(double atX, double atY, String attributes, String text) {
    out.format(
        "<text x=\"%s\" y=\"%s\"%s>%s</text>\n",
        decimal(atX), decimal(atY), attributes.isEmpty() ? "" : " " + attributes, escaped(text));
  }

  private static double lastValue(Line line) {
    return line.points().getLast().y();
  }

  private static String style(Line line) {
    return "line c" + line.color() + (line.dashed() ? " dashed" : "");
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
