package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.loader.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code top} and {@code metrics} on a real kernel, with pings between two hosts. */
@RequiresLauncher
@RequiresBpf
class WatchCommandTest {
  private static final String MISSING = ": No such file or directory";

  /** Where and how a terminal is drawn on: another screen, and back. */
  private static final String BEGIN = "\u001b[?1049h";

  private static final String END = "\u001b[?1049l";

  @TempDir private Path directory;

  private Sandbox sandbox;

  @BeforeEach
  void load() throws IOException {
    sandbox = new Sandbox();
    String hook = "BF_HOOK_XDP{ifindex=" + sandbox.wire().ifindex() + "}";
    String rules =
        " rule ip4.proto icmp log counter CONTINUE rule icmp.type echo-reply counter ACCEPT";
    sandbox.run("chain", "set", "-s", "chain web " + hook + " DROP" + rules).ended(0);
  }

  @AfterEach
  void close() throws IOException {
    sandbox.close();
  }

  /** Sends echo requests, as fast as they are answered. */
  private void flood(int count) {
    sandbox.wire().inside("ping", "-q", "-f", "-n", "-c", "" + count, "192.0.2.2");
  }

  @Test
  void ratesAreThoseOfTheTraffic() throws Exception {
    List<String> ping = new ArrayList<>(List.of(sandbox.wire().near()));
    ping.addAll(List.of("ping", "-q", "-n", "-i", "0.01", "-w", "60", "192.0.2.2"));
    Process traffic = new ProcessBuilder(ping).redirectErrorStream(true).start();
    try {
      while (metric("bpfilter_rule_packets_total", "rule=\"1\"") == 0) {
        Thread.sleep(10);
      }
      String json = sandbox.listing("top", "--once", "--stats", "--format", "json");
      List<String> rates = Json.scalars(json, "/chains/rules/packets_per_second");
      assertThat(rates).hasSize(2);
      for (String rate : rates) {
        // A hundred in a second, if nobody else wants the processor.
        assertThat(Double.parseDouble(rate)).isBetween(30.0, 110.0);
      }
      double packets = Double.parseDouble(rates.getFirst());
      double bytes =
          Double.parseDouble(Json.scalars(json, "/chains/rules/bytes_per_second").getFirst());
      assertThat(bytes / packets).isBetween(97.99, 98.01);
      assertThat(Json.scalars(json, "/chains/rules/share")).containsExactly("1", "1");
      double runs =
          Double.parseDouble(Json.scalars(json, "/chains/program/runs_per_second").getFirst());
      assertThat(runs).isBetween(packets * 0.8, packets * 1.2);

      assertThat(sandbox.listing("top", "--once", "--name", "web", "--sort", "rule").lines())
          .anyMatch(line -> line.startsWith("chain web BF_HOOK_XDP{ifindex=v0} DROP"))
          .anyMatch(
              line -> line.matches(" +0 .*100\\.0% .*ip4\\.proto eq icmp +log counter CONTINUE"))
          .anyMatch(
              line -> line.matches(" +1 .*100\\.0% .*icmp\\.type eq echo-reply +counter ACCEPT"));
    } finally {
      traffic.destroy();
      traffic.waitFor();
    }
  }

  @Test
  void unknownChains() {
    sandbox
        .run("top", "--once", "--name", "nope")
        .said(
            254,
            "error  : chain 'nope' not found" + MISSING,
            "error  : failed to watch chains" + MISSING);
  }

