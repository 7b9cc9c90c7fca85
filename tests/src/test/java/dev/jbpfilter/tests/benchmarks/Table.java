package dev.jbpfilter.tests.benchmarks;

import dev.jbpfilter.fuzz.Variant;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Prints runs and comparisons, a line for each row. */
final class Table {
  private static final String FORMAT =
      "%-42s %-10s %22s %9s %7s  %22s %9s %8s %8s %9s %9s %8s %9s %16s%n";
  private static final String COMPARED = "%-42s %-10s %-6s %9s %9s  %s%n";

  private final PrintStream out;

  Table(PrintStream out) {
    this.out = out;
  }

  /** Prints a run. */
  void print(BenchmarkRun run) {
    Map<String, BenchmarkCase> cases =
        BenchmarkCase.all().stream()
            .collect(Collectors.toMap(BenchmarkCase::name, Function.identity()));
    out.printf(
        Locale.ROOT,
        FORMAT,
        "row",
        "program",
        "net ns",
        "yardst.",
        "target",
        "net ns, many flows",
        "yardst.",
        "insns",
        "verified",
        "jited B",
        "tables B",
        "load ms",
        "compile ms",
        "command ms, MB");
    for (Figures figures : run.rows()) {
      print(run, figures, Optional.ofNullable(cases.get(figures.row())));
    }
    for (BenchmarkRun.Refusal refusal : run.refusals()) {
      out.println(refusal.row() + ", " + refusal.variant() + ": " + refusal.reason());
    }
    out.println("yardstick: " + run.yardstick() + " ns");
  }

  private void print(BenchmarkRun run, Figures figures, Optional<BenchmarkCase> row) {
    boolean targeted =
        Variant.plain().stream().anyMatch(v -> v.isDefault() && v.name().equals(figures.variant()));
    out.printf(
        Locale.ROOT,
        FORMAT,
        figures.row(),
        figures.variant(),
        text(figures.packet()),
        yardsticks(run, figures.packet()),
        row.filter(known -> targeted).map(known -> target(known, figures)).orElse(""),
        text(figures.flows()),
        yardsticks(run, figures.flows()),
        figures.instructions(),
        figures.verified(),
        figures.jitedBytes(),
        figures.tableBytes(),
        decimal(figures.loadMillis()),
        decimal(figures.compileMillis()),
        figures
            .command()
            .map(c ->
                String.format(Locale.ROOT, "%.0f, %.0f", c.millis().median(), c.peakMegabytes()))
            .orElse(""));
  }

  /** Prints comparisons with the baseline; those that became slower say so. */
  void print(List<Comparison> comparisons) {
    out.printf(
        Locale.ROOT, COMPARED, "row", "program", "mode", "now", "baseline", "(in yardsticks)");
    for (Comparison comparison : comparisons) {
      out.printf(
          Locale.ROOT,
          COMPARED,
          comparison.row(),
          comparison.variant(),
          comparison.mode(),
          decimal(comparison.now()),
          decimal(comparison.baseline()),
          comparison.isSlower() ? "SLOWER" : "");
    }
  }

  /** What a row may cost; marked if it costs more than that and its spread. */
  private static String target(BenchmarkCase row, Figures figures) {
    boolean missed =
        figures.packet().isPresent() && figures.packet().get().low() > row.targetNanos();
    return String.format(Locale.ROOT, "%.0f%s", row.targetNanos(), missed ? "!" : "");
  }

  private static String yardsticks(BenchmarkRun run, Optional<Spread> nanos) {
    return nanos.map(spread -> decimal(run.yardsticks(spread.median()))).orElse("");
  }

  private static String text(Optional<Spread> spread) {
    return spread.map(Spread::toString).orElse("");
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
