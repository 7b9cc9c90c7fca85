package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.tests.Launcher.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The real command line, as far as it needs neither privileges nor a kernel. */
@RequiresLauncher
class CommandTest {
  private static final String CHAIN = "chain a BF_HOOK_XDP ACCEPT";
  private static final String DRY_SET = "info   : --dry-run used, chain not set";
  private static final String CANNOT_PARSE = "error  : failed to parse the chain(s): ";

  @TempDir private Path directory;

  private static Run bfcli(String... arguments) {
    return Launcher.bfcli().run(arguments);
  }

  private static Arguments refused(String words, String program, String text) {
    return Arguments.of(words, program, text);
  }

  static Stream<Arguments> usageErrors() {
    return Stream.of(
        refused("--bogus ruleset get", "bfcli", "unrecognized option '--bogus'"),
        refused("rules get", "bfcli", "unknown object 'rules'"),
        refused("chain show", "bfcli", "unknown action 'show'"),
        refused("ruleset logs", "bfcli", "object 'ruleset' does not support action 'logs'"),
        refused("ruleset get --bogus", "bfcli ruleset get", "unrecognized option '--bogus'"),
        refused("ruleset get now", "bfcli ruleset get", "Too many arguments"),
        refused(
            "chain set -d",
            "bfcli chain set",
            "missing required option(s): --from-str, --from-file"),
        refused("chain get", "bfcli chain get", "missing required option(s): --name"),
        refused(
            "--verbose all ruleset get",
            "bfcli",
            "unknown --verbose word 'all', expecting debug, bpf or bytecode"),
        refused(
            "chain attach -n a -o ifindex",
            "bfcli chain attach",
            "failed to parse hook option 'ifindex'"));
  }

  @ParameterizedTest(name = "bfcli {0}")
  @MethodSource
  void usageErrors(String words, String program, String text) {
    bfcli(words.split(" ", -1))
        .said(
            64,
            program + ": " + text,
            "Try '" + program + " --help' or '" + program + " --usage' for more information.");
  }