  /** Starts the command with its standard output in a file, and waits until that is as wanted. */
  private Process start(Path out, Predicate<String> wanted, String... words) throws Exception {
    Process process =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!wanted.test(Files.readString(out))) {
      assertThat(process.isAlive()).as(Files.readString(out)).isTrue();
      assertThat(System.nanoTime()).as(Files.readString(out)).isLessThan(deadline);
      Thread.sleep(20);
    }
    return process;
  }

  private String top(String options) {
    return String.join(" ", sandbox.wire().near())
        + " "
        + Checkout.LAUNCHER
        + " --bpffs-path "
        + sandbox.bpffs()
        + " top "
        + options;
  }

  @Test
  void chainsComeChangeAndGoWhileItRuns() throws Exception {
    Path out = directory.resolve("lines");
    Process top =
        start(out, text -> text.lines().count() >= 1, top("--format json").split(" ", -1));
    try {
      flood(3);
      awaitLine(out, "\"packets\": 3");
      String hook = "BF_HOOK_XDP{ifindex=" + sandbox.wire().ifindex() + "}";
      String rules = "chain web " + hook + " ACCEPT rule ip4.proto icmp counter ACCEPT";
      sandbox.run("chain", "update", "-s", rules).ended(0);
      sandbox.run("chain", "load", "-s", "chain new BF_HOOK_XDP ACCEPT").ended(0);
      awaitLine(out, "\"name\": \"new\"");
      flood(1);
      awaitLine(out, "\"packets\": 1,");
      sandbox.run("chain", "flush", "-n", "web").ended(0);
      awaitLine(out, "\"chains\": [{\"name\": \"new\"");
    } finally {
      top.destroy();
    }
    assertThat(top.waitFor()).isEqualTo(143);
    for (String line : Files.readAllLines(out)) {
      assertThat(Json.scalars(line, "/format")).containsExactly("jbpfilter-top");
      assertThat(line).doesNotContain("second\": -");
    }
  }

  private static void awaitLine(Path out, String part) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (Files.readAllLines(out).stream().noneMatch(line -> line.contains(part))) {
      assertThat(System.nanoTime()).as(part).isLessThan(deadline);
      Thread.sleep(50);
    }
  }

  /** What a terminal shows that script(1) makes; keys come through its standard input. */
  private String onTerminal(String keys, String command) {
    return Shell.run(
        "sh",
        "-c",
        "{ " + keys + "; } | TERM=xterm script -q -f -e -c \"$0\" " + typescript(),
        command);
  }

  private Path typescript() {
    return directory.resolve("typescript");
  }

  /** A command of a shell that waits until the terminal shows something, but not for ever. */
  private String until(String shown) {
    return "for i in $(seq 200); do grep -q '"
        + shown
        + "' "
        + typescript()
        + " && break; sleep 0.1; done 2>/dev/null; ";
  }

  @Test
  void aTerminalShowsItUntilAKeyEndsIt() throws Exception {
    String command =
        "stty rows 12 columns 60; " + top("--sort packets") + "; echo \"status $?\"; stty -a";
    String keys = until("by packets") + "printf r; " + until("by rate") + "printf q; sleep 1";
    String shown = onTerminal(keys, command);
    assertThat(shown).contains(BEGIN, ", by packets; q quits", ", by rate; q quits", "status 0");
    String drawn = shown.substring(shown.indexOf(BEGIN), shown.indexOf(END));
    // No frame is larger than the screen.
    for (String frame : drawn.split("\u001b\\[H", -1)) {
      assertThat(frame.lines().count()).isLessThanOrEqualTo(12);
      for (String line : frame.lines().toList()) {
        assertThat(line.replaceAll("\u001b\\[[?0-9]*[a-zA-Z]", "")).hasSizeLessThanOrEqualTo(60);
      }
    }
    assertThat(shown.substring(shown.indexOf(END))).contains(" icanon ", " echo ");
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
  void signalsGiveTheTerminalBack(String signal, int status) throws Exception {
    Path pid = directory.resolve("pid");
    String command =
        "sh -c 'echo $$ > " + pid + "; exec " + top("") + "'; echo \"status $?\"; stty -a";
    String shown =
        onTerminal(until("by rate") + "kill -" + signal + " $(cat " + pid + "); sleep 1", command);
    assertThat(shown).contains(BEGIN, "status " + status);
    assertThat(shown.substring(shown.lastIndexOf(END))).contains(" icanon ", " echo ");
  }

  /** The value of the only sample with a name and a label. */
  private long metric(String name, String label) {
    List<String> lines =
        sandbox
            .listing("metrics")
            .lines()
            .filter(line -> line.startsWith(name + "{") && line.contains(label))
            .toList();
    assertThat(lines).hasSize(1);
    String line = lines.getFirst();
    return Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
  }

  @Test
  void metricsAreTheCounters() throws Exception {
    flood(1500);
    String listing = sandbox.listing("ruleset", "get");
    long packets = metric("bpfilter_rule_packets_total", "rule=\"1\"");
    assertThat(packets).isEqualTo(1500);
    assertThat(listing)
        .contains("counters 1500 packets " + metric("bpfilter_rule_bytes_total", "rule=\"1\""));
    assertThat(metric("bpfilter_chain_attached", "chain=\"web\"")).isEqualTo(1);
    assertThat(metric("bpfilter_map_memory_bytes", "map=\"bf_lmap\"")).isGreaterThan(1 << 17);
    long lost = metric("bpfilter_log_lost_total", "chain=\"web\"");
    assertThat(lost).isBetween(400L, 500L);
    Launcher.Run logs =
        sandbox.run("chain", "logs", "-n", "web", "--count", Long.toString(1500 - lost));
    assertThat(logs.ended(0).err())
        .isEqualTo("warning: chain 'web': " + lost + " log entries lost, no room\n");
  }

  @Test
  void aFileForTheTextfileCollector() throws IOException {
    Path file = directory.resolve("bfcli.prom");
    sandbox.run("metrics", "--output", file.toString()).said(0);
    assertThat(file).hasContent(sandbox.listing("metrics"));
    assertThat(Shell.run("stat", "-c", "%a", file.toString())).isEqualTo("644");
    assertThat(directory.toFile().list()).containsExactly("bfcli.prom");
  }

  @Test
  void unreadableChainsAreCounted() throws IOException {
    Files.delete(sandbox.pin("web", "bf_cmap"));
    Launcher.Run run = sandbox.run("metrics").ended(0);
    assertThat(run.err()).isEqualTo("warning: chain 'web' cannot be read\n");
    assertThat(run.out())
        .contains("bpfilter_chains{readable=\"true\"} 0\nbpfilter_chains{readable=\"false\"} 1\n");
  }
}
