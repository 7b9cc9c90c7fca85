package dev.jbpfilter.ruleset.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.ruleset.FieldMatcher;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.Log;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.PayloadText;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every name of a value: read whatever its case, listed as in the table. */
class NameTableTest {

  /**
   * The names with their values; a third word is what the value is listed as, if that is another.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          meta.l3_proto | ipv4 2048, ipv6 34525
          meta.l4_proto ip4.proto ip6.nexthdr | hop 0, icmp 1, igmp 2, tcp 6, udp 17, routing 43, \
          frag 44, gre 47, ah 51, icmpv6 58, dst 60, mh 135
          icmp.type | echo-reply 0, destination-unreachable 3, source-quench 4, redirect 5, \
          echo-request 8, router-advertisement 9, router-solicitation 10, time-exceeded 11, \
          parameter-problem 12, timestamp-request 13, timestamp-reply 14, info-request 15, \
          info-reply 16, address-mask-request 17, address-mask-reply 18
          icmpv6.type | destination-unreachable 1, packet-too-big 2, time-exceeded 3, \
          parameter-problem 4, echo-request 128, echo-reply 129, mld-listener-query 130, \
          mld-listener-report 131, mld-listener-reduction 132, nd-router-solicit 133, \
          nd-router-advert 134, nd-neighbor-solicit 135, nd-neighbor-advert 136, \
          mld2-listener-report 143
          ip4.dscp ip6.dscp | cs0 0, cs1 8, cs2 16, cs3 24, cs4 32, cs5 40, cs6 48, cs7 56, \
          af11 10, af12 12, af13 14, af21 18, af22 20, af23 22, af31 26, af32 28, af33 30, \
          af41 34, af42 36, af43 38, ef 46, voice-admit 44, le 1, nqb 45, be 0 cs0
          """)
  void names(String types, String names) {
    for (String type : types.split(" ", -1)) {
      for (String entry : names.split(", ", -1)) {
        String[] words = entry.split(" ", -1);
        Payload value = new Payload.Scalar(Integer.parseInt(words[1]));
        for (String word : List.of(words[0], words[0].toUpperCase(Locale.ROOT), mixed(words[0]))) {
          if (word.equals("REDIRECT")) {
            // A verdict wins over a payload of the same length.
            assertThat(Tables.refusal(type + " " + word + " DROP")).startsWith("syntax error");
            continue;
          }
          assertThat(Tables.matcher(type + " " + word).payload()).as(word).isEqualTo(value);
        }
        FieldMatcher byNumber = Tables.matcher(type + " " + words[1]);
        assertThat(byNumber.payload()).isEqualTo(value);
        for (PayloadText text :
            List.of(PayloadText.rules(), PayloadText.listing(InterfaceResolver.none()))) {
          assertThat(text.text(byNumber.type().payloadKind(), value))
              .isEqualTo(words[words.length == 2 ? 0 : 2]);
        }
      }
    }
  }

  private static String mixed(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          meta.l3_proto | arp ip ipv vlan
          meta.l4_proto | sctp esp ipip route
          ip4.proto | sctp esp route tc
          ip6.nexthdr | sctp esp route none
          icmp.type | packet-too-big echo echo_reply router-solicit
          icmpv6.type | router-advertisement redirect mld2
          ip4.dscp | cs8 af14 af51 af va default
          ip6.dscp | cs8 af14 ef1
          """)
  void otherNamesAreRefused(String type, String names) {
    for (String name : names.split(" ", -1)) {
      if (name.contains("_")) {
        assertThat(Tables.refusal(type + " " + name + " DROP")).startsWith("syntax error");
      } else {
        Tables.refusePayload(type, "eq", name, "Invalid argument");
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"fin, 1", "syn, 2", "rst, 4", "psh, 8", "ack, 16", "urg, 32", "ece, 64", "cwr, 128"})
  void flags(String name, int bit) {
    Payload value = new Payload.Flags(bit);
    for (String word : List.of(name, name.toUpperCase(Locale.ROOT), mixed(name) + ",")) {
      assertThat(Tables.matcher("tcp.flags " + word).payload()).isEqualTo(value);
    }
    assertThat(
            PayloadText.rules()
                .text(Tables.matcher("tcp.flags " + name).type().payloadKind(), value))
        .isEqualTo(name);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"link, 1", "internet, 2", "transport, 4"})
  void logHeaders(String name, int bit) {
    for (String word : List.of(name, name.toUpperCase(Locale.ROOT), mixed(name))) {
      assertThat(Tables.rule("ip4.proto 6 log " + word + " DROP").log())
          .isEqualTo(new Log(bit, 0))
          .extracting(Log::text)
          .isEqualTo("log " + name);
    }
  }

  /** Names come first where a word is a hexadecimal number, too. */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "ip4.dscp, ef, 46",
    "ip4.dscp, be, 0",
    "ip4.dscp, e, 14",
    "ip4.dscp, f, 15",
    "meta.l4_proto, ah, 51",
    "meta.l4_proto, a, 10",
    "meta.l4_proto, ff, 255",
    "icmp.code, ef, 239",
    "icmp.code, be, 190"
  })
  void namesBeforeNumbers(String type, String word, long value) {
    assertThat(Tables.matcher(type + " " + word).payload()).isEqualTo(new Payload.Scalar(value));
  }

  /** How numbers are read: decimal, then hexadecimal; as in C; decimal only. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "10, 10, 10, 10",
    "010, 10, 8, 10",
    "08, 8, refused, 8",
    "a, 10, refused, refused",
    "ff, 255, refused, refused",
    "0x10, 16, 16, refused",
    "0X1f, 31, 31, refused",
    "0x, refused, refused, refused",
    "1x, refused, refused, refused",
    "0xg, refused, refused, refused",
    "00, 0, 0, 0",
    "-1, refused, refused, refused",
    "-18446744073709551615, refused, refused, refused",
    "18446744073709551617, refused, refused, refused"
  })
  void numbers(String text, String decimalOrHex, String asInC, String decimal) {
    number("icmp.code", text, decimalOrHex);
    number("meta.flow_hash", text, decimalOrHex);
    number("meta.l4_proto", text, decimalOrHex);
    number("meta.mark", text, asInC);
    number("tcp.dport", text, decimal);
  }

  private static void number(String type, String text, String value) {
    if (value.equals("refused")) {
      assertThat(Tables.refusal(type + " " + text + " DROP"))
          .startsWith("\"" + type + " eq\" expects ")
          .contains("not '" + text + "'");
    } else {
      assertThat(Tables.matcher(type + " " + text).payload())
          .isEqualTo(new Payload.Scalar(Long.parseLong(value)));
    }
  }

  @Test
  void keywordsHaveOneCase() {
    for (String text :
        List.of("IP4.PROTO tcp DROP", "ip4.proto TCP drop", "ip4.proto tcp COUNTER DROP")) {
      assertThat(Tables.refusal(text)).startsWith("syntax error, unexpected STRING");
    }
    assertThat(Tables.refusal("ip4.proto EQ tcp DROP")).contains("not 'EQ'");
    assertThat(Tables.refusal("ip4.proto NOT tcp DROP")).contains("not 'NOT'");
  }
}
