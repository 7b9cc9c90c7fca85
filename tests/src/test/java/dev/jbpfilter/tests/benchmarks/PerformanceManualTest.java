package dev.jbpfilter.tests.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.testing.Golden;
import dev.jbpfilter.tests.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The figures and charts of doc/performance.md are those of the baseline. With {@code
 * -Dgolden.update=true} they become so.
 */
class PerformanceManualTest {
  private static final Path MANUAL = Checkout.ROOT.resolve("doc/performance.md");
  private static final Path PERFORMANCE = Checkout.ROOT.resolve("doc/performance");
  private static final String BEGIN = "<!-- figures of performance/baseline.json -->\n";
  private static final String END = "<!-- end of figures -->\n";

  @Test
  void theTableHasTheFiguresOfTheBaseline() throws IOException {
    String manual = Files.readString(MANUAL);
    int begin = manual.indexOf(BEGIN) + BEGIN.length();
    int end = manual.indexOf(END);
    assertThat(begin).as("marks of the table").isBetween(BEGIN.length(), end);
    String table = "\n" + FiguresTable.of(baseline()) + "\n";
    Golden.check(MANUAL, manual.substring(0, begin) + table + manual.substring(end));
  }

  @Test
  void theChartsAreThoseOfTheBaseline() throws IOException {
    Map<String, Chart> charts = CostCharts.of(baseline());
    assertThat(charts).isNotEmpty();
    String manual = Files.readString(MANUAL);
    for (Map.Entry<String, Chart> chart : charts.entrySet()) {
      Golden.check(PERFORMANCE.resolve(chart.getKey()), SvgChart.write(chart.getValue()));
      assertThat(manual).contains("(performance/" + chart.getKey() + ")");
    }
  }

  @Test
  void rowsOfTheManualAreThoseOfTheBenchmark() throws IOException {
    assertThat(BenchmarkCase.all())
        .extracting(BenchmarkCase::name)
        .doesNotHaveDuplicates()
        .containsAll(baseline().rows().stream().map(Figures::row).toList());
  }

  private static BenchmarkRun baseline() throws IOException {
    return RunJson.read(Files.readString(Checkout.ROOT.resolve("doc/performance/baseline.json")));
  }
}
