package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.testing.PrivateBpffs;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.loader.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real command line says when the kernel, or what is in bpffs, does not allow it. */
@RequiresBpf
@RequiresLauncher
class ChainRefusalTest {
  private static final String CHAIN = "chain c BF_HOOK_XDP ACCEPT";
  private static final String NOBODY = "65534";

  private static Sandbox sandbox;

  @TempDir private Path directory;

  @BeforeAll
  static void setUp() throws IOException {
    sandbox = new Sandbox();
  }

  @AfterEach
  void flush() throws IOException {
    sandbox.run("ruleset", "flush").said(0);
    assertThat(sandbox.pins()).isEmpty();
  }

  @AfterAll
  static void tearDown() throws IOException {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  private static String onWire(String name) {
    return "chain " + name + " BF_HOOK_XDP{ifindex=" + sandbox.wire().ifindex() + "} ACCEPT";
  }

  @Test
  void namesThatAreNoChain() throws IOException {
    Files.createDirectories(sandbox.bpffs().resolve("x"));
    sandbox.run("chain", "load", "-s", CHAIN).ended(0);
    List<String> pins = sandbox.pins();

    for (String name : List.of("nope", "../x", ".", "c/bf_prog")) {
      String error = "error  : chain '" + name + "' not found: No such file or directory";
      String tail = " chain '" + name + "': No such file or directory";
      sandbox.run("chain", "get", "-n", name).said(254, error, "error  : failed to get" + tail);
      sandbox.run("chain", "flush", "-n", name).said(254, error, "error  : failed to flush" + tail);
      sandbox
          .run("chain", "attach", "-n", name, "-o", "ifindex=1")
          .said(254, error, "error  : failed to attach" + tail);
    }

    assertThat(sandbox.pins()).isEqualTo(pins);
    assertThat(sandbox.bpffs().resolve("x")).isEmptyDirectory();
  }

  @Test
  void interfaceThatIsNotThere() throws IOException {
    sandbox
        .run("chain", "set", "-s", "chain c BF_HOOK_XDP{ifindex=4242} ACCEPT")
        .said(
            234,
            "error  : failed to set chain 'c': XDP link on interface 4242: BPF_LINK_CREATE:"
                + " Invalid argument");
    assertThat(sandbox.pins()).isEmpty();
  }

  @Test
  void hookOfAnotherChain() throws IOException {
    sandbox.run("chain", "set", "-s", onWire("owner")).ended(0);
    List<String> pins = sandbox.pins();

    assertThat(sandbox.run("chain", "set", "-s", onWire("c")).ended(240).err())
        .startsWith("error  : failed to set chain 'c': ")
        .contains("'owner': Device or resource busy");
    assertThat(sandbox.pins()).isEqualTo(pins);
  }

  @Test
  void hookOfAForeignProgram() throws IOException {
    sandbox.run("chain", "load", "-s", "chain program BF_HOOK_XDP ACCEPT").ended(0);
    String program = sandbox.pin("program", "bf_prog").toString();
    sandbox.wire().inside("ip", "link", "set", "dev", "v0", "xdp", "pinned", program);
    try {
      List<String> pins = sandbox.pins();

      assertThat(sandbox.run("chain", "set", "-s", onWire("c")).ended(240).err())
          .startsWith("error  : failed to set chain 'c': ")
          .endsWith(": Device or resource busy\n");
      assertThat(sandbox.pins()).isEqualTo(pins);
      assertThat(sandbox.wire().inside("ip", "link", "show", "v0")).contains("xdp");
    } finally {
      sandbox.wire().inside("ip", "link", "set", "dev", "v0", "xdp", "off");
    }
  }

  @Test
  void withoutBpffs() throws IOException {
    Launcher bfcli = sandbox.bfcli();
    String plain = directory.toString();
    assertThat(bfcli.run("-b", plain, "chain", "load", "-s", CHAIN).ended(255).err())
        .startsWith(
            "error  : failed to load chain 'c': pinned outside of a BPF file system: " + plain)
        .endsWith("BPF_OBJ_PIN: Operation not permitted\n");
    assertThat(directory.resolve("bpfilter")).isEmptyDirectory();

    String missing = plain + "/nope";
    bfcli
        .run("-b", missing, "chain", "load", "-s", CHAIN)
        .said(
            254,
            "error  : " + missing + ": openat: No such file or directory",
            "error  : failed to load chain 'c': No such file or directory");
    assertThat(Path.of(missing)).doesNotExist();
  }

  @Test
  void withoutRoot() throws IOException {
    Path open = Files.createTempDirectory("jbpfilter-nobody");
    try {
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
      Path secret = Files.writeString(open.resolve("secret.rules"), CHAIN);
      Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
      Launcher nobody =
          Launcher.bfcli()
              .as(Checkout.copyLauncher(open))
              .in(open)
              .under("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");

      assertThat(nobody.run("chain", "set", "-d", "-s", CHAIN, "--dump", "asm").ended(0).out())
          .contains("exit");
      nobody
          .run("chain", "set", "-d", "-f", secret.toString())
          .said(
              243,
              "error  : failed to read rules from " + secret + ": Permission denied",
              "error  : failed to parse the chain(s): Permission denied");
      try (PrivateBpffs fresh = new PrivateBpffs()) {
        Launcher.Run run = nobody.run("-b", fresh.path(), "chain", "load", "-s", CHAIN);
        assertThat(run.ended(255).err())
            .contains("error  : failed to load chain 'c': map bf_cmap (needs CAP_BPF")
            .endsWith("BPF_MAP_CREATE: Operation not permitted\n");
      }
      sandbox.run("ruleset", "flush").ended(0);
      assertThat(sandbox.run(nobody, "ruleset", "set", "-s", CHAIN).ended(243).err())
          .contains(sandbox.bpffs() + "/bpfilter")
          .endsWith("error  : failed to set ruleset: Permission denied\n");
      assertThat(sandbox.pins()).isEmpty();
    } finally {
      Shell.run("rm", "-r", open.toString());
    }
  }

  @Test
  void outsideOfContainersThereAreNoTokens() {
    String refusal =
        "error  : BPF token of %s (the initial user name space has none): BPF_TOKEN_CREATE:"
                .formatted(sandbox.bpffs())
            + " Operation not supported";
    String[] words = {"ruleset", "get"};
    String failure = "error  : failed to request ruleset: Operation not supported";

    sandbox.run("-t", "ruleset", "get").said(161, refusal, failure);
    sandbox.run(sandbox.bfcli().with("BF_WITH_BPF_TOKEN", "1"), words).said(161, refusal, failure);
  }

  @Test
  void variableNamesTheBpffs() throws IOException {
    String[] load = {"chain", "load", "-s", CHAIN};
    Launcher bfcli = sandbox.bfcli().with("BF_BPFFS_PATH", sandbox.bpffs().toString());

    bfcli.run(load).said(0, "info   : load c");
    assertThat(sandbox.pins()).contains("c");
    assertThat(bfcli.run("-b", directory.toString(), "ruleset", "get").ended(0).out()).isEmpty();
    bfcli.run("chain", "flush", "-n", "c").said(0);
  }

  @Test
  void emptyVariableMeansTheDefaultBpffs() {
    // A mount name space of the command's own: the default bpffs of the machine stays untouched.
    Launcher bfcli =
        Launcher.bfcli()
            .with("BF_BPFFS_PATH", "")
            .under(
                "unshare",
                "--mount",
                "sh",
                "-c",
                "mount -t bpf bpf /sys/fs/bpf && \"$@\" && exec ls /sys/fs/bpf/bpfilter",
                "sh");

    assertThat(bfcli.run("chain", "load", "-s", CHAIN).ended(0).out()).isEqualTo("c\n");
  }
}
