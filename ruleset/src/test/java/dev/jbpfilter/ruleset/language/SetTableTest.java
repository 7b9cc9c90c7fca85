package dev.jbpfilter.ruleset.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Diagnostic;
import dev.jbpfilter.ruleset.FilterSet;
import dev.jbpfilter.ruleset.ParseResult;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.SetElements;
import dev.jbpfilter.ruleset.SetMatcher;
import dev.jbpfilter.ruleset.Texts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sets: keys, bodies, elements, names and references. */
class SetTableTest {

  private static SetElements elements(String key, String body) {
    Chain chain = Texts.chain(Tables.RULE + "(" + key + ") in {" + body + "} DROP");
    assertThat(chain.sets()).hasSize(1);
    assertThat(chain.sets().getFirst().isAnonymous()).isTrue();
    return chain.sets().getFirst().elements();
  }

  private static List<List<Payload>> values(SetElements elements) {
    List<List<Payload>> values = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      values.add(elements.payloads(i));
    }
    return values;
  }

  /** Each type that can be a component: its size in bytes, a value, and what is none. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ip4.saddr | 4 | 1.2.3.4 | x01020304 | 1.2.3.400
          ip4.daddr | 4 | 1.2.3.4 | x01020304 | 01.2.3.4
          ip4.proto | 1 | TCP | 6 | 256
          ip6.saddr | 16 | ::ffff:1.2.3.4 | x00000000000000000000ffff01020304 | ::1.2.3
          ip6.daddr | 16 | 1::F | x0001000000000000000000000000000f | 1::2::3
          ip6.nexthdr | 1 | 0x2b | 43 | 0x100
          tcp.sport | 2 | 080 | 80 | 0x50
          tcp.dport | 2 | 65535 | 65535 | 65536
          udp.sport | 2 | 0 | 0 | 1-2
          udp.dport | 2 | 53 | 53 | dns
          icmp.type | 1 | echo-request | 8 | 256
          icmp.code | 1 | a | 10 | xyz
          icmpv6.type | 1 | Echo-Request | 128 | -1
          icmpv6.code | 1 | 0 | 0 | 256
          """)
  void components(String type, int size, String text, String value, String bad) {
    Payload payload = Tables.payload(value);
    SetElements elements = elements(type, text);
    assertThat(values(elements)).containsExactly(List.of(payload));
    assertThat(elements.key().size()).isEqualTo(size);
    assertThat(values(elements(type + ", " + type, text + "," + text)))
        .containsExactly(List.of(payload, payload));
    refuseElement(type, bad);
  }

  private static void refuseElement(String type, String text) {
    assertThat(Tables.refusal("(" + type + ") in {" + text + "} DROP"))
        .startsWith("\"" + type + " in\" expects ")
        .contains("not '" + text + "'");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ip4.snet | 10.1.2.3/8 | x0a010203/8 | 10.0.0.0/33
          ip4.dnet | 0.0.0.0/0 | x00000000/0 | 10.0.0.0
          ip6.snet | fe80::1/010 | xfe800000000000000000000000000001/10 | ::1/129
          ip6.dnet | ::1.2.3.4/128 | x00000000000000000000000001020304/128 | ::1
          """)
  void networks(String type, String text, String value, String bad) {
    assertThat(values(elements(type, text))).containsExactly(List.of(Tables.payload(value)));
    refuseElement(type, bad);
    for (String key : List.of(type + ", tcp.dport", "tcp.dport, " + type, type + "," + type)) {
      assertThat(Tables.refusal("(" + key + ") in {} DROP"))
          .startsWith("network matchers can't be used in combination");
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "meta.iface, 0", "meta.l3_proto, 1", "meta.l4_proto, 2", "meta.probability, 3",
    "meta.sport, 4", "meta.dport, 5", "meta.mark, 6", "meta.flow_hash, 7",
    "meta.flow_probability, 8", "ip4.dscp, 14", "ip6.dscp, 20", "tcp.flags, 23"
  })
  void noComponents(String type, int number) {
    String message =
        "matcher '"
            + type
            + "' ("
            + number
            + ") is not supported as a set key:"
            + " Operation not supported";
    assertThat(Tables.refusal("(" + type + ") in {} DROP")).isEqualTo(message);
    assertThat(Tables.refusal("(tcp.dport, " + type + ") in {} DROP")).isEqualTo(message);
    assertThat(Texts.refuse(Tables.CHAIN + "set s (" + type + ") in {}").message())
        .isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ip4.foo", "a.b", "ip4.saddr_", "IP4.SADDR", "1.2"})
  void unknownComponents(String component) {
    assertThat(Tables.refusal("(tcp.dport, " + component + ") in {} DROP"))
        .startsWith("failed to parse set key component '" + component + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "()",
        "( )",
        "(ip4)",
        "(ip4.saddr,)",
        "(,ip4.saddr)",
        "(ip4.saddr;tcp.dport)",
        "(ip4.saddr tcp.dport)",
        "(ip4 .saddr)",
        "(ip4.saddr.x)",
        "(ip4.saddr",
        "((ip4.saddr))",
        "(ip4.saddr,,tcp.dport)",
        "(ip4.saddr # x\n)"
      })
  void keysThatAreNone(String key) {
    assertThat(Tables.refusal(key + " in {} DROP")).startsWith("syntax error, unexpected ");
    assertThat(Texts.refuse(Tables.CHAIN + "set s " + key + " in {}").message())
        .startsWith("syntax error, unexpected ");
  }

  @Test
  void keysAreBoundedInComponentsAndBytes() {
    assertThat(elements("icmp.code,".repeat(7) + "icmp.code", "").key().components()).hasSize(8);
    assertThat(Tables.refusal("(" + "icmp.code,".repeat(8) + "icmp.code) in {} DROP"))
        .contains("limited to 8 components")
        .endsWith(": Argument list too long");
    assertThat(elements("ip6.saddr,ip6.daddr,ip6.saddr,ip6.daddr", "").key().size()).isEqualTo(64);
    assertThat(Tables.refusal("(ip6.saddr,ip6.daddr,ip6.saddr,ip6.daddr,icmp.code) in {} DROP"))
        .contains("64 bytes, not 65")
        .endsWith(": Argument list too long");
    assertThat(Tables.refusal("(" + "ip6.saddr,".repeat(4) + "ip4.saddr) in {} DROP"))
        .contains("64 bytes, not 68");
  }

  /** Bodies with the ports that are their elements. */
  @ParameterizedTest(name = "{index}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          "80;443" | 80 443
          "80
          443" | 80 443
          ";;80;
          ;443;" | 80 443
          " 80 ;	443 " | 80 443
          "443;80;443;080;0080" | 443 80
          "80{443" | 80 443
          "{80{{443;" | 80 443
          "" | ""
          " " | ""
          ";" | ""
          "
             " | ""
          "
            80 # web; 81
            # 82 }
            443" | 80 443
          "#80
          443#" | 443
          "80,;,443,,;,," | 80 443
          """)
  void bodies(String body, String ports) {
    List<List<Payload>> expected = new ArrayList<>();
    for (String port : ports.isEmpty() ? new String[0] : ports.split(" ", -1)) {
      expected.add(List.of(new Payload.Scalar(Integer.parseInt(port))));
    }
    // The comma alone is an element without components.
    if (body.contains(";,,")) {
      assertThat(Tables.refusal("(tcp.dport) in {" + body + "} DROP")).contains("component");
      return;
    }
    String text = body.endsWith("#") ? body + "\n" : body;
    assertThat(values(elements("tcp.dport", text))).isEqualTo(expected);
    assertThat(values(elements("tcp.dport", text.replace("\n", "\r\n")))).isEqualTo(expected);
    assertThat(values(elements("tcp.dport", text.replace(" ", "\f\u000b")))).isEqualTo(expected);
  }

  /** Elements of a key of address and port. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          1.1.1.1,80 | good
          "1.1.1.1 , 80" | good
          "1.1.1.1	,	80" | good
          1.1.1.1,,80 | good
          ,1.1.1.1,80, | good
          1.1.1.1 | has a missing component of the key
          1.1.1.1, | has a missing component of the key
          , | has a missing component of the key
          1.1.1.1,80,81 | has more components than defined in the key
          1.1.1.1,80,81,82 | has more components than defined in the key
          "1.1.1.1, ,80" | "tcp.dport in" expects
          "1.1.1.1 80" | "ip4.saddr in" expects
          80,1.1.1.1 | "ip4.saddr in" expects
          1.1.1.1,x | "tcp.dport in" expects
          1.1.1.1:80 | "ip4.saddr in" expects
          'a' | "ip4.saddr in" expects
          """)
  void elementsOfTwoComponents(String element, String message) {
    String rule = "(ip4.saddr, tcp.dport) in {" + element + "} DROP";
    if (message.equals("good")) {
      assertThat(values(elements("ip4.saddr, tcp.dport", element)))
          .containsExactly(List.of(new Payload.Ipv4Address(0x01010101), new Payload.Scalar(80)));
    } else {
      assertThat(Tables.refusal(rule)).contains(message.replace("\"\"", "\""));
    }
  }

  @Test
  void commasDoNotSeparateElements() {
    assertThat(Texts.refuse(Tables.RULE + "(ip4.saddr) in {1.1.1.1,2.2.2.2} DROP"))
        .satisfies(error -> {
          assertThat(error.message())
              .contains("'1.1.1.1,2.2.2.2'")
              .contains("more components than defined in the key");
          assertThat(error.hint()).isNotNull();
        });
  }

  @Test
  void networksThatMatchTheSameAreOneElement() {
    assertThat(values(elements("ip4.snet", "10.0.0.1/8;10.0.0.2/8;10.0.0.0/9;10.0.0.1/8")))
        .containsExactly(
            List.of(new Payload.Ipv4Network(0x0a000001, 8)),
            List.of(new Payload.Ipv4Network(0x0a000000, 9)));
    assertThat(values(elements("ip6.dnet", "fd00::1/8;fd00::/8;fdff::/8;::/0;1::/0")))
        .containsExactly(
            List.of(new Payload.Ipv6Network(0xfd00_0000_0000_0000L, 1, 8)),
            List.of(new Payload.Ipv6Network(0, 0, 0)));
  }

  @Test
  void eachBodyIsASetOfItsOwn() {
    Chain chain =
        Texts.chain(
            Tables.CHAIN
                + "set unused (tcp.dport) in {1} set used (udp.dport) in {2}"
                + " rule (tcp.dport) in {1} (udp.dport) not in used (tcp.dport) in {1} DROP");
    assertThat(chain.sets())
        .extracting(FilterSet::name)
        .containsExactly("unused", "used", null, null);
    assertThat(chain.withoutSpans().rules().getFirst().matchers())
        .isEqualTo(
            List.of(new SetMatcher(2, false), new SetMatcher(1, true), new SetMatcher(3, false)));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rule (ip4.saddr, tcp.dport) in s DROP |
          rule ( ip4.saddr,tcp.dport ) not in s DROP |
          rule (tcp.dport, ip4.saddr) in s DROP | using named set 's', but key doesn't match
          rule (ip4.saddr) in s DROP | using named set 's', but key doesn't match
          rule (ip4.daddr, tcp.dport) in s DROP | using named set 's', but key doesn't match
          rule (ip4.saddr, tcp.dport) in S DROP | can't find set 'S'
          rule (ip4.saddr, tcp.dport) in t DROP | can't find set 't'
          chain b BF_HOOK_XDP DROP rule (ip4.saddr, tcp.dport) in s DROP | can't find set 's'
          rule (ip4.saddr, tcp.dport) s DROP | only the 'in' operator is supported for sets
          rule (ip4.saddr, tcp.dport) not s DROP | only the 'in' operator is supported for sets
          rule (ip4.saddr, tcp.dport) {1.1.1.1,1} DROP | only the 'in' operator is supported for sets
          """)
  void references(String rules, String message) {
    String text = Tables.CHAIN + "set s (ip4.saddr, tcp.dport) in {1.1.1.1,80} " + rules;
    if (message == null) {
      Texts.accept(text);
    } else {
      assertThat(Texts.refuse(text).message()).isEqualTo(message);
    }
    assertThat(Texts.refuse(Tables.CHAIN + "set s (ip4.saddr) {1.1.1.1}").message())
        .isEqualTo("only the 'in' operator is supported for sets");
  }

  @Test
  void theFirstSetOfANameCounts() {
    ParseResult result =
        Texts.parse(
            Tables.CHAIN
                + "set s (tcp.dport) in {1} set s (udp.dport) in {2} rule (tcp.dport) in s DROP");
    assertThat(result.ruleset().orElseThrow().chains().getFirst().sets()).hasSize(2);
    assertThat(result.diagnostics())
        .singleElement()
        .satisfies(warning -> {
          assertThat(warning.isError()).isFalse();
          assertThat(warning.message()).contains("'s'");
        })
        .isInstanceOf(Diagnostic.class);
  }

  @Test
  void thereIsNoBoundOnElements() {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < 65_536; i++) {
      body.append(i).append(i % 2 == 0 ? ';' : '\n');
    }
    assertThat(elements("tcp.dport", body.toString()).size()).isEqualTo(65_536);
  }
}
