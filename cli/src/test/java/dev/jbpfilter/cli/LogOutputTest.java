package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.testing.Golden;
import dev.jbpfilter.ruleset.testing.RawLogRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which log entries are printed, as JSON, and what is said of lost ones. */
class LogOutputTest {
  private static final long NOON = 1_800_000_000_000_000_000L;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Console console = LogSamples.console(out, err);

  private LogPrinter printer(LogPrinter.Wanted wanted) {
    return new LogPrinter(console, () -> NOON, wanted, List.of(new LogJson(console, "web")));
  }

  private List<JsonTree> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().map(JsonTree::parse).toList();
  }

  @Test
  void everyRecordIsALineOfJson() {
    new LogJson(console, "web").begin();
    LogPrinter printer = printer(LogPrinter.Wanted.ALL);
    for (RawLogRecord record : LogSamples.ALL) {
      assertThat(printer.print(record.bytes())).isTrue();
    }
    printer.lost(NOON, 3, -1);

    assertThat(lines()).hasSize(LogSamples.ALL.size() + 2);
    Golden.check("log.json", out.toString(StandardCharsets.UTF_8));
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1970-01-01T00:00:00.000000000Z",
    "1800000000000000001, 2027-01-15T08:00:00.000000001Z",
    "951782399999999999, 2000-02-28T23:59:59.999999999Z",
    "-1, 1969-12-31T23:59:59.999999999Z"
  })
  void times(long nanos, String text) {
    assertThat(UtcTime.text(nanos)).isEqualTo(text);
  }

  @Test
  void onlyTheRulesThatAreWanted() {
    LogPrinter printer = printer(new LogPrinter.Wanted(Set.of(1L, 3L), 0));
    for (RawLogRecord record : LogSamples.ALL) {
      assertThat(printer.print(record.bytes())).isTrue();
    }

    assertThat(lines())
        .extracting(line -> line.get("rule").text())
        .containsExactly("3", "1", "1", "1");
  }

  @Test
  void itEndsAfterAsManyAsAreWanted() {
    LogPrinter printer = printer(new LogPrinter.Wanted(Set.of(1L), 2));

    assertThat(printer.print(LogSamples.NEIGHBOUR.bytes())).isTrue();
    assertThat(printer.print(LogSamples.SYN.bytes())).isTrue();
    assertThat(printer.print(new byte[3])).isTrue();
    assertThat(printer.print(LogSamples.EXTENDED.bytes())).isFalse();
    assertThat(lines()).hasSize(2);
  }

  @Test
  void lossesAreToldNotMoreThanOnceInASecond() {
    long[] lost = {0};
    long[] now = {5};
    List<String> told = new ArrayList<>();
    LogLosses losses =
        new LogLosses(
            () -> OptionalLong.of(lost[0]),
            () -> now[0],
            (more, all) -> told.add(LogLosses.text("web", more, all)));

    assertThat(losses.check()).isFalse();
    lost[0] = 7;
    assertThat(losses.check()).isFalse();
    lost[0] = 8;
    assertThat(losses.check()).isTrue();
    now[0] += 999_999_999;
    assertThat(losses.check()).isTrue();
    now[0]++;
    lost[0] = 10;
    assertThat(losses.check()).isFalse();
    losses.end();
    lost[0] = 11;
    losses.end();

    assertThat(told)
        .containsExactly(
            "chain 'web': 7 log entries lost, no room",
            "chain 'web': 3 log entries lost, no room (10 in all)",
            "chain 'web': 1 log entries lost, no room (11 in all)");
  }

  @Test
  void nobodyCountsThemForOlderChains() {
    LogLosses losses =
        new LogLosses(
            OptionalLong::empty,
            () -> 0,
            (more, all) -> {
              throw new AssertionError();
            });

    assertThat(losses.check()).isFalse();
    losses.end();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "chain logs -n a --format rules | chain logs knows no --format rules, only text and json",
        "chain logs -n a --count 0 | --count takes a number from 1 to 9007199254740991, not '0'",
        "chain logs -n a --count -1 | --count takes a number from 1 to 9007199254740991, not '-1'",
        "chain logs -n a --rule x | --rule takes a number from 0 to 4294967295, not 'x'",
        "chain logs -n a --rule 4294967296"
            + "| --rule takes a number from 0 to 4294967295, not '4294967296'",
        "chain logs -n a --rule= | --rule takes a number from 0 to 4294967295, not ''",
        "chain logs -n a --write= | --write can't be empty",
        "chain logs -n a --write - --format json"
            + "| option --format is incompatible with --write -",
        "top --interval 0 | --interval takes a number from 1 to 86400, not '0'",
        "top --interval 99999999999999999999"
            + "| --interval takes a number from 1 to 86400, not '99999999999999999999'",
        "top --sort name" + "| unknown --sort order 'name', expecting rate, packets, bytes or rule",
        "top --format rules | top knows no --format rules, only text and json",
        "metrics now | Too many arguments"
      })
  void usageErrors(String words, String message) {
    Bfcli run = Bfcli.run(words.strip().split(" ", -1));

    assertThat(run.status()).as(run.toString()).isEqualTo(64);
    assertThat(run.err()).contains(": " + message + "\n");
  }
}
