package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Flags, variables and defaults. */
class SettingsTest {
  private static final String CHAIN = "chain a BF_HOOK_XDP ACCEPT";

  private final Arguments global = new Arguments();

  @Test
  void defaults() {
    Settings settings = Settings.of(global, Map.of());

    assertThat(settings.bpffs()).isEqualTo(Path.of("/sys/fs/bpf"));
    assertThat(settings.token()).isFalse();
    assertThat(settings.verbosity()).isEmpty();
  }

  @Test
  void variables() {
    Settings settings =
        Settings.of(
            global,
            Map.of(
                "BF_BPFFS_PATH", "/mnt/bpf",
                "BF_WITH_BPF_TOKEN", "0",
                "BF_VERBOSE", " debug ,,bytecode"));

    assertThat(settings.bpffs()).isEqualTo(Path.of("/mnt/bpf"));
    assertThat(settings.token()).isTrue();
    assertThat(settings.verbosity()).containsExactlyInAnyOrder(Verbosity.DEBUG, Verbosity.BYTECODE);
  }

  @Test
  void emptyVariablesAreNone() {
    Settings settings =
        Settings.of(global, Map.of("BF_BPFFS_PATH", "", "BF_WITH_BPF_TOKEN", "", "BF_VERBOSE", ""));

    assertThat(settings).isEqualTo(Settings.of(global, Map.of()));
  }

  @Test
  void flagsWin() {
    global.add(Option.BPFFS_PATH, "/first");
    global.add(Option.BPFFS_PATH, "/flag");
    global.add(Option.VERBOSE, "bpf");
    global.add(Option.VERBOSE, "debug");
    Settings settings =
        Settings.of(global, Map.of("BF_BPFFS_PATH", "/mnt/bpf", "BF_VERBOSE", "bytecode,bogus"));

    assertThat(settings.bpffs()).isEqualTo(Path.of("/flag"));
    assertThat(settings.verbosity()).containsExactlyInAnyOrder(Verbosity.DEBUG, Verbosity.BPF);
  }

  @Test
  void unknownWordsAreRefused() {
    assertThatThrownBy(() -> Settings.of(global, Map.of("BF_VERBOSE", "debug,loud")))
        .isInstanceOf(UsageException.class)
        .hasMessage("unknown word 'loud' in BF_VERBOSE, expecting debug, bpf or bytecode");
  }

  @Test
  void badVariablesMatterOnlyToRealRuns() {
    Map<String, String> bad = Map.of("BF_VERBOSE", "loud", "BF_BPFFS_PATH", "/nope");

    assertThat(Bfcli.run(bad, "", "ruleset", "get").status()).isEqualTo(64);
    assertThat(Bfcli.run(bad, "", "ruleset", "get", "--help").status()).isZero();
    assertThat(Bfcli.run(bad, "", "ruleset", "set", "-ds", CHAIN).status()).isZero();
    assertThat(Bfcli.run(bad, "", "chain", "get").err()).contains("missing required");
    assertThat(Bfcli.run(bad, "95", "disasm", "-").err()).doesNotContain("BF_VERBOSE");
  }

  @Test
  void dryRunsNeedNoToken() {
    assertThat(Bfcli.run("-t", "-b", "/nope", "ruleset", "set", "-ds", CHAIN).status()).isZero();
    for (String object : List.of("ruleset get", "features")) {
      List<String> words = new ArrayList<>(List.of("-t", "-b", "/nope"));
      words.addAll(List.of(object.split(" ")));
      Bfcli run = Bfcli.run(words.toArray(String[]::new));
      assertThat(run.status()).isEqualTo(254);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).startsWith("error  : /nope: openat: No such file or directory\n");
    }
  }

  @Test
  void bpffsThatIsNotThere() {
    Map<String, String> variable = Map.of("BF_BPFFS_PATH", "/variable");

    Bfcli byVariable = Bfcli.run(variable, "", "ruleset", "get");
    assertThat(byVariable.status()).isEqualTo(254);
    assertThat(byVariable.out()).isEmpty();
    assertThat(byVariable.err())
        .startsWith("error  : /variable: ")
        .endsWith("error  : failed to request ruleset: No such file or directory\n");
    for (String action : List.of("get", "flush")) {
      Bfcli byFlag = Bfcli.run(variable, "", "-b", "/flag", "chain", action, "-n", "a");
      assertThat(byFlag.status()).isEqualTo(254);
      assertThat(byFlag.err()).startsWith("error  : /flag: ");
    }
    assertThat(Bfcli.run("-b", "/flag", "chain", "load", "-s", CHAIN).status()).isEqualTo(254);
    assertThat(Bfcli.run("-b", "/flag", "chain", "attach", "-n", "a").status()).isEqualTo(254);
  }
}
