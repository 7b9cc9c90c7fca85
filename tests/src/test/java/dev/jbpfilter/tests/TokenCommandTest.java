package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.testing.DelegatedBpffs;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.tests.Launcher.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command line in a container to which exactly that is delegated which doc/tokens.md says, and
 * the rest of that page, done.
 */
@RequiresBpf
@RequiresLauncher
class TokenCommandTest {
  private static final Path PAGE = Checkout.ROOT.resolve("doc/tokens.md");
  private static final String CHAIN = "chain c BF_HOOK_XDP ACCEPT rule tcp.dport 23 counter DROP";
  private static final String SETS =
      " ACCEPT rule (ip4.saddr, tcp.dport) in {203.0.113.1, 80} log counter DROP"
          + " rule (ip4.snet) in {203.0.113.0/24} log every 1s counter DROP"
          + " rule (ip6.daddr) in {2001:db8::1; 2001:db8::2} DROP";
  private static final List<String> HOOKS =
      List.of(
          "XDP",
          "TC_INGRESS",
          "TC_EGRESS",
          "NF_PRE_ROUTING",
          "NF_LOCAL_IN",
          "NF_FORWARD",
          "NF_LOCAL_OUT",
          "NF_POST_ROUTING",
          "CGROUP_SKB_INGRESS",
          "CGROUP_SKB_EGRESS");
  private static final List<String> SOCKET_HOOKS =
      List.of("CONNECT4", "CONNECT6", "SENDMSG4", "SENDMSG6");

  private static DelegatedBpffs container;

  @TempDir private Path directory;

  @BeforeAll
  static void setUp() throws IOException {
    String options = Markdown.texts(PAGE, "mount").getFirst();
    container = new DelegatedBpffs(options.lines().toList());
    container.run("ip", "link", "add", "eth0", "type", "veth", "peer", "name", "eth1");
    container.run("mount", "--bind", container.path(), "/sys/fs/bpf");
  }

  @AfterEach
  void flush() {
    withToken("ruleset", "flush").said(0);
  }

  @AfterAll
  static void tearDown() throws IOException {
    if (container != null) {
      container.close();
    }
  }

  private static Launcher inside() {
    return Launcher.bfcli().under(container.entering().toArray(String[]::new));
  }

  private static Run bfcli(String... words) {
    return inside().run(words);
  }

  private static Run withToken(String... words) {
    return bfcli(Stream.concat(Stream.of("-t"), Stream.of(words)).toArray(String[]::new));
  }

  @Test
  void thePageIsTrue() throws IOException {
    String rules = Markdown.texts(PAGE, "rules").getFirst();
    Files.writeString(directory.resolve("web.rules"), rules);
    List<String> blocks = Markdown.texts(PAGE, "sh");
    assertThat(blocks).hasSize(3);

    Run mount = shell(blocks.get(0));
    assertThat(mount.out()).contains(" /sys/fs/bpf ", "delegate_cmds=", "delegate_attachs=");
    Run filtering = shell(blocks.get(1));
    assertThat(filtering.err()).isEqualTo("info   : attached XDP program in driver mode\n");
    assertThat(filtering.out())
        .startsWith("Linux ")
        .doesNotContain(" unknown, ", " no, ")
        .contains("chain web BF_HOOK_XDP{ifindex=", "chain out BF_HOOK_TC_EGRESS{ifindex=");
    shell(blocks.get(2));
    assertThat(bfcli("ruleset", "get").ended(0).out()).isEmpty();
    assertThat(
            JavaExample.write(directory, Markdown.texts(PAGE, "java").getFirst())
                .runUnder(container.entering()))
        .isEqualTo("1 chain");
  }

  /** Runs lines in the container, where {@code bfcli} is on the path. */
  private Run shell(String lines) {
    List<String> prefix = new ArrayList<>(container.entering());
    String script = "cd '" + directory + "'; bfcli=$1; bfcli() { \"$bfcli\" \"$@\"; }; set -e\n";
    prefix.addAll(List.of("sh", "-c", script + lines, "sh"));
    return Launcher.bfcli().under(prefix.toArray(String[]::new)).run().ended(0);
  }

