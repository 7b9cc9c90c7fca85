package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.tests.Launcher.Run;
import java.io.IOException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each command through the real launcher: misuse, failure, and success. */
@RequiresLauncher
class EveryCommandTest {
  private static final String CHAIN = "chain a BF_HOOK_XDP ACCEPT";
  private static final String MISSING = ": No such file or directory";

  private static Run bfcli(String words) {
    return Launcher.bfcli().run(words.split(" ", -1));
  }

  private static void refused(String words, String text) {
    String program = "bfcli " + command(words);
    bfcli(words)
        .said(
            64,
            program + ": " + text,
            "Try '" + program + " --help' or '" + program + " --usage' for more information.");
  }

  /** The words of the command, of which there are one or two. */
  private static String command(String words) {
    String[] split = words.split(" ", -1);
    boolean two = split[0].equals("chain") || split[0].equals("ruleset");
    return two ? split[0] + " " + split[1] : split[0];
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ruleset set -d                            | missing required option(s): --from-str, --from-file
          ruleset set -s a -f b                     | option --from-str is incompatible with --from-file
          ruleset set -n a                          | invalid option -- 'n'
          ruleset get now                           | Too many arguments
          ruleset get --dry-run                     | unrecognized option '--dry-run'
          ruleset flush -f x                        | invalid option -- 'f'
          ruleset flush all                         | Too many arguments
          ruleset save                              | missing FILE
          ruleset save a b                          | Too many arguments
          ruleset save --iface-map m a              | unrecognized option '--iface-map'
          ruleset restore                           | missing FILE
          ruleset restore -f a                      | invalid option -- 'f'
          ruleset check --iface-map= a              | --iface-map can't be empty
          ruleset check a -d                        | invalid option -- 'd'
          ruleset diff                              | missing FILE
          ruleset diff a b                          | Too many arguments
          chain set --name=                         | --name can't be empty
          chain set -f                              | option requires an argument -- 'f'
          chain set --from x                        | option '--from' is ambiguous; possibilities: '--from-str' '--from-file'
          chain get                                 | missing required option(s): --name
          chain get -n a -o ifindex=1               | invalid option -- 'o'
          chain logs                                | missing required option(s): --name
          chain logs -n a b                         | Too many arguments
          chain load -d -n a                        | missing required option(s): --from-str, --from-file
          chain load --dry=yes                      | option '--dry-run' doesn't allow an argument
          chain attach -o ifindex=2                 | missing required option(s): --name
          chain attach -n a -o ifindex              | failed to parse hook option 'ifindex'
          chain update -n a                         | missing required option(s): --from-str, --from-file
          chain update -s a -f b                    | option --from-str is incompatible with --from-file
          chain update-set -A 1.1.1.1               | missing required option(s): --name, --set-name
          chain update-set -n a -S s -A             | option requires an argument -- 'A'
          chain update-set -n a -S s --remove=      | --remove requires an element
          chain flush                               | missing required option(s): --name
          chain flush -n a -d                       | invalid option -- 'd'
          completion tcsh                           | unknown SHELL 'tcsh', expecting bash, zsh or fish
          features now                              | Too many arguments
          features --format rules                   | features knows no --format rules, only text and json
          chain logs -n a --count 0                 | --count takes a number from 1 to 9007199254740991, not '0'
          top --interval x                          | --interval takes a number from 1 to 86400, not 'x'
          metrics now                               | Too many arguments
          asm                                       | missing FILE
          disasm a b                                | Too many arguments
          """)
  void misuse(String words, String text) {
    refused(words, text);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ruleset get                               | failed to request ruleset
          ruleset flush                             | failed to flush ruleset
          ruleset save /no/pe                       | failed to save ruleset
          chain get -n a                            | failed to get chain 'a'
          chain logs -n a                           | failed to request 'a' logs buffer FD
          chain attach -n a -o ifindex=1            | failed to attach chain 'a'
          chain update-set -n a -S s -A 1.1.1.1     | failed to update set 's' in chain 'a'
          chain flush -n a                          | failed to flush chain 'a'
          top                                       | failed to watch chains
          metrics                                   | failed to read metrics
          """)
  void withoutBpffs(String words, String text) {
    bfcli("-b /no/pe " + words)
        .said(254, "error  : /no/pe: openat" + MISSING, "error  : " + text + MISSING);
  }

  @ParameterizedTest
  @CsvSource({
    "ruleset set, failed to set ruleset",
    "chain set, failed to set chain 'a'",
    "chain load, failed to load chain 'a'",
  })
  void rulesWithoutBpffs(String command, String text) {
    String[] words = command.split(" ", -1);
    Launcher.bfcli()
        .run("-b", "/no/pe", words[0], words[1], "-s", CHAIN)
        .said(254, "error  : /no/pe: openat" + MISSING, "error  : " + text + MISSING);
  }

