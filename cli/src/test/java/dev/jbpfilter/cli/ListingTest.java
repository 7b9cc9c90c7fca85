package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.Counter;
import dev.jbpfilter.loader.LoadedChain;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.PayloadText;
import dev.jbpfilter.ruleset.RulesetParser;
import dev.jbpfilter.ruleset.Source;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Listings, letter by letter. */
class ListingTest {
  private static final Counter ZERO = new Counter(0, 0);
  private static final InterfaceMap INTERFACES = InterfaceMap.parse("lo=1");

  private static Chain chain(String text) {
    return RulesetParser.parse(new Source("test", text), INTERFACES)
        .ruleset()
        .orElseThrow()
        .chains()
        .getFirst();
  }

  private static String list(LoadedChain chain, boolean setContent) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, false, StandardCharsets.UTF_8);
    new Listing(stream, PayloadText.listing(INTERFACES), setContent).print(chain);
    stream.flush();
    return out.toString(StandardCharsets.UTF_8);
  }

  /** A listing of a chain that has seen nothing and is not attached. */
  private static String list(String text, boolean setContent) {
    Chain chain = chain(text);
    List<Counter> zeros = new ArrayList<>();
    for (int i = 0; i < chain.rules().size(); i++) {
      zeros.add(ZERO);
    }
    return list(new LoadedChain(chain, zeros, ZERO, ZERO), setContent);
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
        chain(
            """
            chain c BF_HOOK_XDP{ifindex=93} DROP
              rule ip4.proto tcp CONTINUE
              rule ip4.proto udp counter NEXT
            """);
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
        chain(
            """
            chain s BF_HOOK_CGROUP_SOCK_ADDR_CONNECT4{cgpath=/sys/fs/cgroup/a} ACCEPT
              rule ip4.daddr not 1.2.3.4 log counter DROP
            """);

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
    LoadedChain loaded =
        new LoadedChain(
            chain("chain n BF_HOOK_NF_LOCAL_IN{family=inet4,priorities=102-101} ACCEPT"),
            List.of(),
            ZERO,
            ZERO);

    assertThat(list(loaded, true))
        .startsWith("chain n BF_HOOK_NF_LOCAL_IN{priorities=102-101} ACCEPT\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "meta.iface 1 | meta.iface eq lo",
        "meta.iface 4242 | meta.iface eq 4242",
        "meta.l3_proto 2048 | meta.l3_proto eq ipv4",
        "meta.l3_proto 0x806 | meta.l3_proto eq 0x0806",
        "meta.l4_proto ICMPV6 | meta.l4_proto eq icmpv6",
        "meta.l4_proto 132 | meta.l4_proto eq 132",
        "ip6.nexthdr not hop | ip6.nexthdr not eq hop",
        "meta.probability 50% | meta.probability eq 50%",
        "meta.probability 12.3456789% | meta.probability eq 12.3457%",
        "meta.probability 0.00001% | meta.probability eq 1e-05%",
        "meta.sport 080 | meta.sport eq 80",
        "meta.mark 010 | meta.mark eq 0x8",
        "meta.flow_hash range 1-0xff | meta.flow_hash range 0x1-0xff",
        "ip4.snet 10.1.2.3/8 | ip4.snet eq 10.1.2.3/8",
        "ip6.saddr 2001:0db8:0:0::1 | ip6.saddr eq 2001:db8::1",
        "ip6.dnet FE80::1/10 | ip6.dnet eq fe80::1/10",
        "ip4.dscp be | ip4.dscp eq cs0",
        "ip6.dscp 63 | ip6.dscp eq 63",
        "tcp.flags CWR,fin,SYN | tcp.flags eq fin,syn,cwr",
        "icmpv6.type 1 | icmpv6.type eq destination-unreachable",
        "icmp.type 200 | icmp.type eq 200",
        "icmp.code 0x10 | icmp.code eq 16",
        "(icmp.type, icmp.code) in {8,0x1} | (icmp.type, icmp.code) in {",
        "ip4.proto tcp log every 1ms | log every 1ms",
        "ip4.proto tcp log link,internet,transport every 86400s | log link,internet,transport every"
            + " 86400s",
        "ip4.proto tcp log internet every 1001us | log internet every 1001us",
        "ip4.proto tcp mark 0 | mark 0x0",
      })
  void linesOfARule(String written, String listed) {
    String listing = list("chain c BF_HOOK_TC_EGRESS ACCEPT rule " + written + " DROP", true);

    assertThat(listing.lines()).contains("        " + listed);
  }

  @Test
  void setElementsUseTheFormsOfTheirTypes() {
    assertThat(
            list(
                "chain c BF_HOOK_XDP ACCEPT rule (icmp.type, icmp.code) in {8,0x1;ff , 0} DROP",
                true))
        .contains(
            """
                    (icmp.type, icmp.code) in {
                        echo-request, 1
                        255, 0
                    }
            """);
    assertThat(list("chain c BF_HOOK_XDP ACCEPT rule (ip6.snet) in {2001:DB8::1/32} DROP", true))
        .contains("            2001:db8::1/32\n");
  }

  @Test
  void unknownInterfacesAreListedByIndex() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, false, StandardCharsets.UTF_8);
    Chain chain = chain("chain c BF_HOOK_XDP ACCEPT rule meta.iface lo DROP");
    new Listing(stream, PayloadText.listing(InterfaceResolver.none()), true)
        .print(new LoadedChain(chain, List.of(ZERO), ZERO, ZERO));
    stream.flush();

    assertThat(out.toString(StandardCharsets.UTF_8)).contains("        meta.iface eq 1\n");
  }
}
