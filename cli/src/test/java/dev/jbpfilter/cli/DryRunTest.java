package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.ruleset.Hook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Dry runs and dumps. */
class DryRunTest {
  private static final String WEB =
      "chain web BF_HOOK_XDP{ifindex=4242} ACCEPT rule tcp.dport 23 counter DROP";
  private static final String NETFILTER =
      "chain n BF_HOOK_NF_LOCAL_IN{priorities=1-2} ACCEPT rule ip4.proto tcp DROP";

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "ruleset set, ruleset not applied",
    "chain set, chain not set",
    "chain load, chain not loaded",
    "chain update, chain not updated",
  })
  void saysWhatIsNotDone(String command, String notice) {
    String[] words = command.split(" ", -1);
    Bfcli run = Bfcli.run("-b", "/nope", words[0], words[1], "-d", "-s", WEB);

    assertThat(run.status()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo("info   : --dry-run used, " + notice + "\n");
  }

  @ParameterizedTest
  @EnumSource
  void everyHookCompiles(Hook hook) {
    Bfcli run = Bfcli.run("chain", "set", "-ds", "chain a " + hook.keyword() + " ACCEPT");

    assertThat(run.status()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo("info   : --dry-run used, chain not set\n");
  }

  @ParameterizedTest
  @EnumSource
  void programsThatCallTheKernelAreDumpedWithoutIt(DumpFormat format) throws IOException {
    Path file = directory.resolve("out");
    Bfcli run =
        Bfcli.run(
            "chain", "set", "-ds", NETFILTER, "--dump", format.word(), "--output", file.toString());

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(file).isNotEmptyFile();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ELF")
  void dumpsAreTheSameEveryTimeAndEverywhere(DumpFormat format) throws IOException {
    Path file = directory.resolve("out");

    Bfcli first = Bfcli.run("chain", "set", "-ds", WEB, "--dump", format.word());
    Bfcli second =
        Bfcli.run("chain", "set", "-ds", WEB, "--dump", format.word(), "--output", file.toString());

    assertThat(first.status()).as(first.err()).isZero();
    assertThat(first.out()).isNotBlank().endsWith("\n");
    assertThat(first.err()).isEqualTo("info   : --dry-run used, chain not set\n");
    assertThat(second.out()).isEmpty();
    assertThat(Files.readString(file)).isEqualTo(first.out());
  }

  @Test
  void outputThatCanNotBeWritten() {
    String file = directory.resolve("no/such").toString();

    Bfcli run = Bfcli.run("chain", "set", "-ds", WEB, "--dump", "ir", "--output", file);

    assertThat(run.status()).isEqualTo(254);
    assertThat(run.err())
        .isEqualTo("error  : failed to write " + file + ": No such file or directory\n");
  }

  @Test
  void objectFilesAreTheSameEveryTime() throws IOException {
    Path file = directory.resolve("web.o");
    String[] words = {"chain", "set", "-ds", WEB, "--dump", "elf", "--output", file.toString()};
    byte[] first = Bfcli.run(words).status() == 0 ? Files.readAllBytes(file) : new byte[0];
    Files.delete(file);

    assertThat(Bfcli.run(words).status()).isZero();
    assertThat(Files.readAllBytes(file)).startsWith(0x7f, 'E', 'L', 'F').isEqualTo(first);
  }
}
