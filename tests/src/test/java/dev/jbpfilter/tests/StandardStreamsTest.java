package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.tests.Launcher.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real command line when a stream is closed, full or abandoned, or words are no text. */
@RequiresLauncher
class StandardStreamsTest {
  private static final String CHAIN = "chain a BF_HOOK_XDP ACCEPT";
  private static final String DRY_SET = "info   : --dry-run used, chain not set";
  private static final String[] DUMP = {"chain", "set", "-d", "-s", CHAIN, "--dump", "ir"};

  @TempDir private Path directory;

  private static Launcher shell(String redirection) {
    return Launcher.bfcli().underShell("exec \"$@\" " + redirection);
  }

  @ParameterizedTest
  @CsvSource({
    ">&-, 247, Bad file descriptor",
    ">/dev/full, 228, No space left on device",
  })
  void outputThatCannotBeWritten(String redirection, int status, String reason) {
    String lost = "error  : failed to write standard output: " + reason;
    Launcher bfcli = shell(redirection);

    bfcli.run("--version").said(status, lost);
    bfcli.run("completion", "bash").said(status, lost);
    bfcli.run(DUMP).said(status, DRY_SET, lost);
    bfcli.run("chain", "set", "-d", "-s", CHAIN).said(0, DRY_SET);
    assertThat(bfcli.run("chain", "get").ended(64).err()).doesNotContain("failed to write");
  }

  @Test
  void anAbandonedPipeIsNoMessage() {
    // The reader is gone before the first byte is written.
    Run run =
        Launcher.bfcli()
            .underShell("{ sleep 1; \"$@\"; echo \"status $?\" >&2; } | true")
            .run("--help");

    assertThat(run.err()).isEqualTo("status 141\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", "/dev/stdin"})
  void closedInputIsNotRead(String source) {
    Run run = shell("<&-").run("chain", "set", "-d", "-f", source);

    assertThat(run.status()).isNotZero();
    assertThat(run.out()).isEmpty();
    // Java's own files begin with a magic number that no rules have.
    assertThat(run.err().lines().count()).isLessThan(10);
  }

  @Test
  void closedInputIsToldOf() {
    shell("<&-")
        .run("chain", "set", "-d", "-f", "-")
        .said(
            247,
            "error  : failed to read rules from standard input: Bad file descriptor",
            "error  : failed to parse the chain(s): Bad file descriptor");
    shell("<&-").run("chain", "set", "-d", "-s", CHAIN).said(0, DRY_SET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2>&-", "<&- 2>&-", "2>/dev/full"})
  void messagesThatNobodySeesDoNoHarm(String redirection) throws IOException {
    Path file = directory.resolve("out");

    Run shown = shell(redirection).run(DUMP).ended(0);
    assertThat(shown.out()).startsWith("; chain a\nfilter a on BF_HOOK_XDP");
    shell(redirection)
        .run("chain", "set", "-d", "-s", CHAIN, "--dump", "ir", "--output", file.toString())
        .ended(0);
    assertThat(file).content().isEqualTo(shown.out());
  }

  @Test
  void allStreamsClosed() throws IOException {
    Path file = directory.resolve("out");

    shell("<&- >&- 2>&-")
        .run("chain", "set", "-d", "-s", CHAIN, "--dump", "ir", "--output", file.toString())
        .ended(0);

    assertThat(file).content().startsWith("; chain a\n").doesNotContain("dry-run");
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "C.UTF-8", "nonsense"})
  void pathsOfEveryKindInEveryLocale(String locale) {
    Launcher bfcli = Launcher.bfcli().with("LC_ALL", locale).with("LANG", locale);
    // Made by the shell, for this process may not be able to spell them; U+FFFD is a name, too.
    for (String name : new String[] {"r\\303\\244ls", "\\360\\237\\233\\241", "\\357\\277\\275"}) {
      String script =
          "cd '%s' && f=$(printf '%s') && printf '%s' >\"$f\" && exec \"$@\" -f \"$f\""
              .formatted(directory, name, CHAIN);
      bfcli.underShell(script).run("chain", "set", "-d").said(0, DRY_SET);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chain set -d -f r\\344ls",
        "chain -V \\377",
        "chain --bpffs-path=/\\300\\200 ruleset get",
        "ruleset get --\\355\\240\\200",
      })
  void argumentsThatAreNoUtf8AreRefused(String words) {
    Run run =
        Launcher.bfcli()
            .with("LC_ALL", "C")
            .underShell("p=$1; exec \"$p\" $(printf '" + words + "')")
            .run()
            .ended(64);

    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("bfcli: argument is not valid UTF-8: '")
        .endsWith("Try 'bfcli --help' or 'bfcli --usage' for more information.\n");
  }

  @Test
  void rulesFromAPipeOfTheShell() {
    Launcher.bfcli()
        .under("bash", "-c", "exec \"$@\" -f <(echo '" + CHAIN + "')", "bash")
        .run("chain", "set", "-d")
        .said(0, DRY_SET);
  }

  @Test
  void linesOfWindowsAreLines() throws IOException {
    Path file = Files.writeString(directory.resolve("r"), CHAIN.replace(" ", "\r\n"));

    Launcher.bfcli().run("chain", "set", "-d", "-f", file.toString()).said(0, DRY_SET);
  }
}
