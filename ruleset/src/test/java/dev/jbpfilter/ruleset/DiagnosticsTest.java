package dev.jbpfilter.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said about refused texts, and about which part of them. */
class DiagnosticsTest {

  private static void check(String text, String span, String message, String hint) {
    Diagnostic error = Texts.refuse(text);
    assertThat(error.message()).isEqualTo(message);
    assertThat(new Source("", text).text(error.span())).isEqualTo(span == null ? "" : span);
    assertThat(error.hint()).isEqualTo(hint);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          chan a | chan | syntax error, unexpected STRING, expecting CHAIN: 'chan' is not a keyword | did you mean 'chain'?
          chain log | log | syntax error, unexpected LOG, expecting STRING: 'log' is a keyword and can't be the name of a chain | write 'log1'
          chain a XDP ACCEPT | XDP | syntax error, unexpected STRING, expecting HOOK: 'XDP' is not a hook | did you mean 'BF_HOOK_XDP'?
          chain a BF_HOOK_XDP accept | accept | syntax error, unexpected STRING, expecting RAW_HOOKOPT or VERDICT: 'accept' is not a policy | write 'ACCEPT'
          chain a BF_HOOK_XDP REDIRECT | REDIRECT | syntax error, unexpected REDIRECT_TOKEN, expecting RAW_HOOKOPT or VERDICT: REDIRECT can't be a policy | the policies are ACCEPT, DROP and NEXT
          chain a BF_HOOK_XDP CONTINUE | CONTINUE | 'CONTINUE' is not a valid chain policy | the policies are ACCEPT, DROP and NEXT
          chain a BF_HOOK_XDP ACCEPT rul | rul | syntax error, unexpected STRING, expecting SET or RULE or CHAIN or end of file: 'rul' is not a keyword | did you mean 'rule'?
          chain a BF_HOOK_XDP ACCEPT ; | ; | syntax error, unexpected invalid token, expecting SET or RULE or CHAIN or end of file: ';' separates the elements of sets and nothing else | leave it out; a comment begins with '#'
          chain a BF_HOOK_XDP ACCEPT , | | |
          chain a BF_HOOK_TC{} ACCEPT | BF_HOOK_TC | unknown hook 'BF_HOOK_TC' | did you mean 'BF_HOOK_TC_INGRESS'?
          chain a BF_HOOK_INGRESS ACCEPT | BF_HOOK_INGRESS | unknown hook 'BF_HOOK_INGRESS' | did you mean 'BF_HOOK_TC_INGRESS'?
          chain a BF_HOOK_FOO ACCEPT | BF_HOOK_FOO | unknown hook 'BF_HOOK_FOO' | hooks are BF_HOOK_XDP, BF_HOOK_TC_INGRESS, BF_HOOK_TC_EGRESS, BF_HOOK_NF_…, BF_HOOK_CGROUP_SKB_… and BF_HOOK_CGROUP_SOCK_ADDR_…
          chain a BF_HOOK_XDP{cgpath=/a} ACCEPT | BF_HOOK_XDP | hook option 'ifindex' is required for 'BF_HOOK_XDP' chains: Invalid argument | write 'ifindex=2'
          chain a BF_HOOK_XDP{ifindex=1,cgpath=/a} ACCEPT | cgpath=/a | hook option 'cgpath' is not supported for 'BF_HOOK_XDP' chains: Operation not supported | BF_HOOK_XDP chains take 'ifindex=2' alone
          chain a BF_HOOK_XDP{ifindex=1,ifindex=2} ACCEPT | ifindex=2 | ifindex= is defined multiple times: File exists |
          chain a BF_HOOK_XDP{ifindex=2147483648} ACCEPT | 2147483648 | ifindex is too big: 2147483648: Argument list too long |
          chain a BF_HOOK_XDP{ifindex=nope} ACCEPT | nope | interface 'nope' not found: Invalid argument |
          chain a BF_HOOK_XDP{ifindex=08} ACCEPT | 08 | failed to parse ifindex '08', expecting an interface index: Invalid argument | a leading 0 makes a number octal
          chain a BF_HOOK_XDP{x=1} ACCEPT | x | unknown hook option 'x', expecting ifindex, cgpath or priorities: Operation not supported |
          chain a BF_HOOK_NF_FORWARD{priorities=5} ACCEPT | 5 | failed to parse '5', expecting '$INT-$INT': Invalid argument | give the priority and a spare one for replacements: 'priorities=5-6'
          chain a BF_HOOK_NF_FORWARD{priorities=1-1} ACCEPT | 1-1 | priorities must be different: '1-1': Invalid argument | give the priority and a spare one for replacements: 'priorities=101-102'
          chain a BF_HOOK_NF_FORWARD{priorities=0-1} ACCEPT | 0-1 | priorities can't be 0: '0-1': Invalid argument | give the priority and a spare one for replacements: 'priorities=101-102'
          chain a BF_HOOK_NF_FORWARD{priorities=-1-2} ACCEPT | -1-2 | priorities can't be 0: '-1-2': Invalid argument | give the priority and a spare one for replacements: 'priorities=101-102'
          chain a BF_HOOK_NF_FORWARD{priorities=1-2147483648} ACCEPT | 1-2147483648 | priorities can't be bigger than 2147483647: '1-2147483648': Invalid argument | give the priority and a spare one for replacements: 'priorities=101-102'
          chain a BF_HOOK_NF_FORWARD{family=x} ACCEPT | x | unknown netfilter family 'x': Operation not supported | leave it out: such chains see IPv4 and IPv6
          chain __bf_staging_a BF_HOOK_XDP ACCEPT | __bf_staging_a | chain name '__bf_staging_a' is reserved: names can't start with __bf_staging_ |
          """)
  void chains(String text, String span, String message, String hint) {
    if (message == null) {
      Texts.accept(text);
    } else {
      check(text, span, message, hint);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          DROP | DROP | syntax error, unexpected VERDICT, expecting SET_TYPE or MATCHER_TYPE: a rule needs at least one matcher | to match every packet, write 'meta.probability 100%'
          tcp.dprt 80 DROP | tcp.dprt | syntax error, unexpected STRING, expecting SET_TYPE or MATCHER_TYPE: 'tcp.dprt' is not a matcher | did you mean 'tcp.dport'?
          ip4.saddr 1.1.1.1 tcp.prot 80 DROP | tcp.prot | syntax error, unexpected STRING: 'tcp.prot' is no matcher, option or verdict | did you mean 'tcp.sport'?
          ip4.saddr 1.1.1.1 drop | drop | syntax error, unexpected STRING: 'drop' is not a verdict | write 'DROP'
          ip4.saddr 1.1.1.1 counter tcp.dport 80 DROP | tcp.dport | syntax error, unexpected MATCHER_TYPE: matchers stand before 'log', 'counter' and 'mark' | move it in front of them
          ip4.saddr | | syntax error, unexpected end of file, expecting NEGATE or MATCHER_OP or RAW_PAYLOAD: the value of 'ip4.saddr' is missing | it takes an IPv4 address in dotted notation
          ip4.saddr not DROP | DROP | syntax error, unexpected VERDICT, expecting MATCHER_OP or RAW_PAYLOAD: the value of 'ip4.saddr' is missing | it takes an IPv4 address in dotted notation
          ip4.saddr not eq DROP | DROP | syntax error, unexpected VERDICT, expecting RAW_PAYLOAD: the value of 'ip4.saddr' is missing | it takes an IPv4 address in dotted notation
          ip4.saddr 1.1.1.256 DROP | 1.1.1.256 | "ip4.saddr eq" expects an IPv4 address in dotted notation, not '1.1.1.256' | an IPv4 address is four numbers from 0 to 255
          ip4.snet 1.1.1.1/33 DROP | 1.1.1.1/33 | "ip4.snet eq" expects an IPv4 network: address, '/', prefix length from 0 to 32, not '1.1.1.1/33' |
          ip4.proto tpc DROP | tpc | "ip4.proto eq" expects a protocol name, or a decimal or hexadecimal number from 0 to 255, not 'tpc': Invalid argument | did you mean 'tcp'?
          ip4.proto 256 DROP | 256 | "ip4.proto eq" expects a protocol name, or a decimal or hexadecimal number from 0 to 255, not '256': Invalid argument |
          meta.l3_proto ip4 DROP | ip4 | "meta.l3_proto eq" expects ipv4, ipv6, or a decimal or hexadecimal EtherType, not 'ip4': Invalid argument | write 'meta.l3_proto ipv4'
          meta.l3_proto 65536 DROP | 65536 | "meta.l3_proto eq" expects ipv4, ipv6, or a decimal or hexadecimal EtherType, not '65536': Invalid argument |
          meta.l4_proto route DROP | route | "meta.l4_proto eq" expects a protocol name, or a decimal or hexadecimal number from 0 to 255, not 'route': Invalid argument | did you mean 'routing'?
          tcp.dport 80-90 DROP | 80-90 | "tcp.dport eq" expects a decimal port from 0 to 65535, not '80-90' | write 'tcp.dport range 80-90'
          tcp.dport in 80 DROP | in | "tcp.dport eq" expects a decimal port from 0 to 65535, not 'in' | write '(tcp.dport) in {80}'
          meta.dport in 80 DROP | in | "meta.dport eq" expects a decimal port from 0 to 65535, not 'in' | write a rule for each value
          tcp.dport 65536 DROP | 65536 | "tcp.dport eq" expects a decimal port from 0 to 65535, not '65536' |
          tcp.dport range 9-8 DROP | 9-8 | "tcp.dport range" expects two decimal ports joined by '-', the lower one first, not '9-8' | write 'tcp.dport range 8-9'
          tcp.dport not range 9 DROP | 9 | "tcp.dport range" expects two decimal ports joined by '-', the lower one first, not '9' | write 'tcp.dport not 9' for one port
          tcp.flags syn,akc DROP | syn,akc | "tcp.flags eq" expects TCP flags (fin syn rst psh ack urg ece cwr) joined by ',', not 'syn,akc' | did you mean 'ack'?
          icmp.type echo-requst DROP | echo-requst | "icmp.type eq" expects an ICMP type name, or a decimal or hexadecimal number from 0 to 255, not 'echo-requst': Invalid argument | did you mean 'echo-request'?
          icmp.code port DROP | port | "icmp.code eq" expects a decimal or hexadecimal number from 0 to 255, not 'port': Invalid argument |
          meta.probability 101% DROP | 101% | "meta.probability eq" expects a percentage from 0% to 100%, not '101%' |
          meta.iface nope DROP | nope | "meta.iface eq" expects an interface name or a decimal interface index from 1 to 4294967295, not 'nope': Invalid argument |
          ip4.proto tcp log lnik DROP | lnik | unknown packet header 'lnik' | did you mean 'link'?
          ip4.proto tcp log every 0s DROP | 0s | invalid rate '0s': expecting a positive number followed by ns, us, ms or s |
          ip4.proto tcp log every 1.5S DROP | 1.5S | invalid rate '1.5S': expecting a positive number followed by ns, us, ms or s | write 'every 1.5s'
          ip4.proto tcp counter counter DROP | counter | duplicate keyword "counter" in rule |
          ip4.proto tcp mark 1 mark 2 DROP | mark | duplicate keyword "mark" in rule |
          ip4.proto tcp mark x DROP | x | mark value 'x' can't be parsed, expecting a number |
          ip4.proto tcp mark -3 DROP | -3 | mark should be positive, not '-3' |
          ip4.proto tcp mark 0x100000000 DROP | 0x100000000 | mark should be at most 0xffffffff, not '0x100000000' |
          ip4.proto tcp REDIRECT nope out | nope | interface 'nope' not found |
          (ip4.saddr) {1.1.1.1} DROP | | only the 'in' operator is supported for sets | put 'in' before '{'
          (ip4.saddr) in {1.1.1.1,2.2.2.2} DROP | 1.1.1.1,2.2.2.2 | set element '1.1.1.1,2.2.2.2' has more components than defined in the key (ip4.saddr): Invalid argument | separate elements by ';' or a line end, not by ','
          (ip4.saddr, tcp.dport) in {1.1.1.1} DROP | 1.1.1.1 | set element '1.1.1.1' has a missing component of the key (ip4.saddr, tcp.dport): Invalid argument | each element has 2 components, joined by ','
          (ip4.saddr) in {foo} DROP | foo | "ip4.saddr in" expects an IPv4 address in dotted notation, not 'foo' | names are not looked up: write the address
          (ip4.saddr, tcp.dport) in {1.1.1.1 , x } DROP | x | "tcp.dport in" expects a decimal port from 0 to 65535, not 'x' |
          (ip4.sadr) in {} DROP | ip4.sadr | failed to parse set key component 'ip4.sadr' | did you mean 'ip4.saddr'?
          ( meta.dport ) in {} DROP | meta.dport | matcher 'meta.dport' (5) is not supported as a set key: Operation not supported | use (tcp.dport) and (udp.dport) in rules of their own
          (ip4.snet, tcp.dport) in {} DROP | (ip4.snet, tcp.dport) | network matchers can't be used in combination with other matchers in a set: 'ip4.snet': Invalid argument |
          (ip4.saddr) in nope DROP | nope | can't find set 'nope' | sets belong to a chain: this one has none
          """)
  void rules(String rule, String span, String message, String hint) {
    check("chain a BF_HOOK_TC_INGRESS ACCEPT rule " + rule, span, message, hint);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          XDP | meta.mark 1 DROP | matcher meta.mark is not compatible with BF_HOOK_XDP: Operation not supported
          NF_FORWARD | meta.flow_hash 1 DROP | matcher meta.flow_hash is not compatible with BF_HOOK_NF_FORWARD: Operation not supported
          CGROUP_SOCK_ADDR_CONNECT4 | (ip4.saddr) in {1.1.1.1} DROP | set component 'ip4.saddr' not compatible with BF_HOOK_CGROUP_SOCK_ADDR_CONNECT4: Operation not supported
          CGROUP_SOCK_ADDR_CONNECT4 | ip4.proto 6 log link DROP | per-field log options are not supported by BF_HOOK_CGROUP_SOCK_ADDR_CONNECT4, only a bare 'log' is: Operation not supported
          XDP | ip4.proto 6 mark 1 DROP | BF_HOOK_XDP chains can't set packet mark: Invalid argument
          XDP | ip4.proto 6 REDIRECT 1 in | XDP redirect only supports 'out' direction: Operation not supported
          NF_FORWARD | ip4.proto 6 REDIRECT 1 in | redirect is not supported by BF_HOOK_NF_FORWARD hook: Operation not supported
          XDP | (ip4.saddr) in {} meta.mark 1 DROP | matcher meta.mark is not compatible with BF_HOOK_XDP: Operation not supported
          """)
  void hooks(String hook, String rule, String message) {
    Diagnostic error = Texts.refuse("chain a BF_HOOK_" + hook + " ACCEPT rule " + rule);
    assertThat(error.message()).isEqualTo(message);
  }

  @Test
  void unusedSetsAreNotCheckedAgainstTheHook() {
    Texts.accept("chain a BF_HOOK_CGROUP_SOCK_ADDR_CONNECT4 ACCEPT set s (tcp.sport) in {80}");
  }

  @Test
  void goesOnAfterErrors() {
    ParseResult result =
        Texts.parse(
            """
            chain a BF_HOOK_FOO ACCEPT
              set s (ip4.saddr) in { x; y }
              rule ip4.saddr 300.1.1.1 tcp.dport x DROP
              rule (ip4.saddr) in s DROP
              rule tcp.dport 80 drop
              rule tcp.dport 80 DROP
            chain b BF_HOOK_XDP{ifindex=1 CONTINUE
              rule meta.mark 1 DROP
            """);
    assertThat(result.errors())
        .extracting(Diagnostic::message)
        .containsExactly(
            "unknown hook 'BF_HOOK_FOO'",
            "\"ip4.saddr in\" expects an IPv4 address in dotted notation, not 'x'",
            "\"ip4.saddr in\" expects an IPv4 address in dotted notation, not 'y'",
            "\"ip4.saddr eq\" expects an IPv4 address in dotted notation, not '300.1.1.1'",
            "\"tcp.dport eq\" expects a decimal port from 0 to 65535, not 'x'",
            "syntax error, unexpected STRING: 'drop' is not a verdict",
            "'CONTINUE' is not a valid chain policy",
            "matcher meta.mark is not compatible with BF_HOOK_XDP: Operation not supported");
    assertThat(result.ruleset()).isEmpty();
  }

  @Test
  void oneMistakeIsOneError() {
    assertThat(
            Texts.parse(
                    """
                    chain 1 BF_HOOK_XDP ACCEPT
                      set broken (ip4.saddr) in 5
                      set good (ip4.saddr) in {1.1.1.1}
                      rule ip4.proto
                    rule (ip4.saddr) in broken DROP
                      rule (ip4.saddr) in good DROP
                      rule icmp.type
                    chain b BF_HOOK_XDP DROP
                    """)
                .errors())
        .extracting(Diagnostic::message)
        .containsExactly(
            "syntax error, unexpected STRING, expecting SET_RAW_PAYLOAD:"
                + " the elements of a set stand in braces",
            "syntax error, unexpected RULE, expecting NEGATE or MATCHER_OP or RAW_PAYLOAD:"
                + " the value of 'ip4.proto' is missing",
            "syntax error, unexpected CHAIN, expecting NEGATE or MATCHER_OP or RAW_PAYLOAD:"
                + " the value of 'icmp.type' is missing");
  }

  @Test
  void keepsTheFirstOfTooManyErrors() {
    ParseResult result = Texts.parse("chain a BF_HOOK_XDP ACCEPT " + "rule DROP ".repeat(10_000));
    assertThat(result.errors()).hasSize(100);
    assertThat(result.omittedErrors()).isEqualTo(9_900);
    assertThat(Texts.parse("chain a BF_HOOK_XDP rule DROP").omittedErrors()).isZero();
  }

  /** The words of the message are in the language of the kernel; the place is in the text. */
  @Test
  void badElementsByTheThousandTakeNoTime() {
    String body = "1.1.1.x\n".repeat(200_000);
    ParseResult result =
        Texts.parse("chain a BF_HOOK_XDP ACCEPT set s (ip4.saddr) in {" + body + "}");
    assertThat(result.omittedErrors()).isEqualTo(199_900);
  }

  @Test
  void warns() {
    ParseResult result =
        Texts.parse(
            """
            chain a BF_HOOK_NF_FORWARD{family=inet4,priorities=1-2} ACCEPT
              set s (ip4.saddr) in {}
              set s (ip4.saddr) in {1.1.1.1}
              rule (ip4.saddr) in s DROP
              rule (ip4.saddr) not in s DROP
              rule ip4.saddr 1.1.1.1 ip6.saddr ::1 DROP
              rule tcp.dport 1 (udp.dport) in {1} DROP
              rule ip4.saddr 1.1.1.1 icmpv6.type 1 DROP
            """);
    assertThat(result.ruleset()).isPresent();
    assertThat(result.errors()).isEmpty();
    assertThat(result.diagnostics())
        .extracting(Diagnostic::message)
        .isEqualTo(
            List.of(
                "hook option 'family' is deprecated and ignored",
                "set 's' is defined again, only the first is used",
                "rule 0 references empty set, rule will be disabled",
                "rule 1 references empty set, negated reference always matches",
                "rule 2 has incompatible matchers on the same layer, rule will be disabled",
                "rule 3 has incompatible matchers on the same layer, rule will be disabled"));
  }
}
