package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Definitions, included files and interface names in rules, and how to switch them off. */
class ExtensionsTest {
  private static final String CHAIN = "chain a BF_HOOK_XDP ACCEPT\n";

  @TempDir private Path directory;

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  @Test
  void includesFilesBesideTheOneNamed() throws IOException {
    file("défs", "define PORT = 80");
    String main = file("main", "include \"défs\"\n" + CHAIN + "rule tcp.dport $PORT DROP");

    Bfcli run = Bfcli.run("ruleset", "set", "-df", main, "--dump", "ir");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("l4.dport = 0x50");
  }

  @Test
  void errorsNameTheIncludedFile() throws IOException {
    String rules = file("rules", CHAIN + "  rule tcp.dport $PORT DROP\n");
    String main = file("main", "define PORT = 65536\ninclude \"rules\"");

    Bfcli run = Bfcli.run("ruleset", "set", "-df", main);

    assertThat(run.status()).isEqualTo(234);
    assertThat(run.err())
        .isEqualTo(
            """
            error  : "tcp.dport eq" expects a decimal port from 0 to 65535, not '65536'
              --> %s:2:18
               |
             2 |   rule tcp.dport $PORT DROP
               |                  ^^^^^
               = $PORT is '65536', defined at %s:1:8
            error  : failed to parse rules, invalid syntax: Invalid argument
            error  : failed to parse ruleset: Invalid argument
            """
                .formatted(rules, main));
  }

  @Test
  void textInNoDirectoryIncludesNothing() {
    String text = "include \"x\"\n" + CHAIN;

    Bfcli given = Bfcli.run("chain", "set", "-ds", text);
    assertThat(given.status()).isEqualTo(234);
    assertThat(given.err())
        .startsWith(
            "error  : can't include 'x': rules of --from-str are in no directory;"
                + " use --from-file\n  --> from-str:1:9\n");
    for (String input : new String[] {"-", "/dev/null"}) {
      Bfcli run = Bfcli.run(Map.of(), text, "chain", "set", "-df", input);
      assertThat(run.status()).isEqualTo(234);
    }
    assertThat(Bfcli.run(Map.of(), text, "chain", "set", "-df", "-").err())
        .startsWith("error  : can't include 'x': standard input is in no directory");
  }

  @Test
  void namesOfInterfacesAreIndexes() throws IOException {
    String map = file("map", "wan=7\n");
    String rules = "chain a BF_HOOK_XDP{%s} ACCEPT rule meta.iface wan REDIRECT wan out";

    for (String option : new String[] {"ifindex=wan", "iface=wan", "iface=7"}) {
      Bfcli run = Bfcli.run("chain", "set", "-ds", rules.formatted(option), "--iface-map", map);
      assertThat(run.status()).as(run.err()).isZero();
    }
    Bfcli unknown =
        Bfcli.run("chain", "set", "-ds", rules.formatted("iface=lan"), "--iface-map", map);
    assertThat(unknown.status()).isEqualTo(234);
    assertThat(unknown.err()).startsWith("error  : interface 'lan' not found: Invalid argument\n");
    assertThat(Bfcli.run("chain", "attach", "-n", "x", "-o", "ifindex=nope").status())
        .isEqualTo(64);
  }

  @Test
  void strictSwitchesThemOff() throws IOException {
    String plain = file("plain", CHAIN);
    for (String text :
        new String[] {
          "define A = 1\n" + CHAIN,
          "include \"plain\"",
          "chain a BF_HOOK_XDP{iface=2} ACCEPT",
          "chain a BF_HOOK_XDP{ifindex=lo} ACCEPT",
          CHAIN + "rule (tcp.dport) in {80 # web\n} DROP"
        }) {
      String main = file("main", text);
      assertThat(Bfcli.run("chain", "set", "-df", main).err()).doesNotContain("syntax error");
      assertThat(Bfcli.run("--strict", "chain", "set", "-df", main).status()).isEqualTo(234);
    }
    assertThat(Bfcli.run("--strict", "chain", "set", "-df", plain).status()).isZero();
    Bfcli input = Bfcli.run(Map.of(), CHAIN, "--strict", "chain", "set", "-df", "-");
    assertThat(input.status()).isEqualTo(254);
    assertThat(input.err())
        .startsWith("error  : failed to stat file -: No such file or directory\n");
    assertThat(Bfcli.run("--stric", "chain", "set", "-df", plain).status()).isEqualTo(64);
    assertThat(Bfcli.run("chain", "set", "--strict", "-df", plain).status()).isEqualTo(64);
    Bfcli attach = Bfcli.run("--strict", "chain", "attach", "-n", "x", "-o", "ifindex=lo");
    assertThat(attach.status()).isEqualTo(64);
    assertThat(attach.err()).contains("failed to parse ifindex 'lo'");
  }
}
