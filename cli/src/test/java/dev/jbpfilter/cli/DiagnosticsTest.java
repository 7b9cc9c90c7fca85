package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users see of bad rules. */
class DiagnosticsTest {

  @Test
  void lineColumnAndCaret() {
    String rules =
        """
        # ingress
        chain web BF_HOOK_XDP ACCEPT
            rule
                ip4.saddr 10.0.0.256
                counter DROP
        """;

    Bfcli run = Bfcli.run(Map.of(), rules, "ruleset", "set", "-f-");

    assertThat(run.status()).isEqualTo(234);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo(
            """
            error  : "ip4.saddr eq" expects an IPv4 address in dotted notation, not '10.0.0.256'
              --> standard input:4:19
               |
             4 |         ip4.saddr 10.0.0.256
               |                   ^^^^^^^^^^
               = an IPv4 address is four numbers from 0 to 255
            error  : failed to parse rules, invalid syntax: Invalid argument
            error  : failed to parse ruleset: Invalid argument
            """);
  }

  @Test
  void hintUnderTheCaret() {
    assertThat(Bfcli.run("chain", "set", "-s", "chain web BF_HOOK_XPD DROP").err())
        .isEqualTo(
            """
            error  : unknown hook 'BF_HOOK_XPD'
              --> from-str:1:11
               |
             1 | chain web BF_HOOK_XPD DROP
               |           ^^^^^^^^^^^
               = did you mean 'BF_HOOK_XDP'?
            error  : failed to parse rules, invalid syntax: Invalid argument
            error  : failed to parse the chain(s): Invalid argument
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# nothing",
        "chain log BF_HOOK_XDP ACCEPT",
        "chain a BF_HOOK_XDP REDIRECT",
        "chain a BF_HOOK_XDP CONTINUE",
        "chain a BF_HOOK_XDP{foo=1} ACCEPT",
        "chain a BF_HOOK_XDP{cgpath=/a} ACCEPT",
        "chain a BF_HOOK_XDP ACCEPT rule DROP",
        "chain a BF_HOOK_XDP ACCEPT rule ip4.proto tcp mark 1 DROP",
        "chain a BF_HOOK_XDP ACCEPT rule ip4.proto tcp REDIRECT 1 in",
        "chain a BF_HOOK_XDP ACCEPT rule (ip4.saddr) in {1.1.1.1,2.2.2.2} DROP",
        "chain __bf_staging_x BF_HOOK_XDP ACCEPT",
        "chain a BF_HOOK_XDP ACCEPT \u0000\u001b",
      })
  void everyRefusalEndsTheSameWay(String rules) {
    Bfcli dry = Bfcli.run("chain", "set", "-ds", rules);

    assertThat(dry.status()).isEqualTo(234);
    assertThat(dry.err())
        .startsWith("error  : ")
        .contains("--> from-str:")
        .endsWith(
            """
            error  : failed to parse rules, invalid syntax: Invalid argument
            error  : failed to parse the chain(s): Invalid argument
            """);
    assertThat(Bfcli.run("chain", "set", "-s", rules)).isEqualTo(dry);
  }

  @Test
  void warningsDoNotRefuse() {
    Bfcli run =
        Bfcli.run("chain", "set", "-ds", "chain a BF_HOOK_XDP ACCEPT rule (ip4.saddr) in {} DROP");

    assertThat(run.status()).isZero();
    assertThat(run.err())
        .startsWith("warning: rule 0 references empty set, rule will be disabled\n")
        .endsWith("info   : --dry-run used, chain not set\n");
  }

  @Test
  void tellsHowManyErrorsAreLeftOut() {
    String rules = "chain a BF_HOOK_XDP ACCEPT\n" + "rule DROP\n".repeat(142);

    Bfcli run = Bfcli.run("ruleset", "set", "-ds", rules);

    assertThat(run.status()).isEqualTo(234);
    assertThat(run.err())
        .endsWith(
            """
            error  : 42 more errors are not shown
            error  : failed to parse rules, invalid syntax: Invalid argument
            error  : failed to parse ruleset: Invalid argument
            """);
    assertThat(run.err().lines().filter(line -> line.contains("-->"))).hasSize(100);
  }

  @Test
  void colours() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(err, false, StandardCharsets.UTF_8);
    String rules = "chain a BF_HOOK_XDP ACCEPT rule (ip4.saddr) in {} DROP rule DROP";

    Main.run(
        List.of("ruleset", "set", "-ds", rules),
        new Console(InputStream.nullInputStream(), stream, stream, true),
        Map.of());

    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("\u001b[1;31merror  \u001b[0m: syntax error")
        .contains(" \u001b[1;31m^^^^\u001b[0m\n");
  }

  @Test
  void namesOfChainsThatAreNear() {
    String rules = "chain web BF_HOOK_XDP ACCEPT chain ssh BF_HOOK_XDP ACCEPT";

    Bfcli run = Bfcli.run("chain", "set", "-ds", rules, "--name", "wbe");

    assertThat(run.status()).isEqualTo(254);
    assertThat(run.err())
        .isEqualTo(
            """
            error  : chain 'wbe' not found: No such file or directory
              = did you mean 'web'?
            """);
  }

  @Test
  void interfacesOfThisMachineThatAreNear() {
    assumeTrue(Files.isReadable(Path.of("/proc/self/net/dev")));
    assertThat(new KernelInterfaces().names()).contains("lo").doesNotContain("", "face |bytes");
  }
}
