package dev.jbpfilter.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What accepted texts mean. */
class RulesetParserTest {

  private static FieldMatcher matcher(String hook, String text) {
    Rule rule = Texts.rule("chain a BF_HOOK_" + hook + " ACCEPT rule " + text + " DROP");
    return (FieldMatcher) rule.matchers().getFirst();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          meta.iface lo | eq | 1
          meta.iface 5 | eq | 5
          meta.iface 010 | eq | 10
          meta.l3_proto ipv4 | eq | 2048
          meta.l3_proto IPv6 | eq | 34525
          meta.l3_proto 2048 | eq | 2048
          meta.l3_proto 0x0806 | eq | 2054
          meta.l3_proto 86dd | eq | 34525
          meta.l3_proto 65535 | eq | 65535
          meta.l4_proto tcp | eq | 6
          meta.l4_proto icmpv6 | eq | 58
          meta.l4_proto 010 | eq | 10
          meta.l4_proto 08 | eq | 8
          meta.l4_proto a | eq | 10
          meta.l4_proto ff | eq | 255
          meta.l4_proto 0XfF | eq | 255
          ip4.proto eq hop | eq | 0
          ip4.proto eq igmp | eq | 2
          ip4.proto eq udp | eq | 17
          ip4.proto eq gre | eq | 47
          ip4.proto eq mh | eq | 135
          ip6.nexthdr routing | eq | 43
          ip6.nexthdr frag | eq | 44
          ip6.nexthdr AH | eq | 51
          ip6.nexthdr dst | eq | 60
          ip4.dscp be | eq | 0
          ip4.dscp ef | eq | 46
          ip4.dscp 3f | eq | 63
          ip6.dscp voice-admit | eq | 44
          tcp.sport 080 | eq | 80
          tcp.dport eq 65535 | eq | 65535
          udp.sport 0 | eq | 0
          udp.dport 1 | eq | 1
          meta.sport 10 | eq | 10
          meta.dport 0 | eq | 0
          icmp.type echo-request | eq | 8
          icmp.type ECHO-REPLY | eq | 0
          icmp.type 255 | eq | 255
          icmp.code 0x10 | eq | 16
          icmp.code 10 | eq | 10
          icmp.code a | eq | 10
          icmpv6.type packet-too-big | eq | 2
          icmpv6.code 3 | eq | 3
          meta.mark 010 | eq | 8
          meta.mark 0xffffffff | eq | 4294967295
          meta.mark -0 | eq | 0
          meta.flow_hash 15 | eq | 15
          meta.flow_hash eff | eq | 3839
          """)
  void scalars(String text, String operator, long value) {
    FieldMatcher matcher = matcher("TC_INGRESS", text);
    assertThat(matcher.payload()).isEqualTo(new Payload.Scalar(value));
    assertThat(matcher.operator().keyword()).isEqualTo(operator);
    assertThat(matcher.negated()).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tcp.sport range 1-65535 | false | 1 | 65535
          tcp.dport not range 080-80 | true | 80 | 80
          udp.sport range 0-0 | false | 0 | 0
          udp.dport range 5-6 | false | 5 | 6
          meta.sport range 1-2 | false | 1 | 2
          meta.dport not range 1-2 | true | 1 | 2
          meta.flow_hash range 1-0xeff | false | 1 | 3839
          meta.flow_hash range 0xa-ffffffff | false | 10 | 4294967295
          """)
  void ranges(String text, boolean negated, long low, long high) {
    FieldMatcher matcher = matcher("TC_INGRESS", text);
    assertThat(matcher.operator()).isEqualTo(Operator.RANGE);
    assertThat(matcher.negated()).isEqualTo(negated);
    assertThat(matcher.payload()).isEqualTo(new Payload.Range(low, high));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tcp.flags syn | EQ | false | 2
          tcp.flags eq SYN,fin,syn, | EQ | false | 3
          tcp.flags any rst,psh,ack | ANY | false | 28
          tcp.flags not all urg,ECE,cwr | ALL | true | 224
          """)
  void flags(String text, Operator operator, boolean negated, int bits) {
    FieldMatcher matcher = matcher("XDP", text);
    assertThat(matcher.operator()).isEqualTo(operator);
    assertThat(matcher.negated()).isEqualTo(negated);
    assertThat(matcher.payload()).isEqualTo(new Payload.Flags(bits));
  }

  @Test
  void addresses() {
    assertThat(matcher("XDP", "ip4.saddr 255.0.0.1").payload())
        .isEqualTo(new Payload.Ipv4Address(0xff000001));
    assertThat(matcher("XDP", "ip4.snet not eq 10.1.2.3/008").payload())
        .isEqualTo(new Payload.Ipv4Network(0x0a010203, 8));
    assertThat(matcher("XDP", "ip6.daddr 2001:DB8::1").payload())
        .isEqualTo(new Payload.Ipv6Address(0x20010db800000000L, 1));
    assertThat(matcher("XDP", "ip6.dnet fe80::1/10").payload())
        .isEqualTo(new Payload.Ipv6Network(0xfe80000000000000L, 1, 10));
    assertThat(matcher("XDP", "meta.probability 33.33%").payload())
        .isEqualTo(new Payload.Percentage(33.33f));
    assertThat(matcher("TC_EGRESS", "meta.flow_probability 0%").payload())
        .isEqualTo(new Payload.Percentage(0));
  }

  @Test
  void ruleOptionsInAnyOrder() {
    String start = "chain a BF_HOOK_TC_INGRESS ACCEPT rule ip4.proto tcp ";
    Rule rule = Texts.rule(start + "mark 010 counter log LINK,Internet,link every 1.5s CONTINUE");
    assertThat(rule.mark()).isEqualTo(8L);
    assertThat(rule.counter()).isTrue();
    assertThat(rule.log()).isEqualTo(new Log(3, 1_500_000_000L));
    assertThat(rule.verdict()).isEqualTo(Verdict.Basic.CONTINUE);
    Rule plain = Texts.rule(start + "log REDIRECT lo in");
    assertThat(plain.log()).isEqualTo(new Log(Log.ALL_HEADERS, 0));
    assertThat(plain.mark()).isNull();
    assertThat(plain.counter()).isFalse();
    assertThat(plain.verdict()).isEqualTo(new Verdict.Redirect(1, Direction.IN));
    assertThat(Texts.rule(start + "log link,internet,transport mark 0 NEXT").log())
        .isEqualTo(new Log(7, 0));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "1s, 1000000000",
    "1000ms, 1000000000",
    "1.0015us, 1002",
    "0.5ns, 1",
    "1.5ns, 2",
    "1e3ns, 1000",
    "00001us, 1000",
    "18446744073s, -709551616",
    "18446744073709551615ns, -1"
  })
  void rates(String text, long nanos) {
    Log log =
        Texts.rule("chain a BF_HOOK_XDP DROP rule ip4.proto 6 log every " + text + " DROP").log();
    assertThat(log).isEqualTo(new Log(Log.ALL_HEADERS, nanos));
  }

  @Test
  void hookOptions() {
    assertThat(Texts.chain("chain a BF_HOOK_XDP ACCEPT").options()).isEqualTo(HookOptions.NONE);
    assertThat(Texts.chain("chain a BF_HOOK_XDP{} ACCEPT").options().isEmpty()).isTrue();
    assertThat(Texts.chain("chain a BF_HOOK_XDP ifindex=010 ACCEPT").options())
        .isEqualTo(HookOptions.ofIfindex(8));
    assertThat(Texts.chain("chain a BF_HOOK_TC_EGRESS{ifindex=0x10} ACCEPT").options())
        .isEqualTo(HookOptions.ofIfindex(16));
    assertThat(
            Texts.chain("chain a BF_HOOK_NF_FORWARD{family=inet6,priorities=102-101} DROP")
                .options())
        .isEqualTo(HookOptions.ofPriorities(102, 101));
    assertThat(
            Texts.chain("chain a BF_HOOK_CGROUP_SKB_EGRESS{cgpath=/a/é@:+b.slice} DROP").options())
        .isEqualTo(HookOptions.ofCgpath("/a/é@:+b.slice"));
  }

  @Test
  void chainsRulesAndSpans() {
    String text =
        """
        chain first BF_HOOK_XDP ACCEPT
          rule ip4.saddr not eq 1.1.1.1 counter DROP
          rule tcp.dport 80 ACCEPT
        chain second BF_HOOK_TC_EGRESS NEXT
        """;
    Ruleset ruleset = Texts.accept(text);
    assertThat(ruleset.chains()).extracting(Chain::name).containsExactly("first", "second");
    assertThat(ruleset.chain("second").orElseThrow().policy()).isEqualTo(Policy.NEXT);
    assertThat(ruleset.chain("third")).isEmpty();
    Chain chain = ruleset.chains().getFirst();
    assertThat(chain.hook()).isEqualTo(Hook.XDP);
    assertThat(chain.rules()).extracting(Rule::index).containsExactly(0, 1);
    Source source = new Source("", text);
    assertThat(source.text(chain.span())).isEqualTo("chain first BF_HOOK_XDP");
    assertThat(source.text(chain.rules().getFirst().span()))
        .isEqualTo("rule ip4.saddr not eq 1.1.1.1 counter DROP");
    assertThat(source.text(chain.rules().getFirst().matchers().getFirst().span()))
        .isEqualTo("ip4.saddr not eq 1.1.1.1");
  }

  @Test
  void sets() {
    Chain chain =
        Texts.chain(
            """
            chain a BF_HOOK_XDP ACCEPT
              set ports (tcp.dport) in { 80; 080;443 # web
                # } 22
                8080 }
              set nets (ip4.snet) in {10.0.0.1/8;10.0.0.2/8;10.0.0.0/9}
              rule
                (tcp.dport) not in ports
                ( ip4.saddr , tcp.sport ) in { ,1.1.1.1,,53, ; 2.2.2.2,54 }
                (tcp.dport) in ports
                ACCEPT
              rule (ip6.saddr) in {::ffff:1.2.3.4} (ip4.snet) in nets DROP
            """);
    assertThat(chain.sets())
        .extracting(FilterSet::name)
        .containsExactly("ports", "nets", null, null);
    SetElements ports = chain.sets().getFirst().elements();
    assertThat(ports.size()).isEqualTo(3);
    assertThat(ports.payloads(2)).isEqualTo(List.of(new Payload.Scalar(8080)));
    SetElements nets = chain.sets().get(1).elements();
    assertThat(nets.size()).isEqualTo(2);
    assertThat(nets.payload(0, 0)).isEqualTo(new Payload.Ipv4Network(0x0a000001, 8));
    assertThat(chain.rules().getFirst().matchers())
        .extracting(Matcher::withoutSpans)
        .isEqualTo(
            List.of(new SetMatcher(0, true), new SetMatcher(2, false), new SetMatcher(0, false)));
    assertThat(chain.sets().get(2).elements().payloads(1))
        .isEqualTo(List.of(new Payload.Ipv4Address(0x02020202), new Payload.Scalar(54)));
    assertThat(chain.sets().get(3).elements().payload(0, 0))
        .isEqualTo(new Payload.Ipv6Address(0, 0xffff01020304L));
  }

  @Test
  void theFirstOfTwoSetsOfANameIsUsed() {
    Chain chain =
        Texts.chain(
            """
            chain a BF_HOOK_XDP ACCEPT
              set s (tcp.dport) in {80}
              set s (udp.dport) in {53}
              rule (tcp.dport) in s DROP
            """);
    assertThat(chain.sets()).hasSize(2);
    assertThat(chain.rules().getFirst().matchers().getFirst().withoutSpans())
        .isEqualTo(new SetMatcher(0, false));
  }

  @Test
  void setsBelongToTheirChain() {
    Texts.refuse(
        """
        chain a BF_HOOK_XDP ACCEPT set s (tcp.dport) in {80}
        chain b BF_HOOK_XDP ACCEPT rule (tcp.dport) in s DROP
        """);
  }

  @Test
  void carriageReturnsAreBlanks() {
    String text = "chain a BF_HOOK_XDP ACCEPT\r\n  rule ip4.proto tcp\r\n\f\u000bDROP\r\n";
    assertThat(Texts.rule(text).verdict()).isEqualTo(Verdict.Basic.DROP);
  }

  @Test
  void namesComeBeforeNumbers() {
    InterfaceResolver resolver =
        name -> name.equals("7") ? OptionalLong.of(3) : OptionalLong.empty();
    ParseResult result =
        RulesetParser.parse(
            new Source("", "chain a BF_HOOK_XDP ACCEPT rule meta.iface 7 DROP"), resolver);
    FieldMatcher matcher =
        (FieldMatcher)
            result
                .ruleset()
                .orElseThrow()
                .chains()
                .getFirst()
                .rules()
                .getFirst()
                .matchers()
                .getFirst();
    assertThat(matcher.payload()).isEqualTo(new Payload.Scalar(3));
  }

  @Test
  void saysWhyInterfacesAreUnknown() {
    InterfaceResolver resolver =
        new InterfaceResolver() {
          @Override
          public OptionalLong index(String name) {
            return OptionalLong.empty();
          }

          @Override
          public Optional<String> unavailable() {
            return Optional.of("no kernel to ask");
          }
        };
    ParseResult result =
        RulesetParser.parse(
            new Source("", "chain a BF_HOOK_XDP ACCEPT rule meta.iface eth0 REDIRECT x out"),
            resolver);
    assertThat(result.errors())
        .extracting(Diagnostic::hint)
        .containsOnly("no kernel to ask")
        .hasSize(2);
  }

  @Test
  void readsAMillionElementsInLinearTime() {
    StringBuilder text = new StringBuilder("chain a BF_HOOK_XDP ACCEPT set s (ip4.saddr) in {\n");
    int size = 1_000_000;
    for (int i = 0; i < size; i++) {
      text.append(AddressText.ipv4(i * 7)).append('\n');
    }
    Chain chain = Texts.chain(text.append("}").toString());
    assertThat(chain.sets().getFirst().elements().size()).isEqualTo(size);
  }
}
