package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line refuses, accepts and answers at once. */
class CommandLineTest {
  private static final String CHAIN = "chain a BF_HOOK_XDP ACCEPT";

  private static Arguments refused(String program, String text, String... words) {
    return Arguments.of(List.of(words), program + ": " + text);
  }

  static Stream<Arguments> refused() {
    String chainSet = "bfcli chain set";
    String attach = "bfcli chain attach";
    String updateSet = "bfcli chain update-set";
    return Stream.of(
        // stage 1
        refused("bfcli", "unknown object 'rules'", "rules"),
        refused("bfcli", "unknown object '-'", "-"),
        refused("bfcli", "unknown object 'rules'", "rules", "--bogus"),
        refused("bfcli", "unrecognized option '--bogus'", "--bogus", "rules"),
        refused("bfcli", "unknown action 'show'", "chain", "show"),
        refused("bfcli", "unknown action 'show'", "chain", "show", "--help"),
        refused("bfcli", "unknown action '-V'", "--", "chain", "-V"),
        refused("bfcli", "object 'ruleset' does not support action 'logs'", "ruleset", "logs"),
        refused(
            "bfcli", "object 'ruleset' does not support action 'load'", "ruleset", "load", "-h"),
        refused("bfcli", "unrecognized option '--bogus=1'", "--bogus=1", "-h"),
        refused("bfcli", "invalid option -- 'x'", "-x"),
        refused("bfcli", "invalid option -- 's'", "-s", "text", "chain", "set"),
        refused("bfcli", "invalid option -- 'x'", "-tx", "-h"),
        refused("bfcli", "option '--bpffs-path' requires an argument", "--bpffs-path"),
        refused("bfcli", "option requires an argument -- 'b'", "ruleset", "-b"),
        refused("bfcli", "option '--help' doesn't allow an argument", "--help=1"),
        refused("bfcli", "option '--usage' doesn't allow an argument", "--usa=1"),
        refused(
            "bfcli",
            "option '--ver' is ambiguous; possibilities: '--verbose' '--version'",
            "--ver"),
        refused("bfcli", "--bpffs-path can't be empty", "--bpffs-path=", "-h"),
        refused("bfcli", "--bpffs-path can't be empty", "-b", ""),
        refused(
            "bfcli",
            "unknown --verbose word 'all', expecting debug, bpf or bytecode",
            "--verbose",
            "all",
            "-V"),
        refused("bfcli", "unknown --verbose word '', expecting debug, bpf or bytecode", "--verb="),
        refused(
            "bfcli",
            "unknown --verbose word '=debug', expecting debug, bpf or bytecode",
            "-v=debug"),
        // stage 2: what is unknown
        refused("bfcli ruleset get", "invalid option -- 'b'", "ruleset", "get", "-b", "/x"),
        refused(
            "bfcli ruleset get",
            "unrecognized option '--bogus'",
            "ruleset",
            "get",
            "--bogus",
            "-h"),
        refused("bfcli ruleset set", "invalid option -- 'n'", "ruleset", "set", "-n", "a"),
        refused("bfcli ruleset flush", "invalid option -- 'd'", "ruleset", "flush", "-d"),
        refused("bfcli chain get", "unrecognized option '--option'", "chain", "get", "--option"),
        refused(
            chainSet, "unrecognized option '--no-set-content'", "chain", "set", "--no-set-content"),
        refused(chainSet, "unrecognized option '--verbose'", "chain", "set", "--verbose", "debug"),
        // stage 2: positional words
        refused("bfcli ruleset get", "Too many arguments", "ruleset", "get", "now"),
        refused("bfcli ruleset get", "Too many arguments", "ruleset", "get", "-"),
        refused("bfcli ruleset get", "Too many arguments", "ruleset", "get", "", "-h"),
        refused("bfcli ruleset get", "Too many arguments", "ruleset", "get", "--", "-h"),
        // stage 2: values
        refused(chainSet, "option '--name' requires an argument", "chain", "set", "--name"),
        refused(chainSet, "option requires an argument -- 'n'", "chain", "set", "-dn"),
        refused(
            chainSet, "option '--dry-run' doesn't allow an argument", "chain", "set", "--dry=1"),
        refused(chainSet, "--name can't be empty", "chain", "set", "--name=", "--help"),
        refused("bfcli chain get", "--name can't be empty", "chain", "get", "-n", ""),
        refused(
            chainSet,
            "option '--from' is ambiguous; possibilities: '--from-str' '--from-file'",
            "chain",
            "set",
            "--from",
            CHAIN),
        // stage 2: what is missing or does not go together
        refused(
            "bfcli ruleset set",
            "missing required option(s): --from-str, --from-file",
            "ruleset",
            "set"),
        refused(
            chainSet,
            "missing required option(s): --from-str, --from-file",
            "chain",
            "set",
            "-d",
            "-n",
            "a"),
        refused(
            "bfcli chain load",
            "missing required option(s): --from-str, --from-file",
            "chain",
            "load"),
        refused("bfcli chain get", "missing required option(s): --name", "chain", "get"),
        refused("bfcli chain flush", "missing required option(s): --name", "chain", "flush"),
        refused(attach, "missing required option(s): --name", "chain", "attach", "-oifindex=1"),
        refused(
            chainSet,
            "option --from-str is incompatible with --from-file",
            "chain",
            "set",
            "-s",
            "",
            "-f",
            ""),
        // chain logs, update and update-set
        refused("bfcli chain logs", "missing required option(s): --name", "chain", "logs"),
        refused("bfcli chain logs", "invalid option -- 'd'", "chain", "logs", "-d", "-h"),
        refused(
            "bfcli chain update",
            "missing required option(s): --from-str, --from-file",
            "chain",
            "update",
            "-d"),
        refused(
            "bfcli chain update",
            "option --from-str is incompatible with --from-file",
            "chain",
            "update",
            "-f",
            "x",
            "-s",
            ""),
        refused(updateSet, "missing required option(s): --name, --set-name", "chain", "update-set"),
        refused(
            updateSet,
            "missing required option(s): --set-name",
            "chain",
            "update-set",
            "-n",
            "a",
            "-A1.1.1.1"),
        refused(
            updateSet, "missing required option(s): --name", "chain", "update-set", "--set-n", "s"),
        refused(updateSet, "--set-name can't be empty", "chain", "update-set", "-S", "", "-h"),
        refused(updateSet, "--add requires an element", "chain", "update-set", "--add="),
        refused(updateSet, "--remove requires an element", "chain", "update-set", "-R", ""),
        refused(updateSet, "option '--add' requires an argument", "chain", "update-set", "--add"),
        refused(updateSet, "invalid option -- 'd'", "chain", "update-set", "-d"),
        // hook options
        refused(
            attach, "failed to parse hook option 'ifindex'", "chain", "attach", "-o", "ifindex"),
        refused(
            attach,
            "failed to parse hook option 'speed'",
            "chain",
            "attach",
            "--opt=speed=1",
            "-h"),
        refused(
            attach,
            "failed to parse hook option 'ifindex'",
            "chain",
            "attach",
            "-oifindex=1",
            "-o",
            "ifindex=2"),
        refused(
            attach,
            "failed to parse hook option 'priorities'",
            "chain",
            "attach",
            "-o",
            "priorities=1-1"),
        // additions
        refused(
            chainSet,
            "unknown --dump format 'exe', expecting asm, hex, c, json, elf, ir or virt",
            "chain",
            "set",
            "--dump",
            "exe"),
        refused(
            chainSet, "option --dump needs --dry-run", "chain", "set", "-s", CHAIN, "--dump", "ir"),
        refused(
            chainSet,
            "option --output needs --dump",
            "chain",
            "set",
            "-s",
            CHAIN,
            "-d",
            "--output",
            "x"),
        refused(chainSet, "--output can't be empty", "chain", "set", "--output", ""),
        refused(chainSet, "--iface-map can't be empty", "chain", "set", "--iface-map="),
        refused(chainSet, "unrecognized option '--dum'", "chain", "set", "--dum", "ir"),
        refused(chainSet, "unrecognized option '--iface'", "chain", "set", "--iface", "x"));
  }

