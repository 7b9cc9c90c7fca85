package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.testing.PrivateBpffs;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.loader.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive: what is in it, and that it runs wherever it is unpacked. */
@RequiresBpf
class DistributionCheck {
  private static final String CHAIN =
      "chain c BF_HOOK_XDP ACCEPT rule tcp.dport 22 counter ACCEPT rule ip4.saddr 192.0.2.1 DROP";
  private static final String[] DRY_RUN = {"chain", "set", "--dry-run", "--from-str", CHAIN};
  private static final String DRY = "info   : --dry-run used, chain not set";

  @TempDir private Path directory;
  private Path home;

  @BeforeEach
  void unpack() {
    home = Distribution.unpack(directory);
  }

  private Launcher bfcli() {
    return Distribution.bfcli(home);
  }

  /** Runs the words as {@code "$@"} of a script in a mount name space of its own. */
  private Launcher withMounts(String script) {
    return bfcli().under("unshare", "--mount", "sh", "-c", script, "sh");
  }

  private static void loadsAndLists(Launcher launcher) throws IOException {
    try (PrivateBpffs bpffs = new PrivateBpffs()) {
      loadsAndLists(launcher, bpffs.path());
    }
  }

  private static void loadsAndLists(Launcher launcher, String bpffs) {
    launcher.run("--bpffs-path", bpffs, "chain", "load", "--from-str", CHAIN).ended(0);
    assertThat(launcher.run("--bpffs-path", bpffs, "ruleset", "get").ended(0).out())
        .startsWith("chain c BF_HOOK_XDP ACCEPT\n");
    launcher.run("--bpffs-path", bpffs, "ruleset", "flush").said(0);
  }

  @Test
  void holdsWhatItPromises() {
    assertThat(home.resolve("share/man/man1/bfcli.1")).isNotEmptyFile();
    assertThat(home.resolve("share/man/man5/bfcli-rules.5")).isNotEmptyFile();
    assertThat(home.resolve("share/bash-completion/completions/bfcli")).isNotEmptyFile();
    assertThat(home.resolve("share/zsh/vendor-completions/_bfcli")).isNotEmptyFile();
    assertThat(home.resolve("share/fish/vendor_completions.d/bfcli.fish")).isNotEmptyFile();
    Path doc = home.resolve("share/doc");
    assertThat(doc.resolve("systemd/bfcli.service")).isNotEmptyFile();
    assertThat(doc.resolve("examples/web-server.rules")).isNotEmptyFile();
    assertThat(doc.resolve("LICENSE")).isNotEmptyFile();
    assertThat(doc.resolve("licences/jna/AL2.0")).isNotEmptyFile();
    assertThat(home.resolve("runtime/legal/java.base/LICENSE")).isNotEmptyFile();
    assertThat(home.resolve("cache")).isEmptyDirectory();
    Shell.run(
        "jq",
        "-e",
        ".components | map(.name) == [\"jna-jpms\", \"OpenJDK\"]",
        doc.resolve("bom.cdx.json").toString());
  }

  @Test
  void needsNoNewerLibrariesThanDocumented() {
    String versions =
        Shell.run(
            "sh",
            "-c",
            "find '%s' -name '*.so' -o -path '*/bin/java' | xargs -n 1 objdump -T | grep -oE"
                    .formatted(home)
                + " 'GLIBC_[0-9.]+' | sort -uV | tail -n 1");
    assertThat(versions).isEqualTo("GLIBC_2.17");
  }

  @Test
  void theFirstRunMakesTheClassArchive() throws IOException {
    bfcli().run(DRY_RUN).said(0, DRY);
    List<Path> made = Distribution.classArchives(home.resolve("cache"));
    assertThat(made).singleElement().asString().endsWith(".jsa");
    bfcli().run(DRY_RUN).said(0, DRY);
    assertThat(Distribution.classArchives(home.resolve("cache"))).isEqualTo(made);

    Path log = directory.resolve("classes");
    Shell.run(
        home.resolve("runtime/bin/java").toString(),
        "@" + home.resolve("lib/java.options"),
        "-XX:SharedArchiveFile=" + made.getFirst(),
        "-Xlog:class+load:file=" + log,
        "-cp",
        home.resolve("lib/bfcli.jar").toString(),
        "dev.jbpfilter.cli.Main",
        "--help");
    assertThat(Files.readAllLines(log))
        .filteredOn(line -> line.contains("dev.jbpfilter"))
        .isNotEmpty()
        .allMatch(line -> line.contains("shared objects file"));
  }

  @Test
  void aSpoiltClassArchiveDoesNotMatter() throws IOException {
    bfcli().run("--version").ended(0);
    Path archive = Distribution.classArchives(home.resolve("cache")).getFirst();
    byte[] bytes = Files.readAllBytes(archive);
    for (int length : new int[] {0, 100, 5000, bytes.length / 2}) {
      Files.write(archive, Arrays.copyOf(bytes, length));
      bfcli().run(DRY_RUN).said(0, DRY);
    }
    // Moved elsewhere, the jar has another path.
    Files.write(archive, bytes);
    Path moved = Files.move(home, directory.resolve("moved to"));
    Distribution.bfcli(moved).run(DRY_RUN).said(0, DRY);
  }

