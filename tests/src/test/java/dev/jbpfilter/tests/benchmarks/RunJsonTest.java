package dev.jbpfilter.tests.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunJsonTest {
  private static final BenchmarkRun RUN =
      new BenchmarkRun(
          "6.18.0",
          2,
          15,
          new Spread(2, 1.5, 3),
          List.of(
              Runs.row("xdp \"a\"", 12.25, 30)
                  .with(new Figures.Command(new Spread(300, 280.5, 333), 61.5)),
              Runs.row("tc b", 3, 0)),
          List.of(new BenchmarkRun.Refusal("xdp c", "sequential", "too large\nby far")));

  @Test
  void whatIsWrittenIsRead() throws IOException {
    assertThat(RunJson.read(RunJson.write(RUN))).isEqualTo(RUN);
  }

  @Test
  void aRowIsALineWithItsRatioToTheYardstick() {
    assertThat(RunJson.write(RUN).lines())
        .contains(
            "    {\"row\": \"tc b\", \"variant\": \"sequential\", \"rules\": 32,"
                + " \"instructions\": 177, \"verified\": 420, \"jitedBytes\": 1224,"
                + " \"tableBytes\": 65536, \"loadMs\": 0.5, \"compileMs\": 2.25,"
                + " \"packet\": {\"yardsticks\": 1.5, \"median\": 3, \"low\": 2, \"high\": 5}}");
  }

  @Test
  void timesAreRounded() throws IOException {
    BenchmarkRun run = Runs.of(2.004_999, Runs.row("a", 1_234.567_89, 0));
    BenchmarkRun read = RunJson.read(RunJson.write(run));
    assertThat(read.yardstick().median()).isEqualTo(2);
    assertThat(read.rows().getFirst().packet().orElseThrow().median()).isEqualTo(1_234.57);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"kernel\": 6}", "{\"kernel\": null}", "{\"kernel\""})
  void whatIsNoRunIsRefused(String text) {
    assertThatThrownBy(() -> RunJson.read(text)).isInstanceOf(IOException.class);
  }
}
