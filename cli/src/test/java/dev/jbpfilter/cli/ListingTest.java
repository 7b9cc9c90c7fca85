package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.Counter;
import dev.jbpfilter.loader.LoadedChain;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Operator;
import dev.jbpfilter.ruleset.PayloadText;
import dev.jbpfilter.ruleset.Policy;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Listings, letter by letter. */
class ListingTest {
  private static String list(LoadedChain chain, boolean setContent) {
    return list(chain, LoadedChains.INTERFACES, setContent);
  }

  private static String list(LoadedChain chain, InterfaceResolver names, boolean setContent) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, false, StandardCharsets.UTF_8);
    new Listing(stream, PayloadText.listing(names), setContent).print(chain);
    stream.flush();
    return out.toString(StandardCharsets.UTF_8);
  }

  /** A listing of a chain that has seen nothing and is not attached. */
  private static String list(String text, boolean setContent) {
    return list(LoadedChains.idle(text), setContent);
  }

  private static final String ALL =
      """
      chain all BF_HOOK_TC_INGRESS ACCEPT
        set n1 (ip4.saddr, tcp.dport) in { 10.0.0.2, 80; 10.0.0.1,443; 10.0.0.2,080 }
        set empty (ip4.proto) in {}
        rule
          tcp.sport range 1-65535
          tcp.flags not all ECE,rst,URG,psh
          counter mark 0xff log transport,LINK every 1.5s
          REDIRECT lo out
        rule
          (ip4.saddr, tcp.dport) in n1
          (ip4.daddr) in { 1.1.1.1
            2.2.2.2 }
          (tcp.dport) not in {80}
          DROP
        rule (ip4.proto) in empty DROP
      """;

  @Test
  void everything() {
    assertThat(list(ALL, true))
        .isEqualTo(
            """
            chain all BF_HOOK_TC_INGRESS ACCEPT
                counters policy 0 packets 0 bytes; error 0 packets 0 bytes
                set n1 (ip4.saddr, tcp.dport) in {
                    10.0.0.2, 80
                    10.0.0.1, 443
                }
                set empty (ip4.proto) in {
                }
                rule
                    tcp.sport range 1-65535
                    tcp.flags not all rst,psh,urg,ece
                    log link,transport every 1500ms
                    mark 0xff
                    counters 0 packets 0 bytes
                    REDIRECT 1 out
                rule
                    (ip4.saddr, tcp.dport) in n1
                    (ip4.daddr) in {
                        1.1.1.1
                        2.2.2.2
                    }
                    (tcp.dport) not in {
                        80
                    }
                    DROP
                rule
                    (ip4.proto) in empty
                    DROP
            """);
  }

  @Test
  void setContentElided() {
    assertThat(list(ALL, false))
        .contains(
            """
                set n1 (ip4.saddr, tcp.dport) in { /* 2 elements, content elided */ }
                set empty (ip4.proto) in { /* 0 elements, content elided */ }
            """)
        .contains(
            """
                    (ip4.saddr, tcp.dport) in n1
                    (ip4.daddr) in { /* 2 elements, content elided */ }
                    (tcp.dport) not in { /* 1 elements, content elided */ }
                    DROP
            """);
  }

  @Test
  void countersAreUnsignedAndBelongToTheirRule() {
    Chain chain =
        LoadedChains.parse(
                """
                chain c BF_HOOK_XDP{ifindex=93} DROP
                  rule ip4.proto tcp CONTINUE
                  rule ip4.proto udp counter NEXT
                """)
            .getFirst();
    LoadedChain loaded =
        new LoadedChain(
            chain,
            List.of(new Counter(7, 8), new Counter(1, 54)),
            new Counter(-1, -2),
            new Counter(3, 4));

    assertThat(list(loaded, true))
        .isEqualTo(
            """
            chain c BF_HOOK_XDP{ifindex=93} DROP
                counters policy 18446744073709551615 packets 18446744073709551614 bytes; error 3\
             packets 4 bytes
                rule
                    ip4.proto eq tcp
                    CONTINUE
                rule
                    ip4.proto eq udp
                    counters 1 packets 54 bytes
                    NEXT
            """);
  }

  @Test
  void socketHooksCountCalls() {
    Chain chain =
        LoadedChains.parse(
                """
                chain s BF_HOOK_CGROUP_SOCK_ADDR_CONNECT4{cgpath=/sys/fs/cgroup/a} ACCEPT
                  rule ip4.daddr not 1.2.3.4 log counter DROP
                """)
            .getFirst();

    assertThat(
            list(
                new LoadedChain(
                    chain, List.of(new Counter(5, 6)), new Counter(1, 0), new Counter(0, 0)),
                true))
        .isEqualTo(
            """
            chain s BF_HOOK_CGROUP_SOCK_ADDR_CONNECT4{cgpath=/sys/fs/cgroup/a} ACCEPT
                counters policy 1 calls; error 0 calls
                rule
                    ip4.daddr not eq 1.2.3.4
                    log
                    counters 5 calls
                    DROP
            """);
  }

  @Test
  void netfilterShowsBothPriorities() {
    String text = "chain n BF_HOOK_NF_LOCAL_IN{family=inet4,priorities=102-101} ACCEPT";

    assertThat(list(text, true))
        .startsWith("chain n BF_HOOK_NF_LOCAL_IN{priorities=102-101} ACCEPT\n");
  }

  /** Every type with each of its operators: as written, and as listed behind the type. */
  private static final String MATCHERS =
      """
      meta.iface 1 | eq lo
      meta.iface 4242 | eq 4242
      meta.iface not eth0.1 | not eq eth0.1
      meta.l3_proto 2048 | eq ipv4
      meta.l3_proto not IPv6 | not eq ipv6
      meta.l3_proto 0x806 | eq 0x0806
      meta.l4_proto ICMPV6 | eq icmpv6
      meta.l4_proto not 132 | not eq 132
      meta.probability 50% | eq 50%
      meta.probability 0% | eq 0%
      meta.probability 33.33% | eq 33.33%
      meta.probability not 12.3456789% | not eq 12.3457%
      meta.probability 0.00001% | eq 1e-05%
      meta.probability 0.000123456789% | eq 0.000123457%
      meta.probability 0.0000999999999% | eq 0.0001%
      meta.probability 99.99999% | eq 100%
      meta.sport 080 | eq 80
      meta.sport not range 1-2 | not range 1-2
      meta.dport 65535 | eq 65535
      meta.dport range 0-65535 | range 0-65535
      meta.mark 010 | eq 0x8
      meta.mark not 0xABC | not eq 0xabc
      meta.mark 4294967295 | eq 0xffffffff
      meta.flow_hash 15 | eq 0xf
      meta.flow_hash not range 1-0xff | not range 0x1-0xff
      meta.flow_probability not 1.5% | not eq 1.5%
      ip4.saddr not 1.2.3.4 | not eq 1.2.3.4
      ip4.daddr 255.255.255.255 | eq 255.255.255.255
      ip4.snet 10.1.2.3/8 | eq 10.1.2.3/8
      ip4.dnet not 0.0.0.0/0 | not eq 0.0.0.0/0
      ip4.proto tcp | eq tcp
      ip4.proto not 0x84 | not eq 132
      ip4.dscp be | eq cs0
      ip4.dscp not 0x2e | not eq ef
      ip6.saddr 2001:0db8:0:0::1 | eq 2001:db8::1
      ip6.saddr not ::ffff:102:304 | not eq ::ffff:1.2.3.4
      ip6.daddr :: | eq ::
      ip6.snet fe80::1/10 | eq fe80::1/10
      ip6.dnet not ::/0 | not eq ::/0
      ip6.nexthdr not hop | not eq hop
      ip6.nexthdr 50 | eq 50
      ip6.dscp 63 | eq 63
      tcp.sport range 1-65535 | range 1-65535
      tcp.sport not 22 | not eq 22
      tcp.dport not range 5-6 | not range 5-6
      tcp.dport 443 | eq 443
      tcp.flags CWR,fin,SYN | eq fin,syn,cwr
      tcp.flags not any syn | not any syn
      tcp.flags all fin,syn,rst,psh,ack,urg,ece,cwr | all fin,syn,rst,psh,ack,urg,ece,cwr
      udp.sport range 53-53 | range 53-53
      udp.sport 53 | eq 53
      udp.dport not 0 | not eq 0
      udp.dport range 0-1 | range 0-1
      icmp.type 8 | eq echo-request
      icmp.type not 200 | not eq 200
      icmp.code 0x10 | eq 16
      icmpv6.type 1 | eq destination-unreachable
      icmpv6.type not mld2-listener-report | not eq mld2-listener-report
      icmpv6.code not 0 | not eq 0
      """;

  @ParameterizedTest
  @MethodSource("matchers")
  void matchers(String written, String listed) {
    String type = written.substring(0, written.indexOf(' '));

    assertThat(rule(written + " DROP")).containsExactly(type + " " + listed, "DROP");
  }

  static Stream<Arguments> matchers() {
    return MATCHERS.lines().map(line -> Arguments.of((Object[]) line.split(" \\| ", -1)));
  }

  @Test
  void noMatcherIsMissing() {
    for (MatcherType type : MatcherType.values()) {
      for (Operator operator : Operator.values()) {
        if (type.supports(operator) && operator != Operator.IN) {
          String listed = " \\| (not )?" + operator.keyword() + " ";
          assertThat(MATCHERS).containsPattern("(?m)^" + type.keyword() + " .*" + listed);
        }
      }
    }
  }

  /** The lines of a rule of a chain that allows everything, without indentation. */
  private static List<String> rule(String text) {
    String listing = list("chain c BF_HOOK_TC_EGRESS ACCEPT rule " + text, true);
    List<String> lines = listing.lines().toList();
    assertThat(lines.subList(0, 3))
        .containsExactly(
            "chain c BF_HOOK_TC_EGRESS ACCEPT",
            "    counters policy 0 packets 0 bytes; error 0 packets 0 bytes",
            "    rule");
    List<String> rule = lines.subList(3, lines.size());
    assertThat(rule).allMatch(line -> line.startsWith("        "));
    return rule.stream().map(line -> line.substring(8)).toList();
  }

  /** What follows a matcher, in any order, and how it is listed. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ACCEPT | ACCEPT",
        "DROP | DROP",
        "CONTINUE | CONTINUE",
        "NEXT | NEXT",
        "REDIRECT lo out | REDIRECT 1 out",
        "REDIRECT 4294967295 in | REDIRECT 4294967295 in",
        "log DROP | log; DROP",
        "log LINK DROP | log link; DROP",
        "log internet DROP | log internet; DROP",
        "log transport DROP | log transport; DROP",
        "log internet,link,link DROP | log link,internet; DROP",
        "log transport , link DROP | log link,transport; DROP",
        "log transport,internet DROP | log internet,transport; DROP",
        "log transport,internet,link DROP | log link,internet,transport; DROP",
        "log every 1.5s DROP | log every 1500ms; DROP",
        "log every 1001us DROP | log every 1001us; DROP",
        "log link every 1ns DROP | log link every 1ns; DROP",
        "log every 86400s DROP | log every 86400s; DROP",
        "log every 1000ms DROP | log every 1s; DROP",
        "log every 1000us DROP | log every 1ms; DROP",
        "log every 1000ns DROP | log every 1us; DROP",
        "log every 18446744073s DROP | log every 18446744073s; DROP",
        "log every 18446744073709551615ns DROP | log every 18446744073709551615ns; DROP",
        "mark 255 DROP | mark 0xff; DROP",
        "mark 0 DROP | mark 0x0; DROP",
        "mark 0xffffffff DROP | mark 0xffffffff; DROP",
        "counter DROP | counters 0 packets 0 bytes; DROP",
        "counter mark 1 log every 1s NEXT | log every 1s; mark 0x1; counters 0 packets 0 bytes; NEXT",
      })
  void actions(String written, String listed) {
    assertThat(String.join("; ", rule("ip4.proto tcp " + written)))
        .isEqualTo("ip4.proto eq tcp; " + listed);
  }

  /** First and second line: a hook, options that attach to it, whether it sees packets. */
  @ParameterizedTest
  @CsvSource({
    "XDP, ifindex=93, true",
    "TC_INGRESS, ifindex=1, true",
    "TC_EGRESS, ifindex=2147483647, true",
    "NF_PRE_ROUTING, priorities=101-102, true",
    "NF_LOCAL_IN, priorities=102-101, true",
    "NF_FORWARD, priorities=1-2147483647, true",
    "NF_LOCAL_OUT, priorities=2-1, true",
    "NF_POST_ROUTING, priorities=1-2, true",
    "CGROUP_SKB_INGRESS, cgpath=/sys/fs/cgroup/a, true",
    "CGROUP_SKB_EGRESS, cgpath=/, true",
    "CGROUP_SOCK_ADDR_CONNECT4, cgpath=a, false",
    "CGROUP_SOCK_ADDR_CONNECT6, cgpath=a, false",
    "CGROUP_SOCK_ADDR_SENDMSG4, cgpath=a, false",
    "CGROUP_SOCK_ADDR_SENDMSG6, cgpath=a, false",
  })
  void hooks(Hook hook, String options, boolean packets) {
    String counters = packets ? "0 packets 0 bytes" : "0 calls";
    String second = "    counters policy " + counters + "; error " + counters + "\n";
    for (Policy policy : Policy.values()) {
      String end = " " + policy + "\n" + second;
      String chain = "chain c " + hook.keyword();

      assertThat(list(chain + "{" + options + "} " + policy, true))
          .isEqualTo(chain + "{" + options + "}" + end);
      assertThat(list(chain + " " + policy, true)).isEqualTo(chain + end);
    }
  }

  /** An element of each type that can be in a set. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ip4.saddr | 1.2.3.4 | 1.2.3.4",
        "ip4.daddr | 0.0.0.0 | 0.0.0.0",
        "ip4.snet | 10.1.2.3/08 | 10.1.2.3/8",
        "ip4.dnet | 10.1.2.3/0 | 10.1.2.3/0",
        "ip4.proto | 6 | tcp",
        "ip6.saddr | ::ffff:1.2.3.4 | ::ffff:1.2.3.4",
        "ip6.daddr | 2001:DB8::0:1 | 2001:db8::1",
        "ip6.snet | 2001:db8::1/32 | 2001:db8::1/32",
        "ip6.dnet | ::/0 | ::/0",
        "ip6.nexthdr | 43 | routing",
        "tcp.sport | 080 | 80",
        "tcp.dport | 65535 | 65535",
        "udp.sport | 0 | 0",
        "udp.dport | 53 | 53",
        "icmp.type | 5 | redirect",
        "icmp.code | ff | 255",
        "icmpv6.type | ECHO-REPLY | echo-reply",
        "icmpv6.code | 1 | 1",
      })
  void elements(String type, String written, String listed) {
    MatcherType component = MatcherType.ofKeyword(type).orElseThrow();
    String set = " (" + type + ") in {";
    assertThat(component.isSetComponent()).isTrue();

    assertThat(list("chain c BF_HOOK_XDP DROP set s" + set + written + "}", true))
        .endsWith("\n    set s" + set + "\n        " + listed + "\n    }\n");
    if (!component.payloadKind().isNetwork()) {
      assertThat(rule("(" + type + ", tcp.dport) in {" + written + " ,1} DROP"))
          .containsExactly("(" + type + ", tcp.dport) in {", "    " + listed + ", 1", "}", "DROP");
    }
  }

  @Test
  void unknownInterfacesAreListedByIndex() {
    LoadedChain chain = LoadedChains.idle("chain c BF_HOOK_XDP ACCEPT rule meta.iface lo DROP");

    assertThat(list(chain, InterfaceResolver.none(), true)).contains("        meta.iface eq 1\n");
  }
}
