package dev.jbpfilter.ruleset.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.ruleset.FieldMatcher;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Operator;
import dev.jbpfilter.ruleset.Payload;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The matchers: operators, payloads, bounds. */
class MatcherTableTest {
  private static final List<String> OPERATORS = List.of("eq", "any", "all", "range");

  /**
   * Each matcher with a payload, its value, the operators it has besides {@code eq}, and what its
   * mode makes of an operator that it does not have: a payload that is refused, or, if it has not
   * the shape of one, a word where none may stand.
   */
  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 | meta.iface | lo | 1 | | payload
          1 | meta.l3_proto | ipv4 | 2048 | | payload
          2 | meta.l4_proto | tcp | 6 | | payload
          3 | meta.probability | 50% | 50% | | word
          4 | meta.sport | 80 | 80 | range | payload
          5 | meta.dport | 80 | 80 | range | payload
          6 | meta.mark | 0x10 | 16 | | payload
          7 | meta.flow_hash | 15 | 15 | range | payload
          8 | meta.flow_probability | 50% | 50% | | word
          9 | ip4.saddr | 1.2.3.4 | x01020304 | | word
          10 | ip4.snet | 1.2.3.4/8 | x01020304/8 | | word
          11 | ip4.daddr | 1.2.3.4 | x01020304 | | word
          12 | ip4.dnet | 1.2.3.4/8 | x01020304/8 | | word
          13 | ip4.proto | udp | 17 | | payload
          14 | ip4.dscp | ef | 46 | | payload
          15 | ip6.saddr | ::1 | x00000000000000000000000000000001 | | payload
          16 | ip6.snet | 1::2/8 | x00010000000000000000000000000002/8 | | payload
          17 | ip6.daddr | ::1 | x00000000000000000000000000000001 | | payload
          18 | ip6.dnet | 1::2/8 | x00010000000000000000000000000002/8 | | payload
          19 | ip6.nexthdr | frag | 44 | | payload
          20 | ip6.dscp | ef | 46 | | payload
          21 | tcp.sport | 80 | 80 | range | payload
          22 | tcp.dport | 80 | 80 | range | payload
          23 | tcp.flags | syn,ack | flags 18 | any all | payload
          24 | udp.sport | 80 | 80 | range | payload
          25 | udp.dport | 80 | 80 | range | payload
          26 | icmp.type | echo-request | 8 | | payload
          27 | icmp.code | 7 | 7 | | payload
          28 | icmpv6.type | echo-request | 128 | | payload
          29 | icmpv6.code | 7 | 7 | | payload
          """)
  void operators(
      int number, String type, String payload, String value, String operators, String other) {
    Payload expected = Tables.payload(value);
    check(type + " " + payload, type, Operator.EQ, false, expected);
    check(type + " not " + payload, type, Operator.EQ, true, expected);
    check(type + " eq " + payload, type, Operator.EQ, false, expected);
    check(type + " not eq " + payload, type, Operator.EQ, true, expected);
    for (String operator : OPERATORS) {
      boolean known = operator.equals("eq") || (operators != null && operators.contains(operator));
      String written = type + " " + operator + " ";
      if (!known && other.equals("payload")) {
        assertThat(Tables.refusal(written + payload + " DROP"))
            .startsWith("\"" + type + " eq\" expects ")
            .contains("not '" + operator + "'");
      } else if (!known) {
        assertThat(Tables.refusal(written + payload + " DROP"))
            .startsWith("syntax error, unexpected STRING");
      } else if (operator.equals("range")) {
        check(written + "1-7", type, Operator.RANGE, false, new Payload.Range(1, 7));
        check(type + " not range 1-7", type, Operator.RANGE, true, new Payload.Range(1, 7));
      } else {
        check(written + payload, type, operator(operator), false, expected);
        check(type + " not " + operator + " " + payload, type, operator(operator), true, expected);
      }
    }
    assertThat(MatcherType.ofKeyword(type).orElseThrow().code()).isEqualTo(number);
    // Membership is for set keys only.
    assertThat(Tables.refusal(type + " in {" + payload + "} DROP")).isNotEmpty();
    assertThat(Tables.refusal(type + " eq not " + payload + " DROP")).startsWith("syntax error");
    assertThat(Tables.refusal(type + " not not " + payload + " DROP")).startsWith("syntax error");
    assertThat(Tables.refusal("not " + type + " " + payload + " DROP")).startsWith("syntax error");
    assertThat(Tables.refusal(type + " DROP")).startsWith("syntax error, unexpected VERDICT");
  }

  private static Operator operator(String keyword) {
    return Operator.ofKeyword(keyword).orElseThrow();
  }

  private static void check(
      String text, String type, Operator operator, boolean negated, Payload payload) {
    FieldMatcher matcher = Tables.matcher(text);
    assertThat(matcher.type().keyword()).isEqualTo(type);
    assertThat(matcher.operator()).isEqualTo(operator);
    assertThat(matcher.negated()).isEqualTo(negated);
    assertThat(matcher.payload()).isEqualTo(payload);
  }

  /** What is within bounds, and what it means. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          meta.iface 1 | 1
          meta.iface 4294967295 | 4294967295
          meta.iface 010 | 10
          meta.iface eth0 | 2
          meta.iface eth0.1 | 7
          meta.l3_proto 0 | 0
          meta.l3_proto 65535 | 65535
          meta.l3_proto ffff | 65535
          meta.l4_proto 0 | 0
          meta.l4_proto 255 | 255
          meta.sport 0 | 0
          meta.sport 65535 | 65535
          meta.dport 000080 | 80
          meta.sport range 0-65535 | 0..65535
          meta.dport range 080-0080 | 80..80
          meta.mark 0 | 0
          meta.mark -0 | 0
          meta.mark 0xffffffff | 4294967295
          meta.mark 037777777777 | 4294967295
          meta.flow_hash 0 | 0
          meta.flow_hash 4294967295 | 4294967295
          meta.flow_hash ffffffff | 4294967295
          meta.flow_hash range 0-0xffffffff | 0..4294967295
          meta.flow_hash range 1-eff | 1..3839
          meta.flow_hash range 0xa-a | 10..10
          ip4.saddr 0.0.0.0 | x00000000
          ip4.daddr 255.255.255.255 | xffffffff
          ip4.snet 10.1.2.3/0 | x0a010203/0
          ip4.snet 10.1.2.3/32 | x0a010203/32
          ip4.dnet 10.1.2.3/008 | x0a010203/8
          ip4.proto 255 | 255
          ip4.dscp 0 | 0
          ip4.dscp 63 | 63
          ip4.dscp 3f | 63
          ip6.saddr :: | x00000000000000000000000000000000
          ip6.saddr 2001:DB8::aBcD | x20010db800000000000000000000abcd
          ip6.daddr 1:2:3:4:5:6:7:8 | x00010002000300040005000600070008
          ip6.snet ::/0 | x00000000000000000000000000000000/0
          ip6.snet fe80::1/10 | xfe800000000000000000000000000001/10
          ip6.dnet ::1/128 | x00000000000000000000000000000001/128
          ip6.nexthdr 255 | 255
          ip6.dscp 0x2e | 46
          tcp.sport 0 | 0
          tcp.dport 65535 | 65535
          tcp.dport range 0-0 | 0..0
          udp.sport 65535 | 65535
          udp.dport range 1-65535 | 1..65535
          tcp.flags fin | flags 1
          tcp.flags syn,ack,syn | flags 18
          tcp.flags cwr,ece,urg,ack,psh,rst,syn,fin | flags 255
          tcp.flags SYN, | flags 2
          icmp.type 255 | 255
          icmp.type ff | 255
          icmp.code 0 | 0
          icmp.code 255 | 255
          icmp.code 0XFf | 255
          icmpv6.type 0 | 0
          icmpv6.code 255 | 255
          """)
  void withinBounds(String text, String value) {
    assertThat(Tables.matcher(text).payload()).isEqualTo(Tables.payload(value));
  }

  /** What is not, with the error that the message ends with. */
  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          meta.iface | eq | 0 | Invalid argument
          meta.iface | eq | 4294967296 | Invalid argument
          meta.iface | eq | 0x10 | Invalid argument
          meta.iface | eq | nope | Invalid argument
          meta.iface | eq | -1 | Invalid argument
          meta.l3_proto | eq | 65536 | Invalid argument
          meta.l3_proto | eq | 10000 0 | syntax
          meta.l3_proto | eq | 0x10000 | Invalid argument
          meta.l3_proto | eq | arp | Invalid argument
          meta.l3_proto | eq | -1 | Invalid argument
          meta.l4_proto | eq | 256 | Invalid argument
          meta.l4_proto | eq | 0x100 | Invalid argument
          meta.l4_proto | eq | sctp | Invalid argument
          meta.sport | eq | 65536 |
          meta.sport | eq | 0x50 |
          meta.sport | eq | 80-90 |
          meta.sport | eq | http |
          meta.dport | eq | -1 |
          meta.dport | eq | 18446744073709551617 |
          meta.sport | range | 80 |
          meta.sport | range | 90-80 |
          meta.sport | range | 0-65536 |
          meta.sport | range | 0x1-2 |
          meta.sport | range | 1-0x2 |
          meta.sport | range | -1-2 |
          meta.dport | range | 1--2 |
          meta.dport | range | a-2 |
          meta.mark | eq | 0x100000000 | Invalid argument
          meta.mark | eq | 4294967296 | Invalid argument
          meta.mark | eq | -1 | Invalid argument
          meta.mark | eq | 08 | Invalid argument
          meta.mark | eq | 0x | Invalid argument
          meta.mark | eq | ff | Invalid argument
          meta.flow_hash | eq | 4294967296 | Invalid argument
          meta.flow_hash | eq | fffffffff | Invalid argument
          meta.flow_hash | eq | 1-2 | Invalid argument
          meta.flow_hash | eq | xyz | Invalid argument
          meta.flow_hash | range | a-b |
          meta.flow_hash | range | 2-1 |
          meta.flow_hash | range | 1-fffffffff |
          meta.flow_hash | range | 1 |
          ip4.saddr | eq | 256.1.1.1 |
          ip4.saddr | eq | 01.1.1.1 |
          ip4.saddr | eq | 0x1.1.1.1 |
          ip4.saddr | eq | a.b.c.d |
          ip4.daddr | eq | 1.1.1.-1 |
          ip4.daddr | eq | 1.1.1.1000 |
          ip4.snet | eq | 1.1.1.1/33 |
          ip4.snet | eq | 1.1.1.1/0x8 |
          ip4.snet | eq | 1.1.1.1/-1 |
          ip4.snet | eq | 1.1.1.1/4294967296 |
          ip4.snet | eq | 1.1.1.1/a |
          ip4.dnet | eq | 1.1.1.256/8 |
          ip4.proto | eq | 256 | Invalid argument
          ip4.proto | eq | esp | Invalid argument
          ip4.dscp | eq | 64 | Invalid argument
          ip4.dscp | eq | 40 5 | syntax
          ip4.dscp | eq | 0x40 | Invalid argument
          ip4.dscp | eq | af44 | Invalid argument
          ip6.saddr | eq | 1:2:3:4:5:6:7 |
          ip6.saddr | eq | 1::2::3 |
          ip6.saddr | eq | : |
          ip6.saddr | eq | g::1 |
          ip6.saddr | eq | 12345::1 |
          ip6.daddr | eq | 1 |
          ip6.snet | eq | ::1 |
          ip6.snet | eq | ::1/129 |
          ip6.snet | eq | ::1/ |
          ip6.snet | eq | /64 |
          ip6.snet | eq | ::1/64/64 |
          ip6.dnet | eq | ::1/4294967296 |
          ip6.dnet | eq | ::1/0x40 |
          ip6.nexthdr | eq | 256 | Invalid argument
          ip6.dscp | eq | 64 | Invalid argument
          tcp.sport | eq | 65536 |
          tcp.dport | eq | -18446744073709551615 |
          tcp.dport | range | 1-65536 |
          udp.sport | eq | 0x1 |
          udp.dport | range | 2-1 |
          tcp.flags | eq | foo |
          tcp.flags | any | syn,foo |
          tcp.flags | all | s |
          icmp.type | eq | 256 | Invalid argument
          icmp.type | eq | packet-too-big | Invalid argument
          icmp.code | eq | 256 | Invalid argument
          icmp.code | eq | 0x100 | Invalid argument
          icmp.code | eq | port | Invalid argument
          icmpv6.type | eq | 256 | Invalid argument
          icmpv6.type | eq | source-quench | Invalid argument
          icmpv6.code | eq | -1 | Invalid argument
          icmpv6.code | eq | xyz | Invalid argument
          """)
  void outOfBounds(String type, String operator, String payload, String tail) {
    if ("syntax".equals(tail)) {
      assertThat(Tables.refusal(type + " " + operator + " " + payload + " DROP"))
          .startsWith("syntax error, unexpected ");
    } else {
      Tables.refusePayload(type, operator, payload, tail == null ? "" : tail);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0% | 0
          100% | 100
          00100% | 100
          50.0% | 50
          33.33% | 33.33
          0.00001% | 0.00001
          12.3456789% | 12.3456789
          100.000% | 100
          """)
  void percentages(String text, float value) {
    for (String type : List.of("meta.probability ", "meta.flow_probability ")) {
      assertThat(Tables.matcher(type + text).payload()).isEqualTo(new Payload.Percentage(value));
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "100.1%, expects",
    "101%, expects",
    "999999999999%, expects",
    "50, syntax",
    "50 %, syntax",
    ".5%, syntax",
    "5.%, syntax",
    "-1%, syntax",
    "1e1%, syntax",
    "0x1%, syntax",
    "%, syntax"
  })
  void noPercentages(String text, String error) {
    for (String type : List.of("meta.probability", "meta.flow_probability")) {
      if (error.equals("expects")) {
        Tables.refusePayload(type, "eq", text, "");
      } else {
        assertThat(Tables.refusal(type + " " + text + " DROP"))
            .startsWith("syntax error, unexpected ");
      }
    }
  }

  @Test
  void duplicatesAndOrderAreKept() {
    assertThat(Tables.rule("meta.sport 1 tcp.dport 2 meta.sport 2 DROP").matchers())
        .extracting(matcher -> ((FieldMatcher) matcher).payload())
        .containsExactly(new Payload.Scalar(1), new Payload.Scalar(2), new Payload.Scalar(2));
  }
}
