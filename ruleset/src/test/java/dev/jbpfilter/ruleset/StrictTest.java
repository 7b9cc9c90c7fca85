package dev.jbpfilter.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is an extension, and what is not. */
class StrictTest {
  private static final String CHAIN = "chain a BF_HOOK_TC_INGRESS ACCEPT ";

  private static ParseResult strict(String text) {
    return RulesetParser.parse(
        new Source("test", text), ParseOptions.of(Texts.INTERFACES).withStrict(true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "define A = 1;" + CHAIN,
        "define A = 1;" + CHAIN + "rule tcp.dport $A DROP",
        "chain a BF_HOOK_XDP{ifindex=eth0} ACCEPT",
        "chain a BF_HOOK_XDP{ifindex=eth0.1} ACCEPT",
        "chain a BF_HOOK_XDP{iface=eth0} ACCEPT",
        "chain a BF_HOOK_XDP{iface=2} ACCEPT",
        CHAIN + "rule meta.iface eth0.1 DROP",
        CHAIN + "rule meta.iface a_b DROP",
        CHAIN + "rule meta.iface a@b DROP",
        CHAIN + "rule meta.iface a:b DROP",
        CHAIN + "rule ip4.proto 6 REDIRECT eth0.1 out",
        CHAIN + "rule ip4.proto 6 REDIRECT a@b out",
        CHAIN + "rule ip4.proto 6 REDIRECT a:b out",
        CHAIN + "rule (ip4.saddr) in {1.1.1.1 # one\n} DROP",
        CHAIN + "rule (ip4.saddr) in {# } DROP\n} DROP",
        CHAIN + "rule ip4.proto\r6 DROP",
        CHAIN + "rule ip4.proto 6\r\nDROP",
        CHAIN + "rule ip4.proto\f6 DROP",
        CHAIN + "rule ip4.proto\u000b6 DROP",
        "chain a BF_HOOK_TC_INGRESS {\rifindex=2} ACCEPT",
      })
  void extensionsAreOff(String text) {
    InterfaceResolver any = name -> OptionalLong.of(3);
    ParseOptions options = ParseOptions.of(any).withStrict(true);
    assertThat(RulesetParser.parse(new Source("test", text), options).ruleset()).isEmpty();
    assertThat(RulesetParser.parse(new Source("test", text), any).errors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chain define BF_HOOK_XDP ACCEPT # define\r\n",
        "chain a BF_HOOK_XDP{ifindex=0x2} ACCEPT",
        "chain a BF_HOOK_CGROUP_SKB_INGRESS{cgpath=/a@$x:+b} ACCEPT",
        CHAIN + "rule meta.iface lo DROP",
        CHAIN + "rule ip4.proto 6 REDIRECT lo out",
        CHAIN + "rule (\rip4.saddr\f,\u000btcp.dport) in {\r\n1.1.1.1, 2\r\n} DROP",
        CHAIN + "rule (ip4.saddr) in { 1.1.1.1 {2.2.2.2;} DROP # } \r",
        CHAIN + "rule meta.probability 99% DROP",
      })
  void theRestIsNot(String text) {
    assertThat(strict(text).errors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"define A = 1", "include \"x\""})
  void saysSo(String text) {
    assertThat(strict(text).errors().getFirst().hint()).contains("strict");
  }
}
