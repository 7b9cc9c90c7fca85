package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.testing.Golden;
import dev.jbpfilter.loader.testing.ControlGroup;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.loader.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Counts the classes that commands load, but that are not in the class archive: each of them costs
 * a tenth of a millisecond or more. With {@code -Dgolden.update=true} it writes instead the names
 * of those that commands of everyday use load only when they ask the kernel, which {@code pack.sh}
 * does not see.
 */
@RequiresLauncher
@RequiresBpf
class StartUpKernelTest {
  private static final Path DIST = Path.of("cli/src/dist");
  private static final Path EXAMPLES = Path.of("doc/examples");
  private static final String NAMES = "kernel-classes.txt";

  /** What a command of everyday use may load beside the archive. */
  private static final int LIMIT = 5;

  /** The same for others: an archive that held their classes would slow down every command. */
  private static final int SELDOM_LIMIT = 150;

  /** From here on an archive holds what javac leaves to the run time, and links classes. */
  private static final int FIRST_FEATURE = 24;

  private static final String SOURCE = " source: ";

  @TempDir private Path directory;

  private Sandbox sandbox;
  private ControlGroup group;

  /** What the commands loaded, in the order of their runs. */
  private final Map<String, List<String>> everyday = new LinkedHashMap<>();

  private final Map<String, List<String>> seldom = new LinkedHashMap<>();

  @BeforeEach
  void open() throws IOException {
    sandbox = new Sandbox();
    group = new ControlGroup();
  }

  @AfterEach
  void close() throws IOException {
    try {
      group.close();
    } finally {
      sandbox.close();
    }
  }

  @Test
  void everydayCommandsStartFromTheArchive() throws IOException {
    boolean update = Boolean.getBoolean("golden.update");
    Path dist = update ? distWithoutNames() : Checkout.ROOT.resolve(DIST);
    String java = System.getProperty("java.home");
    pack(dist, java);

    everydayUse(java + "/bin/java");

    if (update) {
      Golden.check(Checkout.ROOT.resolve(DIST).resolve(NAMES), names());
      return;
    }
    if (Runtime.version().feature() >= FIRST_FEATURE) {
      everyday.forEach((command, lines) -> assertFew(command, lines, LIMIT));
      seldom.forEach((command, lines) -> assertFew(command, lines, SELDOM_LIMIT));
    }
  }

  private static void assertFew(String command, List<String> lines, int limit) {
    assertThat(lines).as("%s uses the archive", command).anyMatch(StartUpKernelTest::isArchived);
    assertThat(lines.stream().filter(line -> !isArchived(line)))
        .as(
            "%s loads classes beside the archive; with -Dgolden.update=true this test renews %s",
            command, DIST.resolve(NAMES))
        .hasSizeLessThanOrEqualTo(limit);
  }

  /** The scripts, and what they need, with an empty list. */
  private Path distWithoutNames() throws IOException {
    for (Path tree : List.of(DIST, EXAMPLES)) {
      try (Stream<Path> files = Files.walk(Checkout.ROOT.resolve(tree))) {
        for (Path file : files.toList()) {
          Path copy = directory.resolve(Checkout.ROOT.relativize(file));
          if (Files.isDirectory(file)) {
            Files.createDirectories(copy);
          } else {
            Files.copy(file, copy);
          }
        }
      }
    }
    Path dist = directory.resolve(DIST);
    Files.writeString(dist.resolve(NAMES), "");
    return dist;
  }

  private Path app() {
    return directory.resolve("app");
  }

