package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.testing.RequiresBpf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What doc/operations.md types, shows, and says of messages. */
@RequiresBpf
@RequiresLauncher
class OperationsManualTest {
  private static final Path PAGE = Checkout.ROOT.resolve("doc/operations.md");
  private static final List<String> START = List.of("unshare", "--net", "--mount", "bash");

  /** A machine with an interface on which nothing is sent. */
  private static final String MACHINE =
      """
      mount -t bpf bpf /sys/fs/bpf
      ip link add eth0 type veth peer name peer0
      ip link set eth0 addrgenmode none up
      ip link set peer0 addrgenmode none up
      """;

  private static final String WEB = "bfcli chain set -s 'chain web BF_HOOK_XDP{iface=eth0} DROP'";

  /** How each message of the table comes about; the last command says it. */
  private static final Map<String, String> CAUSES = new LinkedHashMap<>();

  static {
    cause(
        "BPF_MAP_CREATE: Operation not permitted",
        "setpriv --bounding-set=-all bfcli chain load -s 'chain c BF_HOOK_XDP DROP'");
    cause(
        "pointer arithmetic with it prohibited for !root",
        """
        rules='chain c BF_HOOK_XDP DROP rule (ip4.saddr) in {192.0.2.1; 192.0.2.2} log ACCEPT'
        setpriv --bounding-set=-all,+bpf,+net_admin bfcli chain load -s "$rules"
        """);
    cause(
        "pinned outside of a BPF file system",
        "bfcli --bpffs-path . chain load -s 'chain c BF_HOOK_XDP DROP'");
    cause("openat: No such file or directory", "bfcli --bpffs-path ./nope ruleset get");
    cause(
        "interface 'eth9' not found",
        "bfcli chain set -s 'chain web BF_HOOK_XDP{ifindex=eth9} DROP'");
    cause(
        "BPF_LINK_CREATE: Invalid argument",
        "bfcli chain set -s 'chain web BF_HOOK_XDP{ifindex=999} DROP'");
    cause(
        "belongs to chain 'web': Device or resource busy",
        WEB + "\nbfcli chain set -s 'chain other BF_HOOK_XDP{iface=eth0} DROP'");
    cause(
        "BPF_LINK_CREATE: Device or resource busy",
        """
        bfcli chain load -s 'chain foreign BF_HOOK_XDP DROP'
        ip link set dev eth0 xdp pinned /sys/fs/bpf/bpfilter/foreign/bf_prog
        """
            + WEB);
    cause(
        "is already linked to a hook",
        WEB + "\nbfcli chain attach -n web -o ifindex=$(ip -o link show eth0 | cut -d : -f 1)");
    cause(
        "the last change awaits confirmation",
        WEB
            + " --confirm 60 2>trial &\n"
            + "until grep -q trial trial; do sleep 0.1; done\nbfcli ruleset flush");
    cause(
        "Resource temporarily unavailable",
        WEB + "\nflock /sys/fs/bpf/bpfilter sleep 8 &\nsleep 0.2\nbfcli ruleset flush");
    cause("chain 'nope' not found", "bfcli chain get -n nope");
    cause("has no logs buffer", WEB + "\nbfcli chain logs -n web");
    cause(
        "is not compatible with BF_HOOK_XDP",
        "bfcli chain load -s 'chain c BF_HOOK_XDP DROP rule meta.mark 1 ACCEPT'");
    cause(
        "rule will be disabled",
        "bfcli chain load -s 'chain c BF_HOOK_XDP DROP rule tcp.dport 1 udp.dport 2 ACCEPT'");
    cause(
        "attached XDP program in SKB mode",
        "bfcli chain set -s 'chain c BF_HOOK_XDP{ifindex=lo} DROP'");
  }

  @TempDir private Path directory;

  private static void cause(String message, String commands) {
    CAUSES.put(message, commands);
  }

  /** What a row of the table of messages says. */
  record Trouble(String message, int status) {}

  static Stream<Trouble> troubles() throws IOException {
    return Markdown.table(PAGE, "What is said").stream()
        .map(cells -> new Trouble(cells.get(0).replace("`", ""), Integer.parseInt(cells.get(1))));
  }

  @Test
  void thePageRuns() throws Exception {
    PageSession.run(PAGE, START, MACHINE, Files.createDirectory(directory.resolve("session")));
  }

  @Test
  void everyMessageHasACause() throws IOException {
    assertThat(troubles().map(Trouble::message)).containsExactlyElementsOf(CAUSES.keySet());
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void messagesComeAboutAsThePageSays(Trouble trouble) throws Exception {
    Path programs = Files.createDirectory(directory.resolve("bin"));
    Files.createSymbolicLink(programs.resolve("bfcli"), Checkout.LAUNCHER);
    Path output = directory.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(START)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    Launcher.OWN_VARIABLES.forEach(builder.environment()::remove);
    Process process = builder.start();
    try (var in = process.outputWriter()) {
      in.write("PATH=" + programs + ":$PATH\n" + MACHINE + CAUSES.get(trouble.message));
      in.write("\nstatus=$?\nkill $(jobs -p) 2>/dev/null\nwait\nexit $status\n");
    }

    assertThat(process.waitFor()).as(Files.readString(output)).isEqualTo(trouble.status);
    assertThat(Files.readString(output)).contains(trouble.message);
  }
}
