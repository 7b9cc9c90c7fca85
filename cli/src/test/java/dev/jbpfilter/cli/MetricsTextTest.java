package dev.jbpfilter.cli;

import static dev.jbpfilter.cli.Observations.calls;
import static dev.jbpfilter.cli.Observations.counting;
import static dev.jbpfilter.cli.Observations.measured;
import static dev.jbpfilter.cli.Observations.web;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.bytecode.testing.Golden;
import dev.jbpfilter.cli.PrometheusText.Sample;
import dev.jbpfilter.loader.Observation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Metrics as Prometheus reads them. */
class MetricsTextTest {
  @TempDir private Path directory;

  private static String text(Observation observation) throws IOException {
    StringBuilder text = new StringBuilder();
    MetricsText.write(observation, "9.9", text);
    return text.toString();
  }

  @Test
  void allMetrics() throws IOException {
    String text =
        text(
            new Observation(
                List.of(
                    measured(
                        counting(web(), 1, 2, 0, 0, -1, 5, 6), 1_000_000_000_000_000_001L, 7, 3),
                    counting(calls(), 8, 9, 0)),
                List.of("other")));

    Golden.check("metrics.prom", text);
    Map<Sample, String> samples = PrometheusText.parse(text);
    Map<String, String> web = Map.of("chain", "web", "hook", "BF_HOOK_XDP");
    assertThat(samples)
        .containsEntry(new Sample("bpfilter_log_lost_total", web), "3")
        .containsEntry(
            new Sample("bpfilter_program_run_seconds_total", web), "1000000000.000000001")
        .containsEntry(new Sample("bpfilter_chains", Map.of("readable", "false")), "1");
  }

  @Test
  void theOrderOfChainsDoesNotCount() throws IOException {
    assertThat(text(Observations.of(web(), calls())))
        .isEqualTo(text(Observations.of(calls(), web())));
  }

  @Test
  void withoutChains() throws IOException {
    assertThat(PrometheusText.parse(text(Observations.of()))).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a 1\n",
        "# HELP a b\n# TYPE a gauge\na 1",
        "# HELP a b\n# TYPE a gauge\na 1\na 2\n",
        "# HELP a b\n# TYPE a counter\na 1\n",
        "# HELP a_total b\n# TYPE a_total gauge\na_total 1\n",
        "# HELP a b\n# TYPE a gauge\n",
        "# HELP a b\n# TYPE a gauge\na{b=\"c} 1\n",
        "# HELP a b\n# TYPE a gauge\na{b=\"c\",b=\"d\"} 1\n",
        "# HELP a b\n# TYPE a gauge\na -1\n"
      })
  void theParserOfThisTestRefuses(String text) {
    assertThatThrownBy(() -> PrometheusText.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void filesAreReplacedAndReadByAll() throws IOException {
    Path file = directory.resolve("m.prom");
    SafeFile.writeForAll(file.toString(), out -> out.append("1\n"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r--r--");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Object before = Files.readAttributes(file, "unix:ino").get("ino");
    SafeFile.writeForAll(file.toString(), out -> out.append("2\n"));
    assertThat(file).hasContent("2\n");
    assertThat(Files.readAttributes(file, "unix:ino").get("ino")).isNotEqualTo(before);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
  }
}