  @Test
  void thePageDelegatesEnoughForAllHooks() {
    for (String hook : HOOKS) {
      withToken("chain", "set", "-s", "chain c BF_HOOK_" + hook + SETS).said(0);
    }
    for (String hook : SOCKET_HOOKS) {
      String chain = "chain c BF_HOOK_CGROUP_SOCK_ADDR_" + hook + " ACCEPT";
      withToken("chain", "set", "-s", chain + " rule meta.dport 80 log counter DROP").said(0);
    }
  }

  @Test
  void commandsThatLoadTakeTheToken() {
    String map = "map bf_cmap (needs CAP_BPF; before Linux 5.11 also RLIMIT_MEMLOCK counts)";
    assertThat(bfcli("chain", "load", "-s", CHAIN).ended(255).err())
        .contains("error  : failed to load chain 'c': " + map)
        .endsWith("BPF_MAP_CREATE: Operation not permitted\n");
    withToken("chain", "load", "-s", CHAIN).said(0, "info   : load c");
    withToken("chain", "attach", "-n", "c", "-o", "ifindex=2").ended(0);
    withToken("chain", "flush", "-n", "c").said(0);
    inside().with("BF_WITH_BPF_TOKEN", "1").run("chain", "set", "-s", CHAIN).said(0);
    assertThat(withToken("-v", "debug", "ruleset", "set", "-s", CHAIN).ended(0).err())
        .startsWith("debug  : BPF token of /sys/fs/bpf: BPF_TOKEN_CREATE\n");
    assertThat(bfcli("ruleset", "get").ended(0).out()).startsWith("chain c BF_HOOK_XDP ACCEPT\n");
  }

  @Test
  void soDoCommandsThatChangeSaveAndRestore() {
    String set =
        "chain c BF_HOOK_XDP ACCEPT set s (ip4.saddr) in {192.0.2.1} rule (ip4.saddr) in s"
            + " counter DROP";
    withToken("chain", "load", "-s", set).said(0, "info   : load c");
    withToken("chain", "update-set", "-n", "c", "-S", "s", "-A", "192.0.2.2").ended(0);
    String saved = directory.resolve("saved.rules").toString();
    bfcli("ruleset", "save", saved).said(0);
    withToken("chain", "update", "-s", CHAIN).said(0);
    withToken("ruleset", "check", saved)
        .said(0, "info   : 1 chain is valid; verified in the kernel");
    assertThat(bfcli("ruleset", "check", saved).err())
        .contains("info   : 1 chain is valid; not verified in the kernel: ", "BPF_MAP_CREATE");
    withToken("ruleset", "restore", saved).ended(0);
    assertThat(bfcli("ruleset", "get").ended(0).out()).contains("192.0.2.1", "192.0.2.2");
  }

  @Test
  void withoutATokenTheFeaturesOfAContainerAreNotKnown() {
    assertThat(bfcli("features").ended(0).err())
        .contains("warning: can't find out about some features: BPF_PROG_LOAD: ");
    assertThat(withToken("features").ended(0).err()).isEmpty();
  }

  @Test
  void missingDelegationsAndOwnersAreNamed() throws IOException {
    List<String> options = new ArrayList<>(DelegatedBpffs.ALL);
    options.remove("delegate_progs=any");
    try (DelegatedBpffs noPrograms = new DelegatedBpffs(options);
        DelegatedBpffs nothing = new DelegatedBpffs(List.of())) {
      assertThat(refusal(noPrograms, 255))
          .contains(
              "error  : failed to load chain 'c': the BPF token does not allow this, its file"
                  + " system is mounted without delegate_progs=xdp: program bf_prog (");
      assertThat(refusal(nothing, 254))
          .startsWith(
              "error  : BPF token of " + nothing.path() + " (the file system delegates nothing: ")
          .endsWith("error  : failed to load chain 'c': No such file or directory\n");
      String path = "/proc/" + nothing.owner() + "/root" + nothing.path();
      Launcher.bfcli()
          .run("-t", "-b", path, "features")
          .said(
              255,
              "error  : BPF token of "
                  + path
                  + " (the file system belongs to another user name space): BPF_TOKEN_CREATE:"
                  + " Operation not permitted",
              "error  : failed to list features: Operation not permitted");
    }
  }

  private static String refusal(DelegatedBpffs other, int status) {
    return Launcher.bfcli()
        .under(other.entering().toArray(String[]::new))
        .run("-t", "-b", other.path(), "chain", "load", "-s", CHAIN)
        .ended(status)
        .err();
  }
}