  @ParameterizedTest
  @MethodSource
  void refused(List<String> words, String message) {
    Bfcli run = Bfcli.run(words.toArray(String[]::new));

    assertThat(run.status()).isEqualTo(64);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(message + "\n").contains("--usage");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "chain", "-t", "-v debug ruleset", "ruleset --"})
  void withoutActionUsageGoesToStandardError(String words) {
    Bfcli run = Bfcli.run(words.isEmpty() ? new String[0] : words.split(" ", -1));

    assertThat(run.status()).isEqualTo(64);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("Usage: bfcli ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-h",
        "--help",
        "--he",
        "-th",
        "ruleset -h",
        "ruleset --help nonsense",
        "-h --bogus",
        "chain set -h",
        "chain set --name x --help extra",
        "chain set -dh",
        "ruleset get --help",
        "chain flush -h",
        "chain logs -h",
        "chain update --help",
        "chain update-set -n a -A 1.1.1.1 --help",
        "chain attach -o ifindex=1 -h",
      })
  void helpActsAtOnce(String words) {
    Bfcli run = Bfcli.run(words.split(" ", -1));

    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith("Usage: bfcli ");
    assertThat(run.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--usage",
        "--us",
        "ruleset --usage",
        "chain set --usage",
        "ruleset get --usage x",
        "chain update-set --usage"
      })
  void usageGoesToStandardOutput(String words) {
    Bfcli run = Bfcli.run(words.split(" ", -1));

    assertThat(run.status()).isEqualTo(64);
    assertThat(run.out()).startsWith("Usage: bfcli ");
    assertThat(run.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-V",
        "--version",
        "--vers",
        "-V ruleset",
        "-tV",
        "chain -V bogus",
        "chain get -V",
        "chain update-set -V"
      })
  void versionActsAtOnce(String words) {
    Bfcli run = Bfcli.run(words.split(" ", -1));

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .isEqualTo(
            "bfcli version " + Main.VERSION + ", libbpfilter version " + Main.VERSION + "\n");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void deprecatedOptionsWarnWhenReached() {
    Bfcli run =
        Bfcli.run("--no-cli", "--no-nft", "chain", "--no-iptables", "set", "-d", "-s", CHAIN);

    assertThat(run.status()).isZero();
    assertThat(run.err())
        .startsWith(
            """
            warning: option --no-cli is deprecated
            warning: option --no-nftables is deprecated
            warning: option --no-iptables is deprecated
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chain set --from-str %s --dry-run",
        "chain set --from-s=%s --dry",
        "chain set -ds %s",
        "chain set -d -s%s",
        "chain set -s nonsense -s %s -d",
        "chain set -s %s -n nonsense -na -d --",
        "-- chain set -ds%s",
        "-b /nope -tv debug -vbpf chain -v bytecode set -ds%s",
      })
  void spellingsOfOptions(String words) {
    String[] split = words.split(" ", -1);
    for (int i = 0; i < split.length; i++) {
      split[i] = split[i].replace("%s", CHAIN);
    }

    Bfcli run = Bfcli.run(split);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo("info   : --dry-run used, chain not set\n");
  }

  @Test
  void anUpdateOfASetNeedsElements() {
    Bfcli nothing = Bfcli.run("chain", "update-set", "-n", "a", "-S", "s");
    assertThat(nothing.status()).isEqualTo(234);
    assertThat(nothing.err())
        .isEqualTo("error  : no elements to add or remove: Invalid argument\n");
  }

  @Test
  void hookOptionsShowTheErrorOfTheLanguage() {
    assertThat(Bfcli.run("chain", "attach", "-o", "ifindex=1", "-o", "ifindex=2").err())
        .startsWith("error  : ifindex= is defined multiple times: File exists\n");
    assertThat(Bfcli.run("chain", "attach", "-o", "ifindex").err())
        .startsWith("bfcli chain attach:");
  }

  @Test
  void atFilesAreNotExpanded() {
    assertThat(Bfcli.run("@/etc/passwd").err()).startsWith("bfcli: unknown object '@/etc/passwd'");
  }
}
