package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.testing.PrivateBpffs;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.loader.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The Debian package, in a root that has nothing but Debian's minimal base. */
@RequiresBpf
class DebianPackageCheck {
  private static final Path BFCLI = Path.of("/usr/sbin/bfcli");

  private static Path root;

  @BeforeAll
  static void bootstrap() throws IOException {
    root = Files.createTempDirectory("jbpfilter-debian");
    Shell.run("debootstrap", "--variant=minbase", "bookworm", root.toString());
    for (String end : List.of(".deb", ".tar.gz")) {
      Path file = Distribution.file(end);
      Files.copy(file, root.resolve("tmp").resolve(file.getFileName()));
    }
    Files.createDirectory(root.resolve("bpffs"));
  }

  @AfterAll
  static void remove() {
    // A mount of the test's that is still there must not be emptied with it.
    Shell.run("rm", "-rf", "--one-file-system", root.toString());
  }

  /** Words that run a command in the root, with proc and sys; {@code bpffs} is at /bpffs. */
  private static String[] inside(String bpffs) {
    return new String[] {
      "unshare",
      "--mount",
      "sh",
      "-c",
      "mount -t proc proc '%1$s/proc' && mount --rbind /sys '%1$s/sys' && mount --bind '%2$s'"
              .formatted(root, bpffs)
          + " '%1$s/bpffs' && exec chroot '%1$s' \"$@\"".formatted(root),
      "sh"
    };
  }

  private static String run(String bpffs, String... command) {
    List<String> words = new ArrayList<>(List.of(inside(bpffs)));
    words.addAll(List.of(command));
    return Shell.run(words.toArray(String[]::new));
  }

  /** Runs commands that doc/install.md shows, where the files are that they name. */
  private static void runBlock(String bpffs, int number) throws IOException {
    Path page = Checkout.ROOT.resolve("doc/install.md");
    String commands = Markdown.texts(page, "sh install").get(number);
    run(bpffs, "sh", "-c", "set -e; cd /tmp; " + commands);
  }

  private static List<Path> classArchives() {
    return Distribution.classArchives(root.resolve("var/cache/jbpfilter"));
  }

  @Test
  void installsRunsAndGoes() throws IOException {
    try (PrivateBpffs bpffs = new PrivateBpffs();
        VethPair wire = new VethPair()) {
      runBlock(bpffs.path(), 0);
      assertThat(classArchives()).singleElement().asString().endsWith(".jsa");
      filters(bpffs, wire);
      assertThat(root.resolve("usr/lib/systemd/system/bfcli.service"))
          .content()
          .contains("ExecStart=/usr/sbin/bfcli ruleset restore /etc/bfcli.rules");
      assertThat(root.resolve("usr/lib/systemd/system/bfcli-metrics.timer")).isNotEmptyFile();
      assertThat(root.resolve("usr/lib/systemd/system/bfcli-metrics.service"))
          .content()
          .contains("ExecStart=/usr/sbin/bfcli metrics --output /var/lib/prometheus/");

      run(bpffs.path(), "dpkg", "--remove", "jbpfilter");
      assertThat(root.resolve("var/cache/jbpfilter")).doesNotExist();
      assertThat(root.resolve("usr/lib/jbpfilter")).doesNotExist();
    }
  }

  /** From the near host of the wire, all the way: load, count, list, replace, remove. */
  private static void filters(PrivateBpffs bpffs, VethPair wire) {
    List<String> prefix = new ArrayList<>(List.of(wire.near()));
    prefix.addAll(List.of(inside(bpffs.path())));
    Launcher bfcli =
        Launcher.bfcli()
            .as(BFCLI)
            .under(prefix.toArray(String[]::new))
            .with("BF_BPFFS_PATH", "/bpffs");
    String chain =
        "chain web BF_HOOK_XDP{ifindex=" + wire.ifindex() + "} ACCEPT rule icmp.type echo-reply ";
    bfcli.run("chain", "set", "--from-str", chain + "counter DROP").ended(0);
    assertThat(wire.ping()).isZero();
    assertThat(bfcli.run("chain", "get", "--name", "web").ended(0).out())
        .contains("counters " + VethPair.PINGS + " packets");
    bfcli.run("chain", "set", "--from-str", chain + "counter ACCEPT").ended(0);
    assertThat(wire.ping()).isEqualTo(VethPair.PINGS);
    bfcli.run("ruleset", "flush").said(0);
    assertThat(bfcli.run("ruleset", "get").ended(0).out()).isEmpty();
  }

  @Test
  void runsThroughALinkFromWhereItIsUnpacked() throws IOException {
    try (PrivateBpffs bpffs = new PrivateBpffs()) {
      runBlock(bpffs.path(), 1);
      assertThat(run(bpffs.path(), "/usr/local/bin/bfcli", "--version"))
          .startsWith("bfcli version ");
      assertThat(run(bpffs.path(), "/usr/local/bin/bfcli", "-b", "/bpffs", "ruleset", "get"))
          .isEmpty();
    }
  }

  @Test
  void withoutProcTheFirstRunMakesTheClassArchive() throws IOException {
    String file = "/tmp/" + Distribution.file(".deb").getFileName();
    Shell.run("chroot", root.toString(), "dpkg", "--install", file);
    assertThat(classArchives()).isEmpty();
    try (PrivateBpffs bpffs = new PrivateBpffs()) {
      run(bpffs.path(), BFCLI.toString(), "--version");
      assertThat(classArchives()).hasSize(1);
      run(bpffs.path(), "dpkg", "--remove", "jbpfilter");
    }
  }

  @Test
  void lintianFindsNothing() {
    assertThat(
            Shell.run(
                "lintian",
                "--allow-root",
                "--fail-on",
                "error",
                Distribution.file(".deb").toString()))
        .isEmpty();
  }
}
