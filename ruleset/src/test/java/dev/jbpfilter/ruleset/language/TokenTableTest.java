package dev.jbpfilter.ruleset.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.ruleset.Ruleset;
import dev.jbpfilter.ruleset.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Blanks, comments, reserved words, modes, and which of several shapes wins. */
class TokenTableTest {
  private static final String XDP = "chain a BF_HOOK_XDP ACCEPT";

  private static Ruleset meaning(String text) {
    return Texts.accept(text).withoutSpans();
  }

  /** Where nothing merges, nothing need be between; where anything is, it does not matter what. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "chain a BF_HOOK_XDP{ifindex=2}ACCEPT rule(ip4.saddr)in{1.1.1.1}counter DROP",
        "\tchain\ta\nBF_HOOK_XDP\n{ifindex=2}\n\nACCEPT\n\nrule (ip4.saddr)\nin {1.1.1.1} counter\tDROP\n",
        "chain a BF_HOOK_XDP{ifindex=2}ACCEPT rule(ip4.saddr)in{1.1.1.1}counter DROP#comment",
        "#chain b\nchain#{\na#}\nBF_HOOK_XDP{#\nifindex=2#\n}#\nACCEPT rule(ip4.saddr)in{1.1.1.1}counter DROP",
        "chain a BF_HOOK_XDP{ifindex=2}ACCEPT#rule\nrule#\n(ip4.saddr)#\nin#\n{1.1.1.1}#\ncounter#\nDROP",
        "chain a\fBF_HOOK_XDP{ifindex=2\r\n}\u000bACCEPT\r\nrule(ip4.saddr)in{\r\n1.1.1.1}counter\rDROP\r\n",
        "chain a BF_HOOK_XDP{ifindex=2}ACCEPT rule ( \t\n\r\f\u000bip4.saddr\n) in {1.1.1.1} counter DROP",
        "chain a BF_HOOK_XDP ifindex=2 ACCEPT rule (ip4.saddr) in {# } \n1.1.1.1# }\n} counter DROP",
      })
  void blanksAndComments(String text) {
    assertThat(meaning(text))
        .isEqualTo(
            meaning(
                "chain a BF_HOOK_XDP {ifindex=2} ACCEPT"
                    + " rule (ip4.saddr) in {1.1.1.1} counter DROP"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          meta.l4_proto6 DROP | meta.l4_proto 6 DROP
          tcp.dport80 DROP | tcp.dport 80 DROP
          meta.probability 50%DROP | meta.probability 50% DROP
          tcp.flags syn,ack counter DROP | tcp.flags eq syn,ack counter DROP
          ip4.saddr1.1.1.1tcp.dport 80 DROP | refused
          ip4.proto tcplog DROP | refused
          (ip4.saddr)not in{}ACCEPT | (ip4.saddr) not in {} ACCEPT
          ip4.proto tcp log link,internet every 1s counter DROP | ip4.proto tcp log link , internet every 1s counter DROP
          ip4.proto tcp log every1s DROP | refused
          ip4.proto tcp mark1 DROP | refused
          ip4.proto tcp REDIRECTlo in | refused
          """)
  void missingBlanks(String rule, String same) {
    if (same.equals("refused")) {
      Texts.refuse(Tables.RULE + rule);
    } else {
      assertThat(meaning(Tables.RULE + rule)).isEqualTo(meaning(Tables.RULE + same));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {";", "@", "\"", ".", "é", "\0", "\ufffd", "😀", "=", ")", "(", "]", "-", "*"})
  void strayCharacters(String stray) {
    String unexpected = "syntax error, unexpected invalid token";
    assertThat(Texts.refuse(stray + XDP).message()).startsWith(unexpected);
    assertThat(Texts.refuse(XDP + " rule ip4.proto 6 DROP " + stray).message())
        .startsWith(unexpected);
    assertThat(Texts.refuse(XDP + " rule ip4.proto 6 " + stray + " DROP").message())
        .startsWith(unexpected);
    // In a comment anything may stand.
    Texts.accept(XDP + "#" + stray);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chain",
        "rule",
        "set",
        "not",
        "counter",
        "BF_HOOK_XDP",
        "BF_HOOK_X",
        "ACCEPT",
        "DROP",
        "CONTINUE",
        "NEXT",
        "REDIRECT",
        "mark",
        "log",
        "every"
      })
  void reservedWordsAreNoNames(String word) {
    String unexpected = "syntax error, unexpected ";
    assertThat(Texts.refuse("chain " + word + " BF_HOOK_XDP ACCEPT").message())
        .startsWith(unexpected);
    assertThat(Texts.refuse(XDP + " set " + word + " (ip4.saddr) in {}").message())
        .startsWith(unexpected);
    assertThat(Texts.refuse(XDP + " rule (ip4.saddr) in " + word + " DROP").message())
        .startsWith(unexpected);
    // They win the tie against a payload.
    assertThat(Texts.refuse(XDP + " rule meta.iface " + word + " DROP").message())
        .startsWith(unexpected);
    assertThat(Texts.refuse(XDP + " rule ip4.proto " + word + " DROP").message())
        .startsWith(unexpected);
    // A longer word is free.
    for (String longer : new String[] {word + "1", word + "_", "_" + word, "x" + word}) {
      if (!longer.startsWith("BF_HOOK_")) {
        Texts.accept(
            "chain %s BF_HOOK_XDP ACCEPT set %s (ip4.saddr) in {} rule (ip4.saddr) in %s DROP"
                .formatted(longer, longer, longer));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eq",
        "any",
        "all",
        "range",
        "out",
        "link",
        "internet",
        "transport",
        "ifindex",
        "family",
        "accept",
        "Chain",
        "ip4",
        "saddr",
        "tcp",
        "XDP",
        "1",
        "_",
        "0x",
        "1s",
        "define",
        "include"
      })
  void otherWordsAreNames(String word) {
    Texts.accept(
        "chain %s BF_HOOK_XDP ACCEPT set %s (ip4.saddr) in {} rule (ip4.saddr) in %s DROP"
            .formatted(word, word, word));
  }

  @Test
  void inIsAnOperatorInASetOnly() {
    Texts.accept("chain in BF_HOOK_XDP ACCEPT set in (ip4.saddr) in {}");
  }

  /** An operator that the mode of the type does not know is read as what else it could be. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tcp.dport in 80 DROP | "tcp.dport eq" expects | not 'in'
          tcp.dport any 80 DROP | "tcp.dport eq" expects | not 'any'
          ip4.proto any icmp DROP | "ip4.proto eq" expects | not 'any'
          ip4.proto range 1-2 DROP | "ip4.proto eq" expects | not 'range'
          tcp.flags range syn DROP | "tcp.flags eq" expects | not 'range'
          meta.mark in 1 DROP | "meta.mark eq" expects | not 'in'
          ip6.saddr in ::1 DROP | "ip6.saddr eq" expects | not 'in'
          ip4.saddr any 1.1.1.1 DROP | syntax error | unexpected STRING
          ip4.saddr in 1.1.1.1 DROP | syntax error | unexpected STRING
          ip4.snet in 1.1.1.1/8 DROP | syntax error | unexpected STRING
          meta.probability in 5% DROP | syntax error | unexpected STRING
          (ip4.saddr) eq {1.1.1.1} DROP | only the 'in' | supported for sets
          (ip4.saddr) range s DROP | only the 'in' | supported for sets
          (ip4.saddr) in in DROP | syntax error | unexpected MATCHER_OP
          """)
  void operatorsBelongToModes(String rule, String start, String quoted) {
    assertThat(Tables.refusal(rule)).startsWith(start).contains(quoted);
  }

  /** The longest shape wins: a word with an underscore is longer than a payload. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp.sport 80_",
        "icmp.code 4_4",
        "ip4.proto t_p",
        "ip4.dscp cs_0",
        "icmp.type echo_reply",
        "meta.mark 1_0",
        "meta.flow_hash 1_",
        "tcp.flags syn_ack",
        "ip6.saddr 1_2",
        "meta.l3_proto ip_v4"
      })
  void wordsMayBeLongerThanPayloads(String matcher) {
    assertThat(Tables.refusal(matcher + " DROP")).startsWith("syntax error, unexpected STRING");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ip6.saddr ::ffff:1.2.3.4",
        "ip6.saddr fe80::1%lo",
        "ip4.saddr 1.1.1.1/24",
        "ip6.saddr ::1/64",
        "ip4.saddr 1.1.1",
        "ip4.saddr 1.1.1.1.1",
        "ip4.saddr 1.1.1.",
        "ip4.snet 1.1.1.1",
        "ip4.snet 1.1.1.1/",
        "ip4.snet 1.1.1.1/8/8",
        "meta.probability 50 %",
        "meta.probability .5%",
        "tcp.dport 80-",
        "tcp.dport range 1-2-3",
        "tcp.flags syn, ack",
        "tcp.flags fin,,syn",
        "tcp.flags ,syn",
        "tcp.flags 0x2",
        "tcp.dport 80,90",
        "ip4.proto tcp,udp",
        "meta.iface eth0/1",
        "meta.l4_proto 6.5",
      })
  void shapesThatAreNone(String matcher) {
    assertThat(Tables.refusal(matcher + " DROP")).startsWith("syntax error, unexpected ");
  }

  /** Set mode outlives a named set, until something else begins a mode. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          rule (ip4.saddr) in s DROP chain in BF_HOOK_XDP ACCEPT | refused
          rule (ip4.saddr) in s DROP chain b BF_HOOK_XDP ACCEPT | accepted
          rule (ip4.saddr) in s tcp.dport 80 DROP chain in BF_HOOK_XDP ACCEPT | accepted
          rule (ip4.saddr) in s mark 1 DROP chain in BF_HOOK_XDP ACCEPT | accepted
          rule (ip4.saddr) in s log every 1s DROP chain in BF_HOOK_XDP ACCEPT | accepted
          rule (ip4.saddr) in s REDIRECT lo in chain in BF_HOOK_XDP ACCEPT | accepted
          rule (ip4.saddr) in s log DROP chain in BF_HOOK_XDP ACCEPT | refused
          rule (ip4.saddr) in {1.1.1.1} DROP chain in BF_HOOK_XDP ACCEPT | accepted
          rule (ip4.saddr) in s DROP rule (ip4.saddr) in {} DROP chain in BF_HOOK_XDP ACCEPT | accepted
          """)
  void setModeSurvives(String rules, String verdict) {
    String text = Tables.CHAIN + "set s (ip4.saddr) in {1.1.1.1} " + rules;
    if (verdict.equals("accepted")) {
      Texts.accept(text);
    } else {
      assertThat(Texts.refuse(text).message())
          .startsWith("syntax error, unexpected MATCHER_OP, expecting STRING");
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ip4.proto 6 mark 1_0 DROP | mark value '1_0' can't be parsed
          ip4.proto 6 mark abc DROP | mark value 'abc' can't be parsed
          ip4.proto 6 mark log DROP | mark value 'log' can't be parsed
          ip4.proto 6 mark every DROP | mark value 'every' can't be parsed
          ip4.proto 6 mark mark 1 DROP | syntax error, unexpected MARK, expecting STRING
          ip4.proto 6 mark DROP | syntax error, unexpected VERDICT, expecting STRING
          ip4.proto 6 log every 1S DROP | invalid rate '1S'
          ip4.proto 6 log every 1 DROP | invalid rate '1'
          ip4.proto 6 log every 1.5S DROP | invalid rate '1.5S'
          ip4.proto 6 log every every DROP | syntax error, unexpected EVERY, expecting STRING
          ip4.proto 6 log every .5s DROP | syntax error, unexpected invalid token, expecting STRING
          ip4.proto 6 log every 1 s DROP | invalid rate '1'
          ip4.proto 6 REDIRECT DROP in | syntax error, unexpected VERDICT, expecting REDIRECT_IFACE
          ip4.proto 6 REDIRECT lo up | syntax error, unexpected STRING, expecting REDIRECT_DIR
          ip4.proto 6 REDIRECT lo OUT | syntax error, unexpected STRING, expecting REDIRECT_DIR
          (ip4.saddr) in {1.1.1.1 DROP | syntax error, unexpected invalid token, expecting SET_RAW_PAYLOAD or STRING
          """)
  void otherModes(String rule, String start) {
    assertThat(Tables.refusal(rule)).startsWith(start);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mark", "log", "every", "in", "out", "eq", "link", "set_", "a-b", "a_b", "a.b"})
  void interfacesMayBeWords(String word) {
    assertThat(Texts.refuse(Tables.RULE + "ip4.proto 6 REDIRECT " + word + " in").message())
        .startsWith("interface '" + word + "' not found");
  }
}
