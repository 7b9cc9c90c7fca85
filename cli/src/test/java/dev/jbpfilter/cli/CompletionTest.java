package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the shells offer. */
class CompletionTest {
  /** What is typed, and what is offered. */
  private static final String[][] OFFERS = {
    {
      "bfcli ",
      "asm chain completion disasm explain features lint metrics plan ruleset simulate test top"
    },
    {"bfcli ru", "ruleset"},
    {"bfcli nothing ", ""},
    {"bfcli chain ", "attach flush get load logs set update update-set"},
    {"bfcli chain up", "update update-set"},
    {"bfcli -v debug -t ruleset -b other f", "flush"},
    {
      "bfcli -b chain ",
      "asm chain completion disasm explain features lint metrics plan ruleset simulate test top"
    },
    {"bfcli --ver", "--verbose --version"},
    {"bfcli --no-", ""},
    {"bfcli chain --b", "--bpffs-path"},
    {"bfcli chain get --b", ""},
    {"bfcli chain set --d", "--dry-run --dump"},
    {"bfcli chain set --no", ""},
    {"bfcli -t chain update --fr", "--from-file --from-str"},
    {"bfcli chain update-set --n", "--name"},
    {"bfcli chain update-set --name web --set-name s --re", "--remove"},
    {"bfcli asm --t", "--to"},
    {"bfcli asm web.rules --to", "--to"},
    {"bfcli -v ", "bpf bytecode debug"},
    {"bfcli --verbose by", "bytecode"},
    {"bfcli --verbose=b", "bpf bytecode"},
    {"bfcli chain set -d --dump ", "asm c elf hex ir json virt"},
    {"bfcli chain set -d --dump=", "asm c elf hex ir json virt"},
    {"bfcli asm --to ", "bytes c elf hex json"},
    {"bfcli disasm --syntax k", "kernel"},
    {"bfcli completion ", "bash fish zsh"},
    {"bfcli chain get --name ", "dns web"},
    {"bfcli chain get -n w", "web"},
    {"bfcli chain set -dn ", "dns web"},
    {"bfcli chain flush --name=d", "dns"},
    {"bfcli -b other chain get -n ", "only"},
    {"bfcli chain --bpffs-path=other attach -o ifindex=2 --name ", "only"},
    {"bfcli -bother chain -t logs -n ", "only"},
    {"bfcli -tb other chain logs -n ", "only"},
    {"bfcli -b ~/other chain logs -n ", "only"},
    {"bfcli -b empty chain logs -n ", ""},
    {"bfcli chain attach -n web -o ", "cgpath= ifindex= priorities="},
    {"bfcli chain attach -n web --option i", "ifindex="},
    {"bfcli plan --format ", "dot json svg text"},
    {"bfcli chain get --format ", "json rules text"},
    {"bfcli chain set --from-str ", ""},
    {"bfcli chain set --from-file web", "web.rules"},
    {"bfcli ruleset set -f wa", "wan.map"},
    {"bfcli disasm web", "web.rules"},
    {"bfcli -b em", "empty"},
    {"bfcli -b w", ""},
  };

  @TempDir private Path directory;

  @BeforeEach
  void fill() throws IOException {
    for (String path :
        List.of(
            "bpffs/bpfilter/web",
            "bpffs/bpfilter/dns",
            "bpffs/bpfilter/__bf_staging_web",
            "other/bpfilter/only",
            "empty")) {
      Files.createDirectories(directory.resolve(path));
    }
    Files.createFile(directory.resolve("web.rules"));
    Files.createFile(directory.resolve("wan.map"));
  }

  @ParameterizedTest
  @EnumSource
  void offers(CompletingShell shell) throws Exception {
    shell.require();

    List<List<String>> offered =
        shell.complete(Stream.of(OFFERS).map(row -> row[0]).toList(), directory);

    List<String> rows = new ArrayList<>();
    for (int i = 0; i < OFFERS.length; i++) {
      // Whether a directory ends in a slash, is the shell's matter.
      rows.add(OFFERS[i][0] + ": " + String.join(" ", offered.get(i)).replace("/", ""));
    }
    assertThat(rows)
        .containsExactlyElementsOf(Stream.of(OFFERS).map(row -> row[0] + ": " + row[1]).toList());
  }

  @ParameterizedTest
  @EnumSource
  void everyOptionOfEveryCommandIsOffered(CompletingShell shell) throws Exception {
    shell.require();
    List<Command> commands = Commands.all();

    List<List<String>> offered =
        shell.complete(
            commands.stream().map(command -> "bfcli " + command.name() + " --").toList(),
            directory);

    for (int i = 0; i < commands.size(); i++) {
      assertThat(offered.get(i))
          .containsAll(
              CommandParser.withTextOptions(commands.get(i).options()).stream()
                  .map(Option::text)
                  .toList());
    }
  }

  @Test
  void scriptsAreTheSameEveryTime() {
    for (CompletingShell shell : CompletingShell.values()) {
      String script = Bfcli.completion(shell.shell());

      assertThat(script)
          .isEqualTo(Bfcli.completion(shell.shell()))
          .contains("bfcli completion " + shell.shell())
          .doesNotContainPattern("@[a-z-]+@")
          .endsWith("\n");
    }
  }

  @Test
  void unknownShells() {
    assertThat(Bfcli.run("completion", "tcsh").err())
        .startsWith("bfcli completion: unknown SHELL 'tcsh', expecting bash, zsh or fish\n");
    assertThat(Bfcli.run("completion").err()).startsWith("bfcli completion: missing SHELL\n");
    assertThat(Bfcli.run("completion", "zsh", "fish").status()).isEqualTo(64);
  }
}