  @Test
  void whereItCannotWrite() throws IOException {
    // Where the distribution is, and where programs put temporary files.
    String readOnly = "mount --rbind /tmp /tmp && mount -o remount,ro,bind /tmp && exec \"$@\"";
    withMounts(readOnly).run(DRY_RUN).said(0, DRY);
    assertThat(home.resolve("cache")).isEmptyDirectory();
    loadsAndLists(withMounts(readOnly));
    Launcher nobody = bfcli().under("setpriv", "--reuid=65534", "--clear-groups");
    Shell.run("chmod", "-R", "go+rX", directory.toString());
    nobody.run(DRY_RUN).said(0, DRY);
    assertThat(home.resolve("cache")).isEmptyDirectory();
    // A full disk: tried once, not each time.
    Launcher full =
        withMounts("mount -t tmpfs -o size=1m none '" + home + "/cache' && \"$@\" && exec \"$@\"");
    assertThat(full.run(DRY_RUN).ended(0).err()).isEqualTo((DRY + "\n").repeat(2));
  }

  @Test
  void inAnEnvironmentThatIsUnsetOrHostile() throws IOException {
    bfcli().under("env", "-i").run(DRY_RUN).said(0, DRY);
    Path broken = Files.writeString(directory.resolve("libc.so.6"), "no library");
    Launcher hostile =
        bfcli()
            .with("JAVA_TOOL_OPTIONS", "-XX:NoSuchOption")
            .with("_JAVA_OPTIONS", "-Xmx1k")
            .with("JDK_JAVA_OPTIONS", "-version")
            .with("JAVA_HOME", "/nonexistent")
            .with("CLASSPATH", "/nonexistent")
            .with("TMPDIR", "/nonexistent")
            .with("HOME", "/nonexistent")
            .with("PATH", "/nonexistent")
            .with("CDPATH", directory.toString())
            .with("ENV", broken.toString())
            .with("IFS", "/")
            .with("TZ", "/nonexistent")
            .with("LC_ALL", "xx_XX.ISO-8859-1");
    hostile.run(DRY_RUN).said(0, DRY);
    loadsAndLists(hostile);
  }

  @Test
  void withPathsBeyondAscii() throws IOException {
    // Shells make the names: this process may not be able to spell them.
    Shell.run(
        "sh",
        "-c",
        """
        set -e
        cd '%s'
        mv '%s' "$(printf 'd\\303\\244 x')"
        cd d*x
        file=$(printf '\\303\\266')
        printf '%%s' '%s' >"$file"
        LANG=C LC_ALL=C exec bin/bfcli chain set --dry-run --from-file "$file"
        """
            .formatted(directory, home, CHAIN));
    assertThat(Shell.run("sh", "-c", "ls '" + directory + "'/d*/cache")).endsWith(".jsa");
  }

  @Test
  void underSudo() throws IOException {
    loadsAndLists(bfcli().under("sudo", "-n"));
  }

  @Test
  void throughALinkAndFromItsDirectory() throws IOException {
    Path link =
        Files.createSymbolicLink(
            directory.resolve("link"), Path.of(home.getFileName() + "/bin/bfcli"));
    Distribution.bfcli(home).as(link).run(DRY_RUN).said(0, DRY);
    bfcli().as(Path.of("./bfcli")).in(home.resolve("bin")).run(DRY_RUN).said(0, DRY);
    bfcli().under("sh").as(Path.of("bfcli")).in(home.resolve("bin")).run(DRY_RUN).said(0, DRY);
  }

  /** Nothing but the distribution, a shell, the C library, and what the kernel shows. */
  @Test
  void inABareRoot() throws IOException {
    Path root = Files.createDirectory(directory.resolve("root"));
    String make =
        """
        set -e
        cd '%s'
        mkdir -p bin opt proc sys mnt
        cp "$(readlink -f /bin/sh)" bin/sh
        for library in $(ldd /bin/sh '%2$s/runtime/bin/java' '%2$s/runtime/lib/server/libjvm.so' |
            grep -oE '/lib[^ ]*(libc|libm|libdl|libpthread|librt|ld-linux[^ ]*)\\.so[^ ]*' | sort -u)
        do
          mkdir -p ".${library%%/*}"
          cp -L "$library" ".$library"
        done
        mv '%2$s' opt/jbpfilter
        """
            .formatted(root, home);
    Shell.run("sh", "-c", make);
    try (PrivateBpffs bpffs = new PrivateBpffs()) {
      String enter =
          "cd '%s' && mount -t proc proc proc && mount --rbind /sys sys && mount --bind '%s' mnt"
              .formatted(root, bpffs.path());
      Launcher inside =
          Launcher.bfcli()
              .as(Path.of("/opt/jbpfilter/bin/bfcli"))
              .under("unshare", "--mount", "sh", "-c", enter + " && exec chroot . \"$@\"", "sh");

      inside.run(DRY_RUN).said(0, DRY);
      loadsAndLists(inside, "/mnt");
    }
  }

  @Test
  void isReproducible() throws IOException {
    Path again = directory.resolve("again");
    String date = "2026-01-01T00:00:00Z";
    Shell.run(
        Checkout.ROOT.resolve("cli/src/dist/dist.sh").toString(),
        Distribution.version(),
        date,
        again.toString());
    for (String end : List.of(".tar.gz", ".deb", ".cdx.json")) {
      assertThat(Distribution.only(again, end)).hasSameBinaryContentAs(Distribution.file(end));
    }
  }
}