  @ParameterizedTest
  @CsvSource({
    "ruleset set, failed to parse ruleset",
    "chain set, failed to parse the chain(s)",
    "chain load, failed to parse the chain(s)",
    "chain update, failed to parse the chain(s)",
    "chain update -d, failed to parse the chain(s)",
  })
  void filesThatAreNotThere(String words, String text) {
    bfcli(words + " -f /no/pe")
        .said(254, "error  : failed to stat file /no/pe" + MISSING, "error  : " + text + MISSING);
  }

  @ParameterizedTest
  @CsvSource({
    "restore, failed to restore ruleset",
    "check, failed to check ruleset",
    "diff, failed to compare rulesets",
  })
  void rulesetFilesThatAreNotThere(String action, String text) {
    bfcli("ruleset " + action + " /no/pe")
        .said(254, "error  : failed to stat file /no/pe" + MISSING, "error  : " + text + MISSING);
  }

  @Test
  void otherFailures() {
    bfcli("chain update-set -n a -S s")
        .said(234, "error  : no elements to add or remove: Invalid argument");
    bfcli("asm /no/pe").said(254, "error  : failed to read /no/pe" + MISSING);
    bfcli("disasm /no/pe").said(254, "error  : failed to read /no/pe" + MISSING);
  }

  @ParameterizedTest
  @CsvSource({
    "ruleset set, ruleset not applied",
    "chain set, chain not set",
    "chain load, chain not loaded",
    "chain update, chain not updated",
  })
  void dryRuns(String command, String notice) {
    String[] words = command.split(" ", -1);
    Launcher.bfcli()
        .run(words[0], words[1], "--dry-run", "--from-str", CHAIN)
        .said(0, "info   : --dry-run used, " + notice);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ruleset set",
        "ruleset get",
        "ruleset flush",
        "ruleset save",
        "ruleset restore",
        "ruleset check",
        "ruleset diff",
        "chain set",
        "chain get",
        "chain logs",
        "chain load",
        "chain attach",
        "chain update",
        "chain update-set",
        "chain flush",
        "asm",
        "disasm",
        "features",
        "completion",
      })
  void textsOfEachCommand(String command) {
    Run help = bfcli(command + " --help").ended(0);
    assertThat(help.out()).startsWith("Usage: bfcli " + command).contains("\nExamples:\n");
    assertThat(help.err()).isEmpty();
    Run usage = bfcli(command + " --usage").ended(64);
    assertThat(help.out()).startsWith(usage.out());
    assertThat(usage.err()).isEmpty();
    Run version = bfcli(command + " --version").ended(0);
    assertThat(version.out()).matches("bfcli version (\\S+), libbpfilter version \\1\n");
    assertThat(version.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void completion(String shell) {
    Run run = bfcli("completion " + shell).ended(0);

    assertThat(run.out()).contains("Completion of bfcli for " + shell);
    assertThat(run.err()).isEmpty();
  }

  @Nested
  @RequiresBpf
  class OnTheKernel {
    @Test
    void eachCommandThatThereIs() throws IOException {
      try (Sandbox sandbox = new Sandbox()) {
        int ifindex = sandbox.wire().ifindex();
        String attached = "info   : attached XDP program in driver mode";
        String listing =
            """
            chain a BF_HOOK_XDP ACCEPT
                counters policy 0 packets 0 bytes; error 0 packets 0 bytes
            """;
        String there = listing.replace("XDP ", "XDP{ifindex=" + ifindex + "} ");

        sandbox.run("chain", "load", "-s", CHAIN).said(0, "info   : load a");
        assertThat(sandbox.listing("chain", "get", "-n", "a")).isEqualTo(listing);
        sandbox
            .run("chain", "attach", "-n", "a", "-o", "ifindex=" + ifindex)
            .said(0, "info   : attaching a to BF_HOOK_XDP", attached);
        assertThat(sandbox.listing("ruleset", "get")).isEqualTo(there);
        String onWire = CHAIN.replace("XDP", "XDP{ifindex=" + ifindex + "}");
        sandbox.run("chain", "set", "-s", onWire).said(0, attached);
        sandbox.run("ruleset", "set", "-s", onWire).said(0, attached);
        assertThat(sandbox.listing("chain", "get", "-n", "a")).isEqualTo(there);
        sandbox.run("chain", "flush", "-n", "a").said(0);
        sandbox.run("ruleset", "flush").said(0);
        assertThat(sandbox.listing("ruleset", "get")).isEmpty();
        assertThat(sandbox.pins()).isEmpty();
      }
    }
  }
}
