package dev.jbpfilter.tests;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.testing.ControlGroup;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.loader.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Saving, restoring, checking and comparing rulesets by the real command line. */
@RequiresBpf
@RequiresLauncher
class SavedRulesetTest {
  private static final String DRIVER_MODE = "info   : attached XDP program in driver mode";

  @TempDir private Path directory;

  private Sandbox sandbox;

  @BeforeEach
  void setUp() throws IOException {
    sandbox = new Sandbox();
  }

  @AfterEach
  void tearDown() throws IOException {
    try {
      sandbox.run("ruleset", "flush").ended(0);
    } finally {
      sandbox.close();
    }
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  private String read(String name) throws IOException {
    return Files.readString(directory.resolve(name));
  }

  private String listing() {
    return sandbox.listing("ruleset", "get");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void restoringGivesTheSameListing() throws IOException {
    try (ControlGroup group = new ControlGroup()) {
      String rules =
          """
          chain x BF_HOOK_XDP{ifindex=v0} ACCEPT
            set s (ip4.saddr, tcp.dport) in {192.0.2.9, 80; 192.0.2.7, 443}
            rule (ip4.saddr, tcp.dport) in s log link counter DROP
            rule (ip6.snet) not in {2001:db8::1/32; fe80::1/10} ip6.nexthdr tcp NEXT
          chain t BF_HOOK_TC_EGRESS{ifindex=v0} ACCEPT
            rule meta.iface v0 mark 0x7 REDIRECT v0 out
          chain n BF_HOOK_NF_FORWARD{priorities=102-101} DROP
            rule meta.probability 33.3%% log every 1500ms ACCEPT
          chain c BF_HOOK_CGROUP_SOCK_ADDR_CONNECT4{cgpath=%s} ACCEPT
          chain l BF_HOOK_TC_INGRESS DROP
          """
              .formatted(group.path());
      sandbox.run("ruleset", "set", "--from-str", rules).said(0, DRIVER_MODE);
      String before = listing();

      sandbox.run("ruleset", "save", file("saved")).said(0);
      sandbox.run("ruleset", "diff", file("saved")).said(0);
      sandbox.run("ruleset", "flush").said(0);
      Launcher.Run diff = sandbox.run("ruleset", "diff", file("saved")).ended(1);
      assertThat(diff.out()).startsWith("--- running\n+++ " + file("saved") + "\n");
      assertThat(diff.out().lines().skip(2)).isNotEmpty().allMatch(line -> line.startsWith("+"));
      sandbox.run("ruleset", "restore", file("saved")).said(0, DRIVER_MODE);

      assertThat(listing()).isEqualTo(before);
      sandbox.run("ruleset", "diff", file("saved")).said(0);
      assertThat(sandbox.listing("ruleset", "save", "-")).isEqualTo(read("saved"));
      sandbox.run("ruleset", "flush").said(0);
    }
  }

  @Test
  void afterARestartTheInterfaceHasAnotherIndex() throws IOException {
    String rules =
        """
        chain x BF_HOOK_XDP{ifindex=v0} ACCEPT rule meta.iface v0 DROP
        chain t BF_HOOK_TC_INGRESS{ifindex=v0} ACCEPT rule ip4.proto tcp REDIRECT v0 out
        """;
    sandbox.run("ruleset", "set", "--from-str", rules).ended(0);
    String before = listing();
    String old = Integer.toString(sandbox.wire().ifindex());
    sandbox.run("ruleset", "save", file("saved")).said(0);
    sandbox.run("ruleset", "flush").said(0);

    sandbox.wire().inside("ip", "link", "delete", "v0");
    sandbox.wire().inside("ip", "link", "add", "v2", "type", "veth", "peer", "name", "v3");
    sandbox.wire().inside("ip", "link", "add", "v0", "type", "veth", "peer", "name", "v1");
    String now = Integer.toString(sandbox.wire().ifindex());
    assertThat(now).isNotEqualTo(old);
    sandbox.run("ruleset", "restore", file("saved")).said(0, DRIVER_MODE);

    assertThat(listing())
        .isEqualTo(
            before
                .replace("{ifindex=" + old + "}", "{ifindex=" + now + "}")
                .replace("REDIRECT " + old + " ", "REDIRECT " + now + " "));
    assertThat(sandbox.wire().inside("ip", "link", "show", "v0")).contains("prog/xdp");
  }

  @Test
  void aChainOnAnInterfaceThatIsGoneIsNotSaved() throws IOException {
    sandbox.run("ruleset", "set", "-s", "chain x BF_HOOK_XDP{ifindex=v0} DROP").ended(0);
    String saved = write("saved", "before");
    int index = sandbox.wire().ifindex();
    sandbox.wire().inside("ip", "link", "delete", "v0");

    sandbox
        .run("ruleset", "save", saved)
        .said(
            189,
            "error  : chain 'x' can't be saved: it is attached to interface "
                + index
                + ", which has no name here that rules can say: Link has been severed");
    assertThat(read("saved")).isEqualTo("before");
    assertThat(names()).containsExactly("saved");
  }

  @Test
  void chainsOfAnotherNetworkNamespaceAreNotSaved() {
    sandbox.run("ruleset", "set", "-s", "chain x BF_HOOK_XDP{ifindex=v0} DROP").ended(0);
    Launcher outside = Launcher.bfcli();
    sandbox
        .run(outside, "ruleset", "save", file("saved"))
        .said(
            189,
            "error  : nothing saved, because chains are attached in another network namespace: x:"
                + " Link has been severed",
            "  = save them there, and give each namespace a BPF file system of its own");
    assertThat(Path.of(file("saved"))).doesNotExist();
    Launcher.Run diff =
        sandbox.run(
            outside.reading(sandbox.listing("ruleset", "get", "--format", "rules")),
            "ruleset",
            "diff",
            "-");
    assertThat(diff.ended(1).out())
        .isEqualTo("--- running\n+++ -\n-chain x # attached in another network namespace\n");
  }

  @Test
  void restoringThatFailsLeavesTheOldRuleset() throws IOException {
    sandbox
        .run("ruleset", "set", "-s", "chain x BF_HOOK_XDP{ifindex=v0} DROP")
        .said(0, DRIVER_MODE);
    String before = listing();
    List<String> pins = sandbox.pins();
    String program = program();
    String file =
        write(
            "new",
            """
            chain x BF_HOOK_XDP{ifindex=v0} ACCEPT
            chain y BF_HOOK_CGROUP_SKB_EGRESS{cgpath=/no/pe} ACCEPT
            """);

    assertThat(sandbox.run("ruleset", "restore", file).ended(254).err())
        .contains("/no/pe")
        .endsWith("error  : failed to restore ruleset: No such file or directory\n");

    assertThat(listing()).isEqualTo(before);
    assertThat(sandbox.pins()).isEqualTo(pins);
    assertThat(program()).isEqualTo(program);
  }

  private String program() throws IOException {
    String path = sandbox.pin("x", "bf_prog").toString();
    return Json.scalars(Shell.run("bpftool", "-j", "prog", "show", "pinned", path), "/id")
        .getFirst();
  }

  @Test
  void noChainsAreSavedAndRestored() throws IOException {
    sandbox.run("ruleset", "save", file("none")).said(0);
    assertThat(read("none")).isEqualTo("# no chains\n");
    sandbox.run("ruleset", "set", "-s", "chain x BF_HOOK_XDP DROP").said(0);
    assertThat(sandbox.run("ruleset", "diff", file("none")).ended(1).out())
        .isEqualTo("--- running\n+++ " + file("none") + "\n-chain x BF_HOOK_XDP DROP\n");

    for (String empty : List.of("", "\n", "# nothing\n")) {
      assertThat(
              sandbox
                  .run(sandbox.bfcli().reading(empty), "ruleset", "restore", "-")
                  .ended(234)
                  .err())
          .contains("there is no chain");
      assertThat(listing()).isNotEmpty();
    }
    sandbox.run("ruleset", "check", file("none")).ended(0);
    sandbox.run("ruleset", "restore", file("none")).said(0);
    assertThat(listing()).isEmpty();
    sandbox.run("ruleset", "diff", file("none")).said(0);
  }

  @Test
  void checkingChangesNothing() throws IOException {
    Path bpffs = sandbox.bpffs().resolve("bpfilter");
    Files.deleteIfExists(bpffs);
    String rules =
        write(
            "rules",
            """
            chain x BF_HOOK_XDP{ifindex=v0} DROP
            chain n BF_HOOK_NF_LOCAL_IN{priorities=1-2} DROP
            """);
    sandbox
        .run("ruleset", "check", rules)
        .said(0, "info   : 2 chains are valid; verified in the kernel");
    sandbox.run("ruleset", "check", write("bad", "chain x BF_HOOK_XDP DROP rule DROP")).ended(234);
    String twice = write("twice", "chain x BF_HOOK_XDP DROP\nchain x BF_HOOK_XDP DROP");
    sandbox
        .run("ruleset", "check", twice)
        .said(239, "error  : chain 'x' is defined twice: File exists");
    assertThat(bpffs).doesNotExist();
    assertThat(sandbox.wire().inside("ip", "link", "show", "v0")).doesNotContain("xdp");
  }

  /** More branches in a row than the kernel's verifier follows. */
  @Test
  void theVerifierRefuses() throws IOException {
    StringBuilder rules = new StringBuilder("chain x BF_HOOK_XDP{ifindex=v0} ACCEPT\n");
    for (int i = 0; i < 10_000; i++) {
      rules.append("rule meta.probability 50% ip4.saddr 10.0.");
      rules.append(i / 256).append('.').append(i % 256).append(" counter CONTINUE\n");
    }
    sandbox.run("ruleset", "set", "-s", "chain x BF_HOOK_XDP{ifindex=v0} DROP").ended(0);
    String before = listing();
    List<String> pins = sandbox.pins();

    Launcher.Run run = sandbox.run("ruleset", "check", write("complex", rules.toString()));

    assertThat(run.status()).as(run.toString()).isIn(242, 249);
    assertThat(run.err())
        .startsWith("error  : failed to verify chain 'x': program bf_prog ")
        .contains("\nerror  : failed to check ruleset: ");
    assertThat(listing()).isEqualTo(before);
    assertThat(sandbox.pins()).isEqualTo(pins);
  }

  @Test
  void whoMayNotAskTheKernelIsTold() throws IOException {
    String rules = write("rules", "chain x BF_HOOK_XDP DROP");
    Launcher powerless = Launcher.bfcli().under("setpriv", "--bounding-set=-all");
    assertThat(sandbox.run(powerless, "ruleset", "check", rules).ended(0).err())
        .startsWith("info   : 1 chain is valid; not verified in the kernel: failed to verify")
        .endsWith(": Operation not permitted\n");
    Launcher.bfcli()
        .run("-b", "/no/pe", "ruleset", "check", rules)
        .said(
            0,
            "info   : 1 chain is valid; not verified in the kernel:"
                + " /no/pe: openat: No such file or directory");
    // What needs no kernel is checked all the same.
    Launcher.bfcli()
        .run("-b", "/no/pe", "ruleset", "check", write("bad", "chain x BF_HOOK_XDP"))
        .ended(234);
  }

  @Test
  void whoMayNotAskTheKernelSeesEachPlanOnce() throws IOException {
    String rules = write("rules", "chain x BF_HOOK_XDP DROP\nchain y BF_HOOK_XDP DROP");
    String plans = "plan of chain x\nplan of chain y\n";
    Launcher powerless = Launcher.bfcli().under("setpriv", "--bounding-set=-all");
    Launcher.Run run = sandbox.run(powerless, "ruleset", "check", "--explain-plan", rules).ended(0);
    assertThat(run.err()).contains("not verified in the kernel: failed to verify");
    assertThat(planned(run.out())).isEqualTo(plans);
    run =
        Launcher.bfcli().run("-b", "/no/pe", "ruleset", "check", "--explain-plan", rules).ended(0);
    assertThat(planned(run.out())).isEqualTo(plans);
    run = sandbox.run("ruleset", "check", "--explain-plan", rules).ended(0);
    assertThat(run.err()).contains("; verified in the kernel");
    assertThat(planned(run.out())).isEqualTo(plans);
  }

  /** The lines of plans that name chains. */
  private static String planned(String plans) {
    return plans.lines().filter(line -> !line.startsWith(" ")).collect(joining("\n", "", "\n"));
  }

  @Test
  void chainsThatCanNotBeReadAreNotForgotten() throws IOException {
    sandbox
        .run("chain", "load", "-s", "chain good BF_HOOK_XDP DROP rule (tcp.dport) in {} DROP")
        .ended(0);
    // The rule is disabled, which listings warn of; that is no reason not to save it.
    sandbox.run("ruleset", "save", file("saved")).said(0);
    String saved = read("saved");
    Files.createDirectory(sandbox.bpffs().resolve(Path.of("bpfilter", "bad")));

    assertThat(sandbox.run("ruleset", "save", file("saved")).ended(251).err())
        .contains("warning: failed to restore chain 'bad'")
        .endsWith(
            """
            error  : nothing saved, because chains can't be read: bad: Input/output error
              = remove them with 'bfcli chain flush --name NAME'
            """);
    assertThat(read("saved")).isEqualTo(saved);
    assertThat(sandbox.run("ruleset", "diff", file("saved")).ended(1).out())
        .isEqualTo("--- running\n+++ " + file("saved") + "\n-chain bad # can't be read\n");
  }

  @Test
  void aFullOrClosedDirectoryKeepsTheOldFile() throws IOException {
    StringBuilder rules = new StringBuilder("chain x BF_HOOK_XDP DROP set s (tcp.dport) in {");
    for (int i = 0; i < 20_000; i++) {
      rules.append(i).append('\n');
    }
    sandbox.run("ruleset", "set", "-f", write("big", rules + "}")).said(0);
    Path small = Files.createDirectory(directory.resolve("small"));
    Shell.run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small.toString());
    try {
      Path saved = Files.writeString(small.resolve("saved"), "before");
      String failure = "error  : failed to write " + saved + ": ";
      sandbox
          .run("ruleset", "save", saved.toString())
          .said(228, failure + "No space left on device");
      assertThat(saved).hasContent("before");
      Shell.run("mount", "-o", "remount,ro", small.toString());
      sandbox.run("ruleset", "save", saved.toString()).said(226, failure + "Read-only file system");
      assertThat(saved).hasContent("before");
      try (Stream<Path> files = Files.list(small)) {
        assertThat(files).containsExactly(saved);
      }
    } finally {
      Shell.run("umount", small.toString());
    }
  }

  @Test
  void aSavedFileIsReplacedInPlace() throws IOException {
    Path saved = Files.writeString(directory.resolve("saved"), "old");
    Files.setPosixFilePermissions(saved, PosixFilePermissions.fromString("rw-r-----"));
    Files.createSymbolicLink(directory.resolve("link"), Path.of("saved"));
    sandbox.run("ruleset", "set", "-s", "chain x BF_HOOK_XDP DROP").said(0);

    sandbox.run("ruleset", "save", file("link")).said(0);

    assertThat(read("saved")).isEqualTo("chain x BF_HOOK_XDP DROP\n");
    assertThat(directory.resolve("link")).isSymbolicLink();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(saved)))
        .isEqualTo("rw-r-----");
    assertThat(names()).containsExactly("link", "saved");
    sandbox
        .run("ruleset", "save", directory.toString())
        .said(235, "error  : failed to write " + directory + ": Is a directory");
  }

  @Test
  void strictlyThereAreNoNames() {
    sandbox.run("ruleset", "set", "-s", "chain x BF_HOOK_XDP{ifindex=v0} DROP").ended(0);
    int index = sandbox.wire().ifindex();
    assertThat(sandbox.listing("--strict", "ruleset", "save", "-"))
        .isEqualTo("chain x BF_HOOK_XDP{ifindex=" + index + "} DROP\n")
        .isEqualTo(sandbox.listing("ruleset", "get", "--format", "rules"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "XDP{ifindex=v0} ACCEPT rule tcp.dport 80 ip4.proto tcp DROP, ''",
    "XDP{ifindex=v0} DROP rule ip4.proto tcp tcp.dport 80 DROP, -chain x|+chain x",
    "XDP ACCEPT rule ip4.proto tcp tcp.dport 80 DROP, -chain x|+chain x",
    "XDP{ifindex=v0} ACCEPT rule ip4.proto tcp tcp.dport 81 DROP, ' chain x|-    rule|+    rule'",
    "XDP{ifindex=v0} ACCEPT, ' chain x|-    rule'",
  })
  void differences(String wanted, String lines) {
    String running = "chain x BF_HOOK_XDP{ifindex=v0} ACCEPT rule ip4.proto tcp tcp.dport 80 DROP";
    sandbox.run("ruleset", "set", "-s", running).ended(0);
    Launcher reading = sandbox.bfcli().reading("chain x BF_HOOK_" + wanted);

    Launcher.Run run = sandbox.run(reading, "ruleset", "diff", "-");

    assertThat(run.status()).as(run.toString()).isEqualTo(lines.isEmpty() ? 0 : 1);
    assertThat(run.err()).isEmpty();
    List<String> heads =
        run.out()
            .lines()
            .skip(2)
            .filter(line -> !line.startsWith("        ", 1))
            .map(line -> line.replaceAll("^(.(chain x|    rule)).*", "$1"))
            .toList();
    assertThat(String.join("|", heads)).isEqualTo(lines);
  }
}
