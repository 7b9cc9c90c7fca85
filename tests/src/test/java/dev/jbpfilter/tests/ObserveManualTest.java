package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.loader.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What doc/observe.md types, shows, and installs. */
@RequiresLauncher
class ObserveManualTest {
  private static final Path PAGE = Checkout.ROOT.resolve("doc/observe.md");
  private static final Path UNITS = Checkout.ROOT.resolve("doc/systemd");
  private static final String SERVICE = "bfcli-metrics.service";
  private static final String TIMER = "bfcli-metrics.timer";
  private static final String PROGRAM = "/usr/local/bin/bfcli";
  private static final String COLLECTOR = "/var/lib/prometheus/node-exporter";

  /** A machine that talks to itself. */
  private static final String MACHINE = "mount -t bpf bpf /sys/fs/bpf\nip link set lo up\n";

  @TempDir private Path directory;

  @Test
  void theTableHasAllMetrics() throws IOException {
    Path golden = Checkout.ROOT.resolve("cli/src/test/resources/golden/metrics.prom");
    Set<String> printed = new TreeSet<>(found("(?m)^# TYPE (\\w+) ", Files.readString(golden)));
    Set<String> told = new TreeSet<>();
    for (List<String> cells : Markdown.table(PAGE, "Metric")) {
      told.addAll(found("`(\\w+)`", cells.getFirst()));
    }
    assertThat(told).isEqualTo(printed);
  }

  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(one -> one.group(1)).toList();
  }

  private static String unit(String name) throws IOException {
    return Files.readString(UNITS.resolve(name));
  }

  @Test
  void systemdTakesTheUnits() throws IOException {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "there is no systemd-analyze");
    for (String name : List.of(SERVICE, TIMER)) {
      Files.writeString(
          directory.resolve(name), unit(name).replace(PROGRAM, Checkout.LAUNCHER.toString()));
    }
    String said =
        Shell.run(
            "sh",
            "-c",
            "systemd-analyze --man=no verify \"$0\" 2>&1",
            directory.resolve(TIMER).toString());
    assertThat(said.lines().filter(line -> line.contains("bfcli"))).isEmpty();
  }

  @Test
  void theUnitsAreInstalled() throws IOException {
    String script =
        Markdown.texts(PAGE, "sh install")
            .getFirst()
            .replace("/etc/systemd/system/", directory + "/");
    Launcher.bfcli()
        .underShell(
            "set -e\nsystemctl() { test \"$*\" = 'enable --now " + TIMER + "'; }\n" + script)
        .run()
        .ended(0);
    for (String name : List.of(SERVICE, TIMER)) {
      assertThat(directory.resolve(name)).hasSameTextualContentAs(UNITS.resolve(name));
    }
  }

  @Nested
  @RequiresBpf
  class OnTheKernel {
    @Test
    void thePageRuns() throws Exception {
      PageSession.run(
          PAGE,
          List.of("unshare", "--net", "--mount", "bash"),
          MACHINE,
          Files.createDirectory(directory.resolve("session")));
    }

    /** As the service: without any capability, and without another network's interfaces. */
    @Test
    void theServiceNeedsNoMoreThanItHas() throws IOException {
      String unit = unit(SERVICE);
      assertThat(unit)
          .contains("\nCapabilityBoundingSet=\n", "\nPrivateNetwork=yes\n")
          .contains("\nReadWritePaths=" + COLLECTOR + "\n");
      String command =
          Pattern.compile("ExecStart=" + PROGRAM + " (.*)")
              .matcher(unit)
              .results()
              .map(MatchResult::group)
              .findFirst()
              .orElseThrow()
              .substring(("ExecStart=" + PROGRAM + " ").length());
      try (Sandbox sandbox = new Sandbox()) {
        String rules = "chain x BF_HOOK_XDP{ifindex=v0} ACCEPT rule ip4.proto icmp counter ACCEPT";
        sandbox.run("chain", "set", "--from-str", rules).ended(0);
        Launcher.bfcli()
            .with("BF_BPFFS_PATH", sandbox.bpffs().toString())
            .under("unshare", "--net", "setpriv", "--no-new-privs", "--bounding-set=-all")
            .run(command.replace(COLLECTOR, directory.toString()).split(" ", -1))
            .said(0);
      }
      assertThat(directory.resolve("bfcli.prom"))
          .content()
          .contains("bpfilter_chain_attached{chain=\"x\",hook=\"BF_HOOK_XDP\"} 1\n");
    }
  }
}
