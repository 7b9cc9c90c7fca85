package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code lint} and {@code plan}, on rules that are not loaded. */
class LintTest {
  /** One finding of each level. */
  private static final String MISTAKES =
      """
      chain web BF_HOOK_XDP DROP
        set unused (tcp.dport) in { 80; 443 }
        rule tcp.dport 22  counter ACCEPT
        rule tcp.dport 22  ip4.saddr 192.0.2.7  counter DROP
        rule meta.l4_proto udp  udp.dport 53  counter ACCEPT
      """;

  static Stream<String> examples() throws IOException {
    return ExplainTest.examples();
  }

  private static Bfcli onExample(String command, String example, String... words)
      throws IOException {
    Path file = Path.of(System.getProperty("jbpfilter.root"), "doc", "examples");
    String text = Files.readString(file.resolve(example + ".rules"));
    return on(text, Stream.concat(Stream.of(command), Stream.of(words)).toArray(String[]::new));
  }

  private static Bfcli on(String text, String... words) {
    String[] all =
        Stream.concat(Stream.of(words), Stream.of("--from-file", "-")).toArray(String[]::new);
    return Bfcli.run(Map.of(), text, all);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void findsNothingToSayOfExamples(String example) throws IOException {
    Bfcli run = onExample("lint", example);
    Golden.check("lint/" + example + ".txt", run.out());
    Golden.check("lint/" + example + ".json", onExample("lint", example, "--format", "json").out());
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
  }

  @Test
  void findingsForPeopleAndPrograms() {
    Bfcli run = on(MISTAKES, "lint");
    Golden.check("lint/mistakes.txt", run.out());
    Golden.check("lint/mistakes.json", on(MISTAKES, "lint", "--format", "json").out());
    assertThat(run.err()).isEmpty();
  }

  @ParameterizedTest(name = "--fail-on {0}")
  @CsvSource({
    "advice,  1, 1, 1, 0",
    "warning, 1, 1, 0, 0",
    "dead,    1, 0, 0, 0",
    "never,   0, 0, 0, 0"
  })
  void exitStatusCountsFindingsFromALevelOn(
      String level, int dead, int warning, int advice, int nothing) {
    String chain = "chain a BF_HOOK_XDP ACCEPT ";
    String unused = chain + "set s (tcp.dport) in {22} rule tcp.dport 80 DROP";
    String needless = chain + "rule meta.l4_proto tcp tcp.dport 22 DROP";
    String fine = chain + "rule tcp.dport 22 DROP";
    assertThat(on(MISTAKES, "lint", "--fail-on", level).status()).isEqualTo(dead);
    assertThat(on(unused, "lint", "--fail-on", level).status()).isEqualTo(warning);
    assertThat(on(needless, "lint", "--fail-on", level).status()).isEqualTo(advice);
    assertThat(on(fine, "lint", "--fail-on", level).status()).isEqualTo(nothing);
  }

  @Test
  void anyFindingCountsIfNothingIsSaid() {
    assertThat(Bfcli.run("lint", "-s", MISTAKES).status()).isEqualTo(1);
  }

  @Test
  void warningsOfTheParserAreFindings() {
    String disabled = "chain a BF_HOOK_XDP ACCEPT rule (tcp.dport) in {} DROP";
    Bfcli run = Bfcli.run("lint", "-s", disabled);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("it needs membership in an empty set");
  }

  @Test
  void errorsOfTheParserAreErrors() {
    Bfcli run = Bfcli.run("lint", "-s", "chain a BF_HOOK_XDP");
    assertThat(run.status()).isEqualTo(234);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("failed to look for mistakes: Invalid argument");
  }

  @ParameterizedTest
  @MethodSource("examples")
  void plansOfExamples(String example) throws IOException {
    for (String format : new String[] {"text", "json", "dot", "svg"}) {
      Bfcli run = onExample("plan", example, "--format", format);
      Golden.check("plan/" + example + "." + format, run.out());
      assertThat(run.err()).isEmpty();
      assertThat(run.status()).isZero();
    }
  }

  @Test
  void onePictureIsOfOneChain() {
    String two = "chain a BF_HOOK_XDP ACCEPT chain b BF_HOOK_XDP DROP";
    Bfcli run = Bfcli.run("plan", "-s", two, "--format", "svg");
    assertThat(run.status()).isEqualTo(64);
    assertThat(run.err()).contains("--format svg draws one chain");
    assertThat(Bfcli.run("plan", "-s", two, "--format", "svg", "--name", "b").out())
        .startsWith("<svg ")
        .contains("Plan of chain b");
    assertThat(Bfcli.run("plan", "-s", two).out())
        .contains("plan of chain a\n", "plan of chain b\n");
  }

  @Test
  void plansKnowTheirOwnFormats() {
    Bfcli run = Bfcli.run("plan", "-s", "chain a BF_HOOK_XDP ACCEPT", "--format", "rules");
    assertThat(run.status()).isEqualTo(64);
    assertThat(run.err()).contains("unknown --format format 'rules', expecting text, json, dot");
  }
}
