package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The options that say how chains are compiled. */
class CompilationTest {
  private static final String ADDRESSES =
      IntStream.range(0, 300)
          .mapToObj(i ->
              "rule ip4.saddr 192.0."
                  + i / 100
                  + "."
                  + i % 100
                  + " tcp.dport "
                  + (1 + i * 7 % 65_521)
                  + " counter DROP\n")
          .collect(Collectors.joining("", "chain web BF_HOOK_XDP ACCEPT\n", ""));

  private static Bfcli dryRun(String... options) {
    String[] words = new String[options.length + 4];
    words[0] = "chain";
    words[1] = "set";
    words[2] = "-ds";
    words[3] = ADDRESSES;
    System.arraycopy(options, 0, words, 4, options.length);
    return Bfcli.run(words);
  }

  @Test
  void thePlanNamesTheStructureAndWhyOthersLost() {
    Bfcli run = dryRun("--explain-plan");
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .startsWith(
            """
            plan of chain web
              rules 0 to 299: 300 looked up, 0 in sequence
                IPv4 TCP: 300 to look up
                  by static hash, about \
            """)
        .contains("\n      not bit vectors, about ", "\n      not sequence: 300 boxes\n");
  }

  @ParameterizedTest
  @CsvSource({"0", "1K", "2047"})
  void tablesThatTakeTooMuchAreNotTaken(String memory) {
    Bfcli run = dryRun("--explain-plan", "--max-table-memory", memory);
    assertThat(run.status()).isZero();
    assertThat(run.out()).doesNotContain("by static hash");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1G", "64M", "512K", "1073741824"})
  void largeLimitsAreTaken(String memory) {
    assertThat(dryRun("--explain-plan", "--max-table-memory", memory).out())
        .contains("by static hash");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "K", "-1", "2G", "1T", "64m", "0x10", "18446744073709551616", "1.5M"})
  void whatIsNoSizeIsRefused(String memory) {
    Bfcli run = dryRun("--max-table-memory", memory);
    assertThat(run.status()).isEqualTo(64);
    assertThat(run.err())
        .contains(
            "--max-table-memory expects bytes up to 1G, such as 64M or 512K, not '" + memory + "'");
  }

  @Test
  void withoutOptimisationRulesAreTriedOneAfterAnother() {
    assertThat(dryRun("-O0", "--explain-plan").out())
        .isEqualTo("plan of chain web\n  rules 0 to 299: 0 looked up, 300 in sequence\n");
    assertThat(dryRun("-O1", "--explain-plan").out()).contains("300 looked up");
    assertThat(dryRun("-O2").err()).contains("unknown --optimise level '2', expecting 0 or 1");
    assertThat(dryRun("-O0", "--dump", "asm").out()).contains("; rule 299: ");
  }

  @Test
  void aPlanAndADumpDoNotShareTheirOutput() {
    String refusal = "option --explain-plan is incompatible with --format and --dump";
    assertThat(dryRun("--explain-plan", "--dump", "asm").err()).contains(refusal);
    assertThat(dryRun("--explain-plan", "--format", "json").err()).contains(refusal);
  }
}