  @Test
  void helpUsageAndVersion() {
    assertThat(bfcli("--help").ended(0).out())
        .startsWith("Usage: bfcli ")
        .contains("chain attach", "BF_BPFFS_PATH", "BF_WITH_BPF_TOKEN", "BF_VERBOSE");
    assertThat(bfcli("chain", "set", "--help").ended(0).out())
        .startsWith("Usage: bfcli chain set ")
        .contains("--from-file", "--dump");
    assertThat(bfcli("--usage").ended(64).out()).startsWith("Usage: bfcli ");
    Run version = bfcli("-V", "nonsense").ended(0);
    assertThat(version.out()).matches("bfcli version (\\S+), libbpfilter version \\1\n");
    assertThat(version.err()).isEmpty();
    Run nothing = bfcli().ended(64);
    assertThat(nothing.out()).isEmpty();
    assertThat(nothing.err()).startsWith("Usage: bfcli ");
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1:9  | BF_HOOK_XDPX   | unknown hook 'BF_HOOK_XDPX'   | chain a BF_HOOK_XDPX ACCEPT
          1:43 | 1.2.3.444      | "ip4.saddr eq" expects        | chain a BF_HOOK_XDP ACCEPT rule ip4.saddr 1.2.3.444 DROP
          1:42 | 10.0.0.0/33    | "ip4.snet eq" expects         | chain a BF_HOOK_XDP ACCEPT rule ip4.snet 10.0.0.0/33 DROP
          2:18 | 70000          | "tcp.dport eq" expects        | chain a BF_HOOK_XDP ACCEPT~  rule tcp.dport 70000 DROP
          3:10 | tcp.port       | syntax error, unexpected      | chain a BF_HOOK_XDP ACCEPT~#~    rule tcp.port 80 DROP
          1:21 | MAYBE          | syntax error, unexpected      | chain a BF_HOOK_XDP MAYBE
          1:29 | x              | interface 'x' not found       | chain a BF_HOOK_XDP{ifindex=x} ACCEPT
          2:17 | nope0          | "meta.iface eq" expects       | chain a BF_HOOK_XDP ACCEPT~rule meta.iface nope0 DROP
          1:45 | ''             | syntax error, unexpected end  | chain a BF_HOOK_XDP ACCEPT rule tcp.dport 80
          1:1  | ''             | syntax error, unexpected end  | ''
          """)
  void faultsOfTheTextAreShownInTheText(
      String position, String marked, String message, String rules) {
    String text = rules.replace('~', '\n');

    Run run = bfcli("chain", "set", "--dry-run", "--from-str", text).ended(234);

    assertThat(run.out()).isEmpty();
    List<String> lines = run.err().lines().toList();
    assertThat(lines.getFirst()).startsWith("error  : " + message);
    assertThat(lines.get(1)).isEqualTo("  --> from-str:" + position);
    String source = lines.get(3);
    String carets = lines.get(4);
    int column = carets.indexOf('^');
    assertThat(carets.substring(column)).isEqualTo("^".repeat(Math.max(1, marked.length())));
    assertThat(source.substring(column, column + marked.length())).isEqualTo(marked);
    assertThat(lines.subList(lines.size() - 2, lines.size()))
        .containsExactly(
            "error  : failed to parse rules, invalid syntax: Invalid argument",
            CANNOT_PARSE + "Invalid argument");
  }

  @Test
  void faultsInFilesNameTheFile() throws IOException {
    Path file =
        Files.writeString(directory.resolve("r"), "\n\n" + CHAIN + " rule tcp.dport x DROP");

    assertThat(bfcli("ruleset", "set", "-d", "-f", file.toString()).ended(234).err())
        .contains("\n  --> " + file + ":3:43\n")
        .endsWith("error  : failed to parse ruleset: Invalid argument\n");
  }

  @Test
  void sourcesThatCannotBeRead() {
    String missing = directory.resolve("nope").toString();
    bfcli("chain", "set", "-f", missing)
        .said(
            254,
            "error  : failed to stat file " + missing + ": No such file or directory",
            CANNOT_PARSE + "No such file or directory");
    bfcli("chain", "set", "-f", directory.toString())
        .said(
            235,
            "error  : failed to read rules from " + directory + ": Is a directory",
            CANNOT_PARSE + "Is a directory");
  }

  @Test
  void selectionByName() {
    String two = CHAIN + " chain b BF_HOOK_XDP DROP";

    bfcli("chain", "set", "-d", "-s", two, "-n", "b").said(0, DRY_SET);
    bfcli("chain", "set", "-d", "-s", two, "-n", "c")
        .said(254, "error  : chain 'c' not found: No such file or directory");
    bfcli("chain", "set", "-d", "-s", two)
        .said(
            249,
            "error  : multiple chains defined in source, but no name specified:"
                + " Argument list too long");
  }

  @ParameterizedTest
  @CsvSource({
    "ruleset set, ruleset not applied",
    "chain set, chain not set",
    "chain load, chain not loaded",
  })
  void dryRunsSayOneLine(String command, String notice) {
    String[] words = command.split(" ", -1);
    bfcli("-b", "/nope", words[0], words[1], "-d", "-s", CHAIN + " rule tcp.dport 23 DROP")
        .said(0, "info   : --dry-run used, " + notice);
  }

  @Test
  void variablesStandForAbsentFlags() {
    String[] get = {"ruleset", "get"};
    String[] missing = {
      "error  : /no/pe: openat: No such file or directory",
      "error  : failed to request ruleset: No such file or directory"
    };
    Launcher bpffs = Launcher.bfcli().with("BF_BPFFS_PATH", "/no/pe");

    bpffs.run(get).said(254, missing);
    bpffs.with("BF_VERBOSE", "").with("BF_WITH_BPF_TOKEN", "").run(get).said(254, missing);
    bpffs.with("BF_VERBOSE", " debug ,, bytecode").run(get).said(254, missing);
    bpffs.with("BF_VERBOSE", "no").run("-v", "debug", "ruleset", "get").said(254, missing);
    assertThat(bpffs.run("-b", "/other", "ruleset", "get").ended(254).err()).contains("/other");
    assertThat(bpffs.with("BF_VERBOSE", "debug,all").run(get).ended(64).err())
        .startsWith("bfcli: unknown word 'all' in BF_VERBOSE, expecting debug, bpf or bytecode\n");
  }

  @Test
  void variablesDoNotCountInDryRunsOrWhenAsked() {
    Launcher bad = Launcher.bfcli().with("BF_VERBOSE", "all").with("BF_WITH_BPF_TOKEN", "1");

    bad.run("chain", "set", "-d", "-s", CHAIN).said(0, DRY_SET);
    assertThat(bad.run("--version").ended(0).err()).isEmpty();
    assertThat(bad.run("ruleset", "get", "x").ended(64).err()).contains("Too many arguments");
  }

  @Test
  void rulesFromStandardInput() {
    Launcher piped = Launcher.bfcli().reading(CHAIN);
    Path file = Checkout.ROOT.resolve("doc/examples/web-server.rules");
    Launcher redirected = Launcher.bfcli().underShell("exec \"$@\" <'" + file + "'");

    for (String source : new String[] {"-", "/dev/stdin"}) {
      piped.run("chain", "set", "-d", "-f", source).said(0, DRY_SET);
      redirected.run("chain", "set", "-d", "-f", source, "-n", "web_server").said(0, DRY_SET);
    }
    assertThat(Launcher.bfcli().run("chain", "set", "-d", "-f", "-").ended(234).err())
        .contains("\n  --> standard input:1:1\n");
  }

  @Test
  void pathsAreUtf8InAnyLocale() {
    // The words are made by the shell: this process may not be able to spell them.
    String script =
        "p=$1; shift; cd '%s' && printf '%s' >\"$(printf 'r\\303\\244ls')\" && "
            .formatted(directory, CHAIN);
    String path = "\"$(printf 'r\\303\\244ls')";
    Launcher posix = Launcher.bfcli().with("LC_ALL", "C").with("LANG", "C");

    posix
        .underShell(script + "exec \"$p\" \"$@\" -f " + path + "\"")
        .run("chain", "set", "-d")
        .said(0, DRY_SET);
    posix
        .underShell(script + "exec \"$p\" \"$@\" -f " + path + "x\"")
        .run("chain", "set", "-d")
        .said(
            254,
            "error  : failed to stat file r\u00e4lsx: No such file or directory",
            CANNOT_PARSE + "No such file or directory");
    posix
        .underShell("exec \"$@\" \"$(printf 'r\\344ls')\"")
        .run("chain", "set", "-d", "-f")
        .ended(64);
  }

  @Test
  void fromAnyDirectoryAndThroughLinks() throws IOException {
    Path away = Files.createDirectories(directory.resolve("a b/c"));
    Files.writeString(away.resolve("rules"), CHAIN);
    Path first = Files.createSymbolicLink(directory.resolve("first"), Checkout.LAUNCHER);
    Path second = Files.createSymbolicLink(directory.resolve("a b/second"), Path.of("../first"));

    Launcher there = Launcher.bfcli().in(away);

    there.run("chain", "set", "-d", "-f", "rules").said(0, DRY_SET);
    there.as(second).run("chain", "set", "-d", "-f", "rules").said(0, DRY_SET);
    there.as(Path.of("../second")).run("chain", "set", "-d", "-f", "rules").said(0, DRY_SET);
    // Not left to JUnit, which warns of a link that leads out of its directory.
    Files.delete(first);
  }
}
