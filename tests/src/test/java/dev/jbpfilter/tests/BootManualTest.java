package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.loader.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What doc/boot.md shows, done, as far as a machine need not be started again for it. */
@RequiresLauncher
class BootManualTest {
  private static final Path PAGE = Checkout.ROOT.resolve("doc/boot.md");
  private static final Path UNIT = Checkout.ROOT.resolve("doc/systemd/bfcli.service");
  private static final String PROGRAM = "/usr/local/bin/bfcli";
  private static final String FILE = "/etc/bfcli.rules";

  @TempDir private Path directory;

  private static String setting(String name) throws IOException {
    List<String> values =
        Files.readAllLines(UNIT).stream()
            .filter(line -> line.startsWith(name + "="))
            .map(line -> line.substring(name.length() + 1))
            .toList();
    assertThat(values).as(name).hasSize(1);
    return values.getFirst();
  }

  private static String block(String info) throws IOException {
    return Markdown.texts(PAGE, info).getFirst();
  }

  @Test
  void theUnitRestoresAndNeverFlushes() throws IOException {
    String unit = Files.readString(UNIT);
    assertThat(setting("ExecStart"))
        .isEqualTo(PROGRAM + " ruleset restore " + FILE)
        .isEqualTo(setting("ExecReload"));
    assertThat(unit).doesNotContain("ExecStop=").contains("\nType=oneshot\n");
    assertThat(setting("Before")).contains("network-pre.target");
    // The command is one: with a file that is not there, it fails for that reason.
    Launcher.bfcli()
        .run(words(setting("ExecStart"), "/no/pe"))
        .said(
            254,
            "error  : failed to stat file /no/pe: No such file or directory",
            "error  : failed to restore ruleset: No such file or directory");
    Launcher.bfcli()
        .run("chain", "set", "--dry-run", "--from-str", block("rules emergency.rules"))
        .said(0, "info   : --dry-run used, chain not set");
  }

  private static String[] words(String command, String file) {
    assertThat(command).startsWith(PROGRAM + " ");
    return command.substring(PROGRAM.length() + 1).replace(FILE, file).split(" ", -1);
  }

  @Test
  void systemdTakesTheUnits() throws IOException {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "there is no systemd-analyze");
    write("bfcli.service", Files.readString(UNIT));
    write("bfcli@v0.service", block("ini bfcli@.service"));
    write("bfcli-emergency.service", block("ini bfcli-emergency.service"));
    write("bfcli.service.d/interfaces.conf", block("ini interfaces.conf"));
    write("bfcli.service.d/emergency.conf", block("ini emergency.conf"));
    for (String unit : List.of("bfcli.service", "bfcli@v0.service", "bfcli-emergency.service")) {
      String said =
          Shell.run("sh", "-c", "systemd-analyze --man=no verify \"$0\" 2>&1", file(unit));
      assertThat(said.lines().filter(line -> line.toLowerCase(Locale.ROOT).contains("bfcli")))
          .as(unit)
          .isEmpty();
    }
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  private void write(String unit, String text) throws IOException {
    Path file = directory.resolve(unit);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text.replace(PROGRAM, Checkout.LAUNCHER.toString()));
  }

  /** The package's unit is ours with the package's paths, so both are enabled alike. */
  @Test
  void thePackageNeedsNoMoreThanTheRest() throws IOException {
    assertThat(block("sh install").replace("bfcli.service\n", "bfcli\n"))
        .endsWith(block("sh package"));
  }

  @Nested
  @RequiresBpf
  class OnTheKernel {
    @Test
    void installing() throws IOException {
      Files.createDirectories(directory.resolve("bin"));
      String script =
          block("sh install")
              .replace("/usr/local/bin/", file("bin") + "/")
              .replace("/etc/systemd/system/", directory + "/")
              .replace(FILE, file("bfcli.rules"));
      try (Sandbox sandbox = new Sandbox()) {
        Launcher.bfcli()
            .with("BF_BPFFS_PATH", sandbox.bpffs().toString())
            .underShell(
                "set -e\nlauncher=$1\nbfcli() { \"$launcher\" \"$@\"; }\n"
                    + "systemctl() { test \"$*\" = 'enable bfcli.service'; }\n"
                    + script)
            .run()
            .ended(0);
      }
      assertThat(directory.resolve("bin/bfcli")).isSymbolicLink().isExecutable();
      assertThat(directory.resolve("bfcli.service")).hasSameTextualContentAs(UNIT);
      assertThat(directory.resolve("bfcli.rules")).hasContent("# no chains\n");
    }

    @Test
    void commandsWorkWithWhatTheUnitAllows() throws IOException {
      try (Sandbox sandbox = new Sandbox()) {
        String rules =
            """
            chain x BF_HOOK_XDP{ifindex=v0} ACCEPT set s (ip4.saddr) in {192.0.2.7}
              rule (ip4.saddr) in s counter DROP
              rule tcp.dport 23 log DROP
            chain t BF_HOOK_TC_INGRESS{ifindex=v0} ACCEPT rule ip6.snet fe80::/10 DROP
            chain n BF_HOOK_NF_LOCAL_IN{priorities=101-102} ACCEPT rule ip4.proto icmp ACCEPT
            """;
        sandbox.run("ruleset", "set", "--from-str", rules).ended(0);
        String listing = sandbox.listing("ruleset", "get");
        Launcher inDirectory =
            sandbox.bfcli().in(directory).with("BF_BPFFS_PATH", sandbox.bpffs().toString());
        inDirectory
            .underShell(
                String.join(" ", sandbox.wire().near())
                    + " sh -e -c 'bfcli() { \"$0\" \"$@\"; }\n"
                    + block("sh")
                    + "' \"$1\"")
            .run()
            .ended(0);
        sandbox.run("ruleset", "flush").said(0);

        // As the unit: with these capabilities, and only the kernel's file systems writable.
        String capabilities =
            setting("CapabilityBoundingSet").toLowerCase(Locale.ROOT).replace("cap_", "+");
        String[] near = sandbox.wire().near();
        inDirectory
            .under(
                near[0],
                near[1],
                near[2],
                near[3],
                "setpriv",
                "--no-new-privs",
                "--bounding-set=-all," + capabilities.replace(' ', ','))
            .run(words(setting("ExecStart"), file("bfcli.rules")))
            .said(0, "info   : attached XDP program in driver mode");

        assertThat(sandbox.listing("ruleset", "get")).isEqualTo(listing);
        sandbox.run("ruleset", "flush").said(0);
      }
    }
  }
}
