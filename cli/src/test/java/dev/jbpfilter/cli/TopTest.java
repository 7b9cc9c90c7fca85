package dev.jbpfilter.cli;

import static dev.jbpfilter.cli.Observations.calls;
import static dev.jbpfilter.cli.Observations.counting;
import static dev.jbpfilter.cli.Observations.measured;
import static dev.jbpfilter.cli.Observations.updated;
import static dev.jbpfilter.cli.Observations.web;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.testing.Golden;
import dev.jbpfilter.loader.Counter;
import dev.jbpfilter.loader.Observation;
import dev.jbpfilter.loader.ObservedChain;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code top} makes of two looks at chains. */
class TopTest {
  private static final ObservedChain WEB = web();
  private static final Observation BEFORE =
      Observations.of(
          counting(calls(), 4, 0, 0),
          measured(counting(WEB, 1000, 50_000, 0, 0, 7, 30, 1), 1000, 10, 3));
  private static final Observation NOW =
      Observations.of(
          counting(calls(), 5, 1, 0),
          measured(counting(WEB, 3000, 51_000, 0, 0, 10_000_000_007L, 3030, 1), 83_000, 1010, 5));

  private static List<String> table(TopSort sort, int height) {
    return new TopText(LoadedChains.INTERFACES).lines(TopChain.of(BEFORE, NOW), 2, sort, height);
  }

  @Test
  void tables() {
    Golden.check("top.txt", String.join("\n", table(TopSort.RATE, 1000)) + "\n");
  }

  @Test
  void documents() {
    StringBuilder json = new StringBuilder();
    TopJson.write(
        json,
        LoadedChains.INTERFACES,
        false,
        1_800_000_000_000_000_000L,
        2_000_000_000,
        TopChain.of(BEFORE, NOW));
    Golden.check("top.json", json.toString());

    StringBuilder line = new StringBuilder();
    TopJson.write(
        line,
        LoadedChains.INTERFACES,
        true,
        1_800_000_000_000_000_000L,
        2_000_000_000,
        TopChain.of(BEFORE, NOW));
    assertThat(line.toString().lines()).hasSize(1);
    assertThat(JsonTree.parse(line.toString())).isEqualTo(JsonTree.parse(json.toString()));
  }

  @ParameterizedTest
  @CsvSource({"RATE, 4 0 1 2", "PACKETS, 4 1 0 2", "BYTES, 4 1 0 2", "RULE, 0 1 2 4"})
  void orders(TopSort sort, String rules) {
    List<String> indexes =
        table(sort, 1000).stream()
            .dropWhile(line -> !line.startsWith("chain web"))
            .filter(line -> line.matches(" +\\d .*"))
            .map(line -> line.strip().substring(0, 1))
            .toList();
    assertThat(String.join(" ", indexes)).isEqualTo(rules);
  }

  @ParameterizedTest
  @EnumSource(TopSort.class)
  void everyOrderHasAKey(TopSort sort) {
    assertThat(TopSort.ofKey(sort.key())).isEqualTo(sort);
  }

  @Test
  void otherKeysChooseNothing() {
    assertThat(TopSort.ofKey('x')).isNull();
  }

  @ParameterizedTest
  @CsvSource({"1000, 15", "15, 15", "14, 14", "13, 13", "12, 12", "11, 12", "0, 12"})
  void tablesFitAsFarAsTheyCan(int height, int lines) {
    List<String> table = table(TopSort.RATE, height);
    assertThat(table).hasSize(lines);
    assertThat(table).filteredOn(line -> line.startsWith("  policy")).hasSize(2);
    if (height < 14 && height > 10) {
      assertThat(table).anyMatch(line -> line.matches(" +… \\d more rules"));
    }
  }

  @Test
  void theFirstLookHasNoRates() {
    List<TopChain> chains = TopChain.of(null, NOW);
    assertThat(chains).extracting(chain -> chain.policy().growth().packets()).containsOnly(0L);
    assertThat(new TopText(LoadedChains.INTERFACES).lines(chains, 0, TopSort.RATE, 1000))
        .filteredOn(line -> line.startsWith("  policy"))
        .allMatch(line -> line.matches("  policy +- +- +- .*"));
  }

  @Test
  void countersThatStartAnewDoNotGoBack() {
    ObservedChain after = counting(updated(WEB), 7, 0, 0, 0, 0, 0, 0);
    TopChain top = TopChain.of(BEFORE, Observations.of(after)).getFirst();
    assertThat(top.rules().getFirst().growth()).isEqualTo(new Counter(7, 700));
    assertThat(top.packets()).isEqualTo(7);
    assertThat(top.runs()).isZero();
  }

  @Test
  void newChainsHaveCountedFromZero() {
    TopChain top = TopChain.of(Observations.of(), NOW).getFirst();
    assertThat(top.observed().name()).isEqualTo("calls");
    assertThat(top.rules().getFirst().growth().packets()).isEqualTo(5);
  }

  @Test
  void sharesNeverExceedTheWhole() {
    // The rule behind the one that continues does not count what it ends.
    ObservedChain before = counting(WEB, 0, 0, 0, 0, 0, 0, 0);
    ObservedChain after = counting(WEB, 1, 10, 0, 0, 0, 1, 0);
    TopChain top = TopChain.of(Observations.of(before), Observations.of(after)).getFirst();
    assertThat(top.share(top.rules().get(1))).isEqualTo(1);
    assertThat(top.share(top.rules().get(0))).isEqualTo(0.1);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.04, 0.0",
    "0.5, 0.5",
    "9.96, 10.0",
    "99.94, 99.9",
    "99.95, 100",
    "999.4, 999",
    "999.5, 1.00k",
    "1234, 1.23k",
    "12345, 12.3k",
    "999499, 999k",
    "999500, 1.00M",
    "9994999, 9.99M",
    "1.5e9, 1.50G",
    "1e12, 1.00T",
    "1.8e19, 18.0E",
    "1e30, 1000000000000E"
  })
  void rates(double value, String text) {
    assertThat(ScaledNumber.rate(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "9999999999, 9999999999", "10000000000, 10.0G", "-1, 18.4E"})
  void totals(long value, String text) {
    assertThat(ScaledNumber.total(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"abc, 3, abc", "abcd, 3, ab…", "äöüß, 3, äö…", "abc, 1, …", "abc, 0, ''"})
  void linesAreCutToTheScreen(String line, int columns, String shown) {
    assertThat(TopScreen.cut(line, columns)).isEqualTo(shown);
  }
}
