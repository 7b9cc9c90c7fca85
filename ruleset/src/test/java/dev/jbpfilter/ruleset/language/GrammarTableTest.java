package dev.jbpfilter.ruleset.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Direction;
import dev.jbpfilter.ruleset.Log;
import dev.jbpfilter.ruleset.Policy;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.Texts;
import dev.jbpfilter.ruleset.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar: chains, rules, their options and verdicts. */
class GrammarTableTest {
  private static final String XDP = "chain a BF_HOOK_XDP ";

  /** What may not stand where, and what is said to be expected there. */
  @ParameterizedTest(name = "{index} {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `` | end of file, expecting CHAIN
          ` ` | end of file, expecting CHAIN
          # only | end of file, expecting CHAIN
          rule ip4.proto 6 DROP | RULE, expecting CHAIN
          set s (ip4.saddr) in {} | SET, expecting CHAIN
          chain | end of file, expecting STRING
          chain chain | CHAIN, expecting STRING
          chain a-b BF_HOOK_XDP ACCEPT | invalid token, expecting HOOK
          chain a/b BF_HOOK_XDP ACCEPT | invalid token, expecting HOOK
          chain a.b BF_HOOK_XDP ACCEPT | invalid token, expecting HOOK
          chain a b BF_HOOK_XDP ACCEPT | STRING, expecting HOOK
          chain a | end of file, expecting HOOK
          chain a ACCEPT | VERDICT, expecting HOOK
          chain a BF_HOOK_XDP | end of file, expecting RAW_HOOKOPT or VERDICT
          chain a BF_HOOK_XDP accept | STRING, expecting RAW_HOOKOPT or VERDICT
          chain a BF_HOOK_XDP REDIRECT lo out | REDIRECT_TOKEN, expecting RAW_HOOKOPT or VERDICT
          chain a BF_HOOK_XDP rule ip4.proto 6 DROP | RULE, expecting RAW_HOOKOPT or VERDICT
          chain a BF_HOOK_XDP ACCEPT ACCEPT | VERDICT, expecting SET or RULE or CHAIN or end of file
          chain a BF_HOOK_XDP ACCEPT ifindex=2 | RAW_HOOKOPT, expecting SET or RULE or CHAIN or end of file
          chain a BF_HOOK_XDP ACCEPT set | end of file, expecting STRING
          chain a BF_HOOK_XDP ACCEPT set s | end of file, expecting SET_TYPE
          chain a BF_HOOK_XDP ACCEPT set s {1.1.1.1} | STRING, expecting SET_TYPE
          chain a BF_HOOK_XDP ACCEPT set s (ip4.saddr) | end of file, expecting MATCHER_OP or SET_RAW_PAYLOAD
          chain a BF_HOOK_XDP ACCEPT set s (ip4.saddr) not in {} | NEGATE, expecting MATCHER_OP or SET_RAW_PAYLOAD
          chain a BF_HOOK_XDP ACCEPT set s (ip4.saddr) in t | STRING, expecting SET_RAW_PAYLOAD
          chain a BF_HOOK_XDP ACCEPT set (ip4.saddr) in {} | SET_TYPE, expecting STRING
          chain a BF_HOOK_XDP ACCEPT rule | end of file, expecting SET_TYPE or MATCHER_TYPE
          chain a BF_HOOK_XDP ACCEPT rule DROP | VERDICT, expecting SET_TYPE or MATCHER_TYPE
          chain a BF_HOOK_XDP ACCEPT rule log DROP | LOG, expecting SET_TYPE or MATCHER_TYPE
          chain a BF_HOOK_XDP ACCEPT rule counter DROP | COUNTER, expecting SET_TYPE or MATCHER_TYPE
          chain a BF_HOOK_XDP ACCEPT rule not ip4.proto 6 DROP | NEGATE, expecting SET_TYPE or MATCHER_TYPE
          chain a BF_HOOK_XDP ACCEPT rule ip4.proto 6 DROP set s (ip4.saddr) in {} | SET, expecting RULE or CHAIN or end of file
          chain a BF_HOOK_XDP ACCEPT rule ip4.proto 6 DROP counter | COUNTER, expecting RULE or CHAIN or end of file
          chain a BF_HOOK_XDP ACCEPT rule ip4.proto 6 DROP ip4.proto 7 DROP | MATCHER_TYPE, expecting RULE or CHAIN or end of file
          chain a BF_HOOK_XDP ACCEPT rule ip4.proto 6 | end of file
          chain a BF_HOOK_XDP ACCEPT rule ip4.proto 6 counter ip4.saddr 1.1.1.1 DROP | MATCHER_TYPE
          chain a BF_HOOK_XDP ACCEPT rule ip4.proto 6 rule ip4.proto 7 DROP | RULE
          chain a BF_HOOK_XDP ACCEPT rule ip4.proto 6 every 1s DROP | EVERY
          chain a BF_HOOK_XDP ACCEPT rule ip4.proto 6 counter log every 1s link DROP | STRING
          chain a BF_HOOK_XDP ACCEPT rule ip4.proto 6 log counter every 1s DROP | EVERY
          chain a BF_HOOK_XDP ACCEPT rule (ip4.saddr) not not in {} DROP | NEGATE, expecting MATCHER_OP or SET_RAW_PAYLOAD or STRING
          chain a BF_HOOK_XDP ACCEPT rule (ip4.saddr) in not {} DROP | NEGATE, expecting SET_RAW_PAYLOAD or STRING
          chain a BF_HOOK_XDP ACCEPT rule (ip4.saddr) DROP | VERDICT, expecting NEGATE or MATCHER_OP or SET_RAW_PAYLOAD or STRING
          """)
  void syntaxErrors(String text, String unexpected) {
    assertThat(Texts.refuse(text).message())
        .startsWith("syntax error, unexpected " + unexpected + ": ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "_x", "in", "a_B_9", "0x10", "__bf_stagin_", "bf_staging_x"})
  void chainNames(String name) {
    assertThat(Texts.chain("chain " + name + " BF_HOOK_XDP DROP").name()).isEqualTo(name);
  }

  @Test
  void namesOfFilesAreBounded() {
    assertThat(Texts.chain("chain " + "x".repeat(255) + " BF_HOOK_XDP DROP").name()).hasSize(255);
    assertThat(Texts.refuse("chain " + "x".repeat(256) + " BF_HOOK_XDP DROP").message())
        .endsWith(": File name too long");
    for (String name : List.of("__bf_staging_", "__bf_staging_1")) {
      assertThat(Texts.refuse("chain " + name + " BF_HOOK_XDP DROP").message())
          .contains("'" + name + "'");
    }
  }

  @Test
  void chainsOfOneNameAreOneTextsAffair() {
    assertThat(Texts.accept("chain a BF_HOOK_XDP DROP chain a BF_HOOK_TC_EGRESS NEXT").chains())
        .extracting(Chain::hook)
        .doesNotHaveDuplicates()
        .hasSize(2);
  }

  @Test
  void policies() {
    for (Policy policy : Policy.values()) {
      assertThat(Texts.chain(XDP + policy).policy()).isEqualTo(policy);
    }
    assertThat(Policy.values()).hasSize(3);
    assertThat(Texts.refuse(XDP + "CONTINUE").message())
        .isEqualTo("'CONTINUE' is not a valid chain policy");
  }

  @Test
  void rulesAreNumberedInOrder() {
    Chain chain = Texts.chain(XDP + "DROP " + "rule ip4.proto 6 DROP ".repeat(300));
    assertThat(chain.rules()).hasSize(300);
    assertThat(chain.rules().get(299).index()).isEqualTo(299);
    assertThat(Texts.chain(XDP + "DROP").rules()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          log | 255
          log link | 1
          log internet | 2
          log transport | 4
          log link,internet,transport | 7
          log transport , link | 5
          log LINK,Link,link | 1
          log internet,transport counter | 6
          """)
  void logs(String option, int headers) {
    assertThat(Tables.rule("ip4.proto 6 " + option + " DROP").log()).isEqualTo(new Log(headers, 0));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          log link, DROP | syntax error, unexpected VERDICT, expecting STRING
          log ,link DROP | syntax error, unexpected ','
          log link,,internet DROP | syntax error, unexpected ',', expecting STRING
          log link internet DROP | syntax error, unexpected STRING
          log foo DROP | unknown packet header 'foo'
          log link,ethernet DROP | unknown packet header 'ethernet'
          log 1 DROP | unknown packet header '1'
          log every DROP | syntax error, unexpected VERDICT, expecting STRING
          log log DROP | duplicate keyword "log" in rule
          log counter log link DROP | duplicate keyword "log" in rule
          counter counter DROP | duplicate keyword "counter" in rule
          mark 1 mark 1 DROP | duplicate keyword "mark" in rule
          """)
  void badOptions(String option, String message) {
    assertThat(Tables.refusal("ip4.proto 6 " + option)).startsWith(message);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "1ns, 1",
    "1us, 1000",
    "1ms, 1000000",
    "1s, 1000000000",
    "1.5s, 1500000000",
    "0.5ns, 1",
    "1.4ns, 1",
    "1.5ns, 2",
    "00001.50s, 1500000000",
    "86400s, 86400000000000",
    "1e3ns, 1000",
    "18446744073s, 18446744073000000000",
    "18446744073709551615ns, 18446744073709551615"
  })
  void rates(String rate, String nanos) {
    for (String log : List.of("log every ", "log link every ")) {
      Log read = Tables.rule("ip4.proto 6 " + log + rate + " DROP").log();
      assertThat(read).extracting(l -> Long.toUnsignedString(l.intervalNanos())).isEqualTo(nanos);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0s",
        "0.4ns",
        "0ns",
        "1m",
        "1h",
        "1S",
        "1",
        "1NS",
        "1sec",
        "18446744073709551616ns",
        "18446744074s",
        "ns",
        "1_s",
        "1e99s"
      })
  void badRates(String rate) {
    assertThat(Tables.refusal("ip4.proto 6 log every " + rate + " DROP"))
        .startsWith("invalid rate '" + rate + "': ");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "0, 0",
    "-0, 0",
    "1, 1",
    "010, 8",
    "0x10, 16",
    "0XfF, 255",
    "4294967295, 4294967295",
    "0xffffffff, 4294967295"
  })
  void marks(String written, long mark) {
    for (String hook : List.of("TC_EGRESS", "CGROUP_SKB_INGRESS")) {
      Rule rule =
          Texts.rule(
              "chain a BF_HOOK_" + hook + " DROP rule ip4.proto 6 mark " + written + " DROP");
      assertThat(rule.mark()).isEqualTo(mark);
    }
    assertThat(Tables.rule("ip4.proto 6 DROP").mark()).isNull();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "-1, should be positive",
    "-0x1, should be positive",
    "0x100000000, should be at most 0xffffffff",
    "4294967296, should be at most 0xffffffff",
    "99999999999999999999, should be at most 0xffffffff",
    "08, can't be parsed",
    "0x, can't be parsed",
    "1x, can't be parsed",
    "ff, can't be parsed",
    "-x, can't be parsed"
  })
  void badMarks(String mark, String why) {
    assertThat(Tables.refusal("ip4.proto 6 mark " + mark + " DROP"))
        .startsWith("mark ")
        .contains(why)
        .contains("'" + mark + "'");
  }

  @Test
  void verdicts() {
    for (Verdict.Basic verdict : Verdict.Basic.values()) {
      for (String hook : List.of("XDP", "TC_INGRESS", "NF_FORWARD", "CGROUP_SOCK_ADDR_CONNECT4")) {
        String text = "chain a BF_HOOK_" + hook + " DROP rule meta.dport 6 " + verdict;
        assertThat(Texts.rule(text).verdict()).isEqualTo(verdict);
      }
    }
    assertThat(Verdict.Basic.values()).hasSize(4);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "lo, 1",
    "eth0, 2",
    "eth0.1, 7",
    "1, 1",
    "99999, 99999",
    "4294967295, 4294967295",
    "007, 7"
  })
  void redirections(String target, long index) {
    assertThat(Tables.rule("ip4.proto 6 REDIRECT " + target + " in").verdict())
        .isEqualTo(new Verdict.Redirect(index, Direction.IN));
    assertThat(Tables.rule("ip4.proto 6 REDIRECT " + target + " out").verdict())
        .isEqualTo(new Verdict.Redirect(index, Direction.OUT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "4294967296", "nope", "0x1", "1x"})
  void badTargets(String target) {
    assertThat(Tables.refusal("ip4.proto 6 REDIRECT " + target + " out"))
        .isEqualTo("interface '" + target + "' not found");
  }
}
