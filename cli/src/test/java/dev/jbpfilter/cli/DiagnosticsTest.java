package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
}
