package dev.jbpfilter.tests.benchmarks;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The figures of a run as a table in Markdown, the targets beside them. */
final class FiguresTable {
  private static final String HEAD =
      """
      | Case | net ns | target | many flows, ns | sequential, ns | … many flows | instructions | verified | tables, KB | compile, ms | load, ms | command, ms | target | peak, MB |
      |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
      """;

  private FiguresTable() {}

  /** All rows; a cell is empty where nothing was measured, or the program was refused. */
  static String of(BenchmarkRun run) {
    StringBuilder table = new StringBuilder(HEAD);
    for (BenchmarkCase row : BenchmarkCase.all()) {
      Optional<Figures> optimised = run.find(row.name(), "optimised");
      Optional<Figures> sequential = run.find(row.name(), "sequential");
      table.append("| ").append(row.name().replace(" x ", " × ")).append(" | ");
      cell(table, optimised.flatMap(Figures::packet).map(FiguresTable::nanos));
      cell(table, Optional.of(limit(row.targetNanos())));
      cell(table, optimised.flatMap(Figures::flows).map(FiguresTable::nanos));
      cell(table, sequential.flatMap(Figures::packet).map(FiguresTable::nanos));
      cell(table, sequential.flatMap(Figures::flows).map(FiguresTable::nanos));
      cell(table, optimised.map(figures -> number((double) figures.instructions())));
      cell(table, optimised.map(figures -> number((double) figures.verified())));
      cell(table, optimised.map(figures -> number(figures.tableBytes() / 1e3)));
      cell(table, optimised.map(figures -> number(figures.compileMillis())));
      cell(table, optimised.map(figures -> number(figures.loadMillis())));
      Optional<Figures.Command> command = optimised.flatMap(Figures::command);
      cell(table, command.map(times -> number(times.millis().median())));
      cell(table, Optional.of(row.targetLoadMillis()).filter(t -> t > 0).map(FiguresTable::limit));
      cell(table, command.map(times -> number(times.peakMegabytes())));
      table.setLength(table.length() - 1);
      table.append('\n');
    }
    return table.toString();
  }

  private static void cell(StringBuilder table, Optional<String> text) {
    table.append(text.orElse("")).append(" | ");
  }

  private static String nanos(Spread spread) {
    Function<Double, String> decimal = value -> String.format(Locale.ROOT, "%.1f", value);
    return spread.median() < 100 ? decimal.apply(spread.median()) : number(spread.median());
  }

  private static String limit(double value) {
    return "≤ " + number(value);
  }

  /** Below ten with a decimal, if it has any; thousands apart. */
  static String number(double value) {
    boolean whole = value >= 9.95 || value == Math.rint(value);
    return String.format(Locale.ROOT, whole ? "%,.0f" : "%.1f", value).replace(',', '\u00a0');
  }
}
