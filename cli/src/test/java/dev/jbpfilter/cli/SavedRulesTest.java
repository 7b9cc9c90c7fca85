package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.InterfaceNames;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written to be read after a restart. */
class SavedRulesTest {
  private static final InterfaceNames NAMES =
      new InterfaceNames(InterfaceMap.parse("lo=1\neth0.1=7\nlog=8\n9=10\na,b=11"));

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private static String saved(List<Chain> chains) throws IOException {
    StringBuilder text = new StringBuilder();
    SavedRules.print(chains, NAMES, text);
    return text.toString();
  }

  private void check(String rules) {
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    Console console = new Console(new ByteArrayInputStream(new byte[0]), stream, stream, false);
    SavedRules.check(LoadedChains.parse(rules), NAMES, console);
  }

  private String warnings() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void interfacesAreNamed() throws IOException {
    String rules =
        "chain a BF_HOOK_TC_INGRESS{ifindex=7} ACCEPT rule meta.iface not 1 REDIRECT 7 in";
    check(rules);
    assertThat(saved(LoadedChains.parse(rules)))
        .isEqualTo(
            """
            chain a BF_HOOK_TC_INGRESS{ifindex=eth0.1} ACCEPT
                rule
                    meta.iface not eq lo
                    REDIRECT eth0.1 in
            """);
    assertThat(warnings()).isEmpty();
  }

  /** A device can be called like a keyword, a number, or what no rule can say. */
  @Test
  void interfacesWithoutAProperNameKeepTheirNumber() throws IOException {
    String rules =
        """
        chain a BF_HOOK_TC_INGRESS ACCEPT
          rule meta.iface 8 DROP
          rule meta.iface 5 REDIRECT 11 in
          rule meta.iface 10 DROP
        """;
    check(rules);
    assertThat(saved(LoadedChains.parse(rules)))
        .contains(
            "meta.iface eq 8\n", "meta.iface eq 5\n", "REDIRECT 11 in\n", "meta.iface eq 9\n");
    assertThat(warnings().lines())
        .map(line -> line.replaceAll(".*interface (\\d+), which has no name here.*", "$1"))
        .containsExactly("5", "8", "11");
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 10, 11})
  void aChainMustNotMoveToAnotherInterface(int ifindex) {
    CommandException failure =
        catchThrowableOfType(
            CommandException.class,
            () -> check("chain a BF_HOOK_XDP{ifindex=" + ifindex + "} ACCEPT"));
    assertThat(failure.errno()).isEqualTo(67);
    assertThat(failure.lines())
        .containsExactly(
            "chain 'a' can't be saved: it is attached to interface "
                + ifindex
                + ", which has no name here that rules can say: Link has been severed");
  }

  @Test
  void noChainsAreSaid() throws IOException {
    assertThat(saved(List.of())).isEqualTo("# no chains\n");
    assertThat(SavedRules.saysNoChains(saved(List.of()))).isTrue();
    assertThat(SavedRules.saysNoChains("\n# mine\r\n  # no chains  \n")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n", "# nothing", "# no chains\nchain a BF_HOOK_XDP ACCEPT", "no chains"})
  void noChainsAreNotGuessed(String text) {
    assertThat(SavedRules.saysNoChains(text)).isFalse();
  }
}
