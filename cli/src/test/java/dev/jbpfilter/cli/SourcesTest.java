package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where rules come from, and which chain of them is taken. */
class SourcesTest {
  private static final String TWO =
      """
      chain a BF_HOOK_XDP ACCEPT
      chain b BF_HOOK_XDP DROP rule ip4.proto tcp DROP
      chain a BF_HOOK_XDP DROP
      """;

  @TempDir private Path directory;

  private String file(String text) throws IOException {
    return Files.writeString(directory.resolve("räls file"), text).toString();
  }

  @Test
  void fromFile() throws IOException {
    assertThat(Bfcli.run("ruleset", "set", "-df", file(TWO)).status()).isZero();
  }

  @Test
  void fromStandardInput() {
    String[] words = {"chain", "set", "--dump=ir", "-d", "-n", "b", "-f", "-"};

    Bfcli run = Bfcli.run(Map.of(), TWO, words);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("; chain b\nfilter b on BF_HOOK_XDP");
    assertThat(Bfcli.run(Map.of(), "", words).status()).isEqualTo(234);
  }

  @Test
  void missingFile() {
    String path = directory.resolve("nope").toString();

    Bfcli set = Bfcli.run("ruleset", "set", "-df", path);
    assertThat(set.status()).isEqualTo(254);
    assertThat(set.out()).isEmpty();
    assertThat(set.err())
        .isEqualTo(
            "error  : failed to stat file "
                + path
                + ": No such file or directory\n"
                + "error  : failed to parse ruleset: No such file or directory\n");
    assertThat(Bfcli.run("chain", "load", "-f", path).err())
        .endsWith("error  : failed to parse the chain(s): No such file or directory\n");
    assertThat(Bfcli.run("chain", "set", "-f", "").status()).isEqualTo(254);
  }

  @Test
  void directoryIsNoFile() {
    Bfcli run = Bfcli.run("ruleset", "set", "-f", directory.toString());

    assertThat(run.status()).isEqualTo(235);
    assertThat(run.err())
        .startsWith("error  : failed to read rules from " + directory + ": Is a directory\n");
  }

  @Test
  void nameSelectsTheFirstOfThatName() {
    Bfcli run = Bfcli.run("chain", "set", "-ds", TWO, "-na", "--dump", "ir");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("filter a ").contains("ACCEPT").doesNotContain("filter b");
  }

  @Test
  void nameThatIsNotThere() {
    Bfcli several = Bfcli.run("chain", "set", "-ds", TWO, "-n", "c");
    assertThat(several.status()).isEqualTo(254);
    assertThat(several.err())
        .isEqualTo("error  : chain 'c' not found: No such file or directory\n");
    assertThat(Bfcli.run("chain", "load", "-ds", "chain a BF_HOOK_XDP DROP", "-n", "c").status())
        .isEqualTo(254);
  }

  @Test
  void severalChainsWithoutName() {
    Bfcli run = Bfcli.run("chain", "load", "-ds", TWO);

    assertThat(run.status()).isEqualTo(249);
    assertThat(run.err())
        .isEqualTo(
            "error  : multiple chains defined in source, but no name specified:"
                + " Argument list too long\n");
  }

  @Test
  void errorInAnUnselectedChainRefusesAll() {
    Bfcli run = Bfcli.run("chain", "set", "-ds", TWO + "chain c BF_HOOK_XDP NONE", "-n", "a");

    assertThat(run.status()).isEqualTo(234);
    assertThat(run.err()).endsWith("failed to parse the chain(s): Invalid argument\n");
  }

  @Test
  void hugeSetsAreRead() throws IOException {
    StringBuilder text = new StringBuilder("chain a BF_HOOK_XDP ACCEPT set s (ip4.saddr) in {\n");
    for (int i = 0; i < 300_000; i++) {
      text.append("10.").append(i >> 16).append('.').append(i >> 8 & 255).append('.');
      text.append(i & 255).append('\n');
    }
    text.append("}\n");

    assertThat(Bfcli.run("ruleset", "set", "-df", file(text.toString())).status()).isZero();
  }

  @Test
  void bytesThatAreNoTextAreFineInComments() throws IOException {
    Path file = directory.resolve("bytes");
    byte[] text = "# caf? \nchain a BF_HOOK_XDP ACCEPT".getBytes(StandardCharsets.ISO_8859_1);
    text[5] = (byte) 0xe9;
    Files.write(file, text);

    assertThat(Bfcli.run("ruleset", "set", "-df", file.toString()).status()).isZero();
  }

  @Test
  void interfaceMapNamesInterfaces() throws IOException {
    String rules = "chain a BF_HOOK_XDP ACCEPT rule meta.iface wan0 DROP";
    String map = Files.writeString(directory.resolve("map"), "wan0=7\n").toString();

    Bfcli known = Bfcli.run("chain", "set", "-ds", rules, "--iface-map", map);
    assertThat(known.status()).as(known.err()).isZero();

    Bfcli unknown =
        Bfcli.run("chain", "set", "-ds", rules.replace("wan0", "lo"), "--iface-map", map);
    assertThat(unknown.status()).isEqualTo(234);
    assertThat(unknown.err()).contains("not 'lo'");
  }

  @Test
  void badInterfaceMaps() throws IOException {
    String chain = "chain a BF_HOOK_XDP ACCEPT";
    Bfcli bad = Bfcli.run("chain", "set", "-ds", chain, "--iface-map", file("wan0\n"));
    assertThat(bad.status()).isEqualTo(234);
    assertThat(bad.err())
        .contains("räls file: line 1: expecting name=index, not 'wan0': Invalid argument\n");

    Bfcli missing = Bfcli.run("ruleset", "set", "-ds", chain, "--iface-map", directory + "/nope");
    assertThat(missing.status()).isEqualTo(254);
    assertThat(missing.err()).endsWith("failed to parse ruleset: No such file or directory\n");
  }
}
