package dev.jbpfilter.ruleset.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Diagnostic;
import dev.jbpfilter.ruleset.DisabledReason;
import dev.jbpfilter.ruleset.ParseResult;
import dev.jbpfilter.ruleset.Texts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks of complete chains, their order, and rules that are disabled. */
class CheckTableTest {
  private static final String EMPTY = " references empty set, rule will be disabled";
  private static final String NEGATED = " references empty set, negated reference always matches";
  private static final String LAYERS =
      " has incompatible matchers on the same layer, rule will be disabled";

  /** Rules with the warning about them, none if they are enabled. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          (tcp.dport) in {} | empty
          (tcp.dport) in none | empty
          (tcp.dport) in some (tcp.dport) in none | empty
          (tcp.dport) not in {} | negated
          (tcp.dport) not in none | negated
          (tcp.dport) in some |
          (tcp.dport) not in some |
          ip4.saddr 1.1.1.1 ip6.saddr ::1 | layers
          ip4.proto tcp ip6.nexthdr tcp | layers
          ip4.dscp ef ip6.dscp ef | layers
          ip4.snet 1.1.1.1/8 (ip6.daddr) in {::1} | layers
          (ip4.saddr, ip6.saddr) in {1.1.1.1,::1} | layers
          tcp.dport 1 udp.dport 1 | layers
          tcp.flags syn icmp.type 8 | layers
          udp.sport 1 icmpv6.code 1 | layers
          icmp.type 8 icmpv6.type 128 | layers
          tcp.dport not 1 udp.dport not 1 | layers
          (tcp.dport) in some udp.dport 1 | layers
          (tcp.dport) not in some (udp.dport) in {1} | layers
          (tcp.dport) in {} udp.dport 1 | empty
          ip4.saddr 1.1.1.1 icmpv6.type 1 |
          ip6.saddr ::1 icmp.type 1 |
          ip4.proto icmp icmpv6.type 1 |
          ip4.proto tcp udp.dport 1 |
          ip6.nexthdr udp tcp.dport 1 |
          meta.l3_proto ipv4 ip6.saddr ::1 |
          meta.l4_proto tcp udp.dport 1 |
          meta.sport 1 udp.dport 1 tcp.flags syn | layers
          ip4.saddr 1.1.1.1 ip4.saddr 2.2.2.2 |
          tcp.sport 1 tcp.sport 2 |
          """)
  void warnings(String matchers, String warning) {
    String text =
        Tables.CHAIN
            + "set none (tcp.dport) in {} set some (tcp.dport) in {1}"
            + " rule ip4.proto 6 DROP rule "
            + matchers
            + " log counter DROP";
    ParseResult result = Texts.parse(text);
    Chain chain = result.ruleset().orElseThrow().chains().getFirst();
    List<String> expected =
        warning == null
            ? List.of()
            : switch (warning) {
              case "empty" -> List.of("rule 1" + EMPTY);
              case "negated" -> List.of("rule 1" + NEGATED);
              case "layers" -> List.of("rule 1" + LAYERS);
              default -> throw new AssertionError(warning);
            };
    assertThat(result.diagnostics())
        .noneMatch(Diagnostic::isError)
        .extracting(Diagnostic::message)
        .isEqualTo(expected);
    assertThat(chain.warnings()).extracting(Diagnostic::message).isEqualTo(expected);
    // A disabled rule keeps its place.
    assertThat(chain.rules()).hasSize(2);
    DisabledReason reason = chain.disabledReason(chain.rules().get(1)).orElse(null);
    assertThat(reason)
        .isEqualTo(
            warning == null || warning.equals("negated")
                ? null
                : warning.equals("empty")
                    ? DisabledReason.EMPTY_SET
                    : DisabledReason.INCOMPATIBLE_LAYERS);
  }

  @Test
  void disabledRulesAreCheckedAgainstTheHook() {
    assertThat(
            Texts.refuse(
                    "chain a BF_HOOK_CGROUP_SOCK_ADDR_CONNECT4 ACCEPT"
                        + " rule (tcp.sport) in {} DROP")
                .message())
        .startsWith("set component 'tcp.sport' not compatible");
    assertThat(
            Texts.refuse("chain a BF_HOOK_XDP ACCEPT rule (tcp.sport) in {} mark 1 DROP").message())
        .startsWith("BF_HOOK_XDP chains can't set packet mark");
  }

  /** All that is wrong with a chain, in the order of the checks. */
  @Test
  void order() {
    ParseResult result =
        Texts.parse(
            """
            chain a BF_HOOK_CGROUP_SOCK_ADDR_CONNECT4{ifindex=2} CONTINUE
              rule ip6.daddr ::1 (tcp.sport) in {} (udp.dport) in {1} log link mark 1 DROP
              rule meta.iface lo REDIRECT lo out
            """);
    assertThat(result.errors())
        .extracting(error -> error.message().replaceAll("BF_HOOK\\w*", "HOOK"))
        .satisfiesExactlyInAnyOrder(
            policy -> assertThat(policy).isEqualTo("'CONTINUE' is not a valid chain policy"),
            log -> assertThat(log).startsWith("per-field log options are not supported by HOOK"),
            mark -> assertThat(mark).startsWith("HOOK chains can't set packet mark"),
            direct -> assertThat(direct).startsWith("matcher ip6.daddr is not compatible"),
            component -> assertThat(component).startsWith("set component 'tcp.sport' not"),
            second -> assertThat(second).startsWith("matcher meta.iface is not compatible"),
            verdict -> assertThat(verdict).startsWith("redirect is not supported by HOOK hook"),
            options -> assertThat(options).startsWith("hook option 'ifindex' is not supported"));
    assertThat(result.errors().getFirst().message()).contains("policy");
  }

  @Test
  void warningsComeInTheOrderOfTheRules() {
    assertThat(
            Texts.parse(
                    Tables.CHAIN
                        + "rule (tcp.dport) in {} DROP rule tcp.dport 1 udp.dport 1 DROP"
                        + " rule (tcp.dport) not in {} udp.dport 1 DROP")
                .diagnostics())
        .extracting(Diagnostic::message)
        .containsExactly(
            "rule 0" + EMPTY, "rule 1" + LAYERS, "rule 2" + NEGATED, "rule 2" + LAYERS);
  }
}