  private void pack(Path dist, String java) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(dist.resolve("pack.sh").toString(), java, java + "/bin/java", app().toString()));
    Path target = Checkout.ROOT.resolve("cli/target");
    try (Stream<Path> libraries = Files.list(target.resolve("lib"));
        Stream<Path> built = Files.list(target)) {
      Stream.concat(built, libraries)
          .map(Path::toString)
          .filter(name -> name.endsWith(".jar") && !name.endsWith("s.jar"))
          .sorted()
          .forEach(command::add);
    }
    Shell.run(command.toArray(String[]::new));
    Shell.run(
        dist.resolve("make-archive.sh").toString(),
        java + "/bin/java",
        app().toString(),
        app().resolve("bfcli.jsa").toString());
  }

  private void everydayUse(String java) throws IOException {
    Launcher launcher =
        Launcher.bfcli().as(Path.of(java)).under(sandbox.wire().near()).with("LC_ALL", "C.UTF-8");
    String device = "ifindex=" + sandbox.wire().ifindex();
    String xdp =
        """
        chain web BF_HOOK_XDP{%s} ACCEPT
          set office (ip4.saddr) in {192.0.2.7; 192.0.2.9}
          set home (ip6.snet) in {2001:db8::/32; fe80::/10}
          rule (ip4.saddr) in office tcp.dport 22 counter ACCEPT
          rule (ip6.snet) in home counter ACCEPT
          rule tcp.flags all syn,fin log counter DROP
          rule tcp.dport range 32768-60999 counter ACCEPT
          rule icmp.type echo-reply log link,internet,transport counter ACCEPT
          rule meta.probability 50%% ip4.snet 198.51.100.0/24 counter CONTINUE
        """
            .formatted(device);
    String all =
        xdp
            + """
            chain shape BF_HOOK_TC_EGRESS{%s} ACCEPT rule udp.dport 53 mark 0x7 counter ACCEPT
            chain local BF_HOOK_NF_LOCAL_IN{priorities=101-102} ACCEPT
              rule ip4.saddr 192.0.2.9 meta.iface v0 counter DROP
            chain group BF_HOOK_CGROUP_SKB_INGRESS{cgpath=%s} ACCEPT
              rule tcp.sport 80 counter DROP
            chain connect BF_HOOK_CGROUP_SOCK_ADDR_CONNECT4{cgpath=%s} ACCEPT
              rule ip4.daddr 192.0.2.9 counter DROP
            """
                .formatted(device, group.path(), group.path());
    run(launcher, "chain", "set", "--from-str", xdp);
    run(launcher, "chain", "get", "--name", "web");
    run(launcher, "chain", "update-set", "-n", "web", "-S", "office", "-A", "192.0.2.3");
    run(launcher, "chain", "update", "--from-str", xdp);
    seldom(launcher);
    run(launcher, "chain", "flush", "--name", "web");
    run(
        launcher,
        "chain",
        "load",
        "--from-str",
        "chain a BF_HOOK_XDP ACCEPT rule ip4.proto 6 DROP");
    run(launcher, "chain", "attach", "--name", "a", "--option", device);
    run(launcher, "chain", "set", "--from-str", "chain a BF_HOOK_XDP{" + device + "} DROP");
    run(launcher, "ruleset", "set", "--from-str", all);
    run(launcher, "ruleset", "get");
    run(launcher, "ruleset", "get", "--format", "json");
    run(launcher, "ruleset", "flush");
  }

  private void seldom(Launcher launcher) throws IOException {
    String saved = directory.resolve("saved").toString();
    sandbox.wire().inside("ping", "-q", "-c", "1", "192.0.2.2");
    runSeldom(launcher.under(interrupted()), "chain", "logs", "--name", "web");
    runSeldom(launcher, "ruleset", "save", saved);
    runSeldom(launcher, "ruleset", "check", saved);
    runSeldom(launcher, "ruleset", "diff", saved);
    runSeldom(launcher, "ruleset", "restore", saved);
    runSeldom(launcher, "features");
  }

  /** Ends a command with SIGINT, in time for what follows a log to have printed an entry. */
  private String[] interrupted() {
    List<String> words = new ArrayList<>(List.of(sandbox.wire().near()));
    words.addAll(List.of("timeout", "--signal=INT", "3"));
    return words.toArray(String[]::new);
  }

  private void run(Launcher launcher, String... words) throws IOException {
    everyday.put(String.join(" ", words), loaded(launcher, words));
  }

  private void runSeldom(Launcher launcher, String... words) throws IOException {
    seldom.put(String.join(" ", words), loaded(launcher, words));
  }

  /** Runs a command; the lines on the classes that it loads. */
  private List<String> loaded(Launcher launcher, String... words) throws IOException {
    Path log = directory.resolve("classes");
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of(
            "@" + app().resolve("java.options"),
            "-Xlog:class+load:file=" + log + ":none:filesize=0",
            "-XX:SharedArchiveFile=" + app().resolve("bfcli.jsa"),
            "-Djna.boot.library.path=" + app(),
            "-cp",
            app().resolve("bfcli.jar").toString(),
            "dev.jbpfilter.cli.Main",
            "--bpffs-path",
            sandbox.bpffs().toString()));
    arguments.addAll(List.of(words));
    Launcher.Run run = launcher.run(arguments.toArray(String[]::new));
    assertThat(run.status()).as(run.toString()).isIn(0, 124);
    List<String> lines =
        Files.readAllLines(log).stream().filter(line -> line.contains(SOURCE)).toList();
    Files.delete(log);
    return lines;
  }

  private static boolean isArchived(String line) {
    return line.contains("shared objects file");
  }

  /** Our classes and Java's beside the archive, and ours that have a lambda there. */
  private String names() {
    SortedSet<String> names = new TreeSet<>();
    for (List<String> lines : everyday.values()) {
      for (String line : lines) {
        String source = line.substring(line.indexOf(SOURCE) + SOURCE.length());
        if (source.startsWith("jrt:/") || source.startsWith("file:")) {
          names.add(internalName(line.substring(0, line.indexOf(SOURCE))));
        } else if (line.contains("$$Lambda") && source.startsWith("dev.jbpfilter.")) {
          names.add(internalName(source));
        }
      }
    }
    return String.join("\n", names) + "\n";
  }

  private static String internalName(String name) {
    return name.replace('.', '/');
  }
}
