package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.RunningRuleset;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Policy;
import dev.jbpfilter.ruleset.SetElements;
import dev.jbpfilter.ruleset.SetElementsBuilder;
import dev.jbpfilter.ruleset.SetKey;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesetComparisonTest {
  private static final String HEADS = "--- running\n+++ file\n";

  private static String diff(String running, String wanted) {
    return diff(
        new RunningRuleset(LoadedChains.parse(running), List.of(), List.of()),
        LoadedChains.parse(wanted));
  }

  private static String diff(RunningRuleset running, List<Chain> wanted) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, false, StandardCharsets.UTF_8);
    DiffText text = new DiffText(stream, "file", LoadedChains.INTERFACES);
    RulesetComparison.print(running, wanted, text);
    stream.flush();
    String diff = out.toString(StandardCharsets.UTF_8);
    assertThat(text.isEmpty()).isEqualTo(diff.isEmpty());
    return diff;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          NF_LOCAL_IN{priorities=1-2} DROP | NF_LOCAL_IN{priorities=2-1} DROP
          CGROUP_SKB_EGRESS{cgpath=/a/b} DROP | CGROUP_SKB_EGRESS{cgpath=/a//b/} DROP
          XDP{ifindex=1} DROP | XDP{ifindex=lo} DROP
          XDP DROP rule ip4.proto tcp tcp.dport 80 DROP | XDP DROP rule tcp.dport 080 ip4.proto 6 DROP
          XDP DROP rule ip4.snet 10.1.0.0/8 DROP | XDP DROP rule ip4.snet 10.2.0.0/8 DROP
          XDP DROP rule (tcp.dport) in {1;2;3} DROP | XDP DROP rule (tcp.dport) in {3;1;2;1} DROP
          XDP DROP set s (ip6.snet) in {fd00::1/8;fe80::/10} | XDP DROP set s (ip6.snet) in {fe80::/10;fd00::2/8}
          XDP DROP set s (tcp.dport) in {} set t (udp.dport) in {} | XDP DROP set t (udp.dport) in {} set s (tcp.dport) in {}
          """)
  void spellingAndOrderMakeNoDifference(String running, String wanted) {
    assertThat(diff("chain a BF_HOOK_" + running, "chain a BF_HOOK_" + wanted)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          XDP{ifindex=1} DROP | XDP{ifindex=2} DROP | XDP{ifindex=lo} DROP | XDP{ifindex=2} DROP
          XDP DROP | XDP ACCEPT | XDP DROP | XDP ACCEPT
          XDP DROP | TC_EGRESS DROP | XDP DROP | TC_EGRESS DROP
          XDP DROP | XDP{ifindex=2} DROP | XDP DROP | XDP{ifindex=2} DROP
          NF_FORWARD{priorities=1-2} DROP | NF_FORWARD{priorities=1-3} DROP | NF_FORWARD{priorities=1-2} DROP | NF_FORWARD{priorities=1-3} DROP
          CGROUP_SKB_EGRESS{cgpath=/a} DROP | CGROUP_SKB_EGRESS{cgpath=/b} DROP | CGROUP_SKB_EGRESS{cgpath=/a} DROP | CGROUP_SKB_EGRESS{cgpath=/b} DROP
          """)
  void headsThatDiffer(String running, String wanted, String old, String now) {
    String chain = "chain a BF_HOOK_";
    assertThat(diff(chain + running, chain + wanted))
        .isEqualTo(HEADS + "-" + chain + old + "\n+" + chain + now + "\n");
  }

  @ParameterizedTest
  @CsvSource({
    "tcp.dport 80 DROP, tcp.dport 81 DROP",
    "tcp.dport 80 DROP, tcp.dport not 80 DROP",
    "tcp.dport 80 DROP, udp.dport 80 DROP",
    "tcp.dport 80 DROP, tcp.dport 80 ACCEPT",
    "tcp.dport 80 DROP, tcp.dport 80 counter DROP",
    "tcp.dport 80 DROP, tcp.dport 80 log DROP",
    "tcp.dport 80 log DROP, tcp.dport 80 log link DROP",
    "tcp.dport 80 log DROP, tcp.dport 80 log every 1s DROP",
    "tcp.dport 80 mark 1 DROP, tcp.dport 80 mark 2 DROP",
    "tcp.dport 80 DROP, tcp.dport 80 mark 0 DROP",
    "tcp.dport 80 REDIRECT 1 in, tcp.dport 80 REDIRECT 1 out",
    "tcp.dport 80 REDIRECT 1 in, tcp.dport 80 REDIRECT 2 in",
    "tcp.dport 80 DROP, tcp.dport 80 tcp.dport 80 DROP",
    "(tcp.dport) in {1;2} DROP, (tcp.dport) in {1;3} DROP",
    "(tcp.dport) in {1;2} DROP, (tcp.dport) not in {1;2} DROP",
    "(tcp.dport) in {1;2} DROP, (udp.dport) in {1;2} DROP",
    "(tcp.dport) in {1;2} DROP, (tcp.dport) in {1;2;3} DROP",
    "(tcp.dport) in s DROP, (tcp.dport) in t DROP",
    "(tcp.dport) in s DROP, (tcp.dport) in {1} DROP",
    "ip4.snet 10.0.0.0/8 DROP, ip4.snet 10.0.0.0/9 DROP",
  })
  void rulesThatDiffer(String running, String wanted) {
    String chain =
        "chain a BF_HOOK_TC_EGRESS DROP set s (tcp.dport) in {1} set t (tcp.dport) in {1} rule ";
    String diff = diff(chain + running, chain + wanted);
    assertThat(diff.lines())
        .startsWith("--- running", "+++ file", " chain a BF_HOOK_TC_EGRESS DROP", "-    rule # 0")
        .contains("+    rule # 0");
  }

  @Test
  void showsWhatIsDifferentAndWhereItIs() {
    String running =
        """
        chain web BF_HOOK_XDP{ifindex=1} ACCEPT
          set blocked (ip4.saddr, tcp.dport) in {192.0.2.1,80; 192.0.2.2,80; 192.0.2.3,80}
          set gone (tcp.dport) in {1}
          set other (tcp.dport) in {}
          rule (ip4.saddr, tcp.dport) in blocked DROP
          rule tcp.dport 22 counter DROP
          rule tcp.dport 23 DROP
          rule (ip4.daddr) in {192.0.2.7} meta.iface 1 DROP
        chain same BF_HOOK_TC_EGRESS DROP rule tcp.dport 1 DROP
        chain old BF_HOOK_NF_LOCAL_IN{priorities=1-2} DROP
          set s (tcp.dport) in {9}
          rule ip4.proto tcp log link counter ACCEPT
        """;
    String wanted =
        """
        chain new BF_HOOK_CGROUP_SKB_INGRESS{cgpath=/a} ACCEPT
        chain web BF_HOOK_XDP{ifindex=1} ACCEPT
          set other (udp.dport) in {}
          set blocked (ip4.saddr, tcp.dport) in {192.0.2.4,80; 192.0.2.3,80; 192.0.2.1,80}
          rule (ip4.saddr, tcp.dport) in blocked DROP
          rule tcp.dport 23 DROP
          rule tcp.dport 24 DROP
          rule (ip4.daddr) in {192.0.2.7} meta.iface 1 DROP
        chain same BF_HOOK_TC_EGRESS DROP rule tcp.dport 1 DROP
        """;
    assertThat(diff(running, wanted))
        .isEqualTo(
            HEADS
                + """
                +chain new BF_HOOK_CGROUP_SKB_INGRESS{cgpath=/a} ACCEPT
                 chain web BF_HOOK_XDP{ifindex=lo} ACCEPT
                -    set other (tcp.dport) in {
                -    }
                +    set other (udp.dport) in {
                +    }
                     set blocked (ip4.saddr, tcp.dport) in {
                -        192.0.2.2, 80
                +        192.0.2.4, 80
                     }
                -    set gone (tcp.dport) in {
                -        1
                -    }
                -    rule # 1
                -        tcp.dport eq 22
                -        counter
                -        DROP
                +    rule # 2
                +        tcp.dport eq 24
                +        DROP
                -chain old BF_HOOK_NF_LOCAL_IN{priorities=1-2} DROP
                -    set s (tcp.dport) in {
                -        9
                -    }
                -    rule # 0
                -        ip4.proto eq tcp
                -        log link
                -        counter
                -        ACCEPT
                """);
  }

  @Test
  void aSetOfWhichAnotherHasTheNameCountsToo() {
    String chain = "chain a BF_HOOK_XDP DROP set s (tcp.dport) in {1} set s (tcp.dport) in {%s}";
    assertThat(diff(chain.formatted("2"), chain.formatted("2"))).isEmpty();
    assertThat(diff(chain.formatted("2"), chain.formatted("3")).lines())
        .contains("-        2", "+        3");
  }

  @Test
  void unreadableChainsAreNotInTheFile() {
    RunningRuleset running = new RunningRuleset(List.of(), List.of("broken"), List.of());
    assertThat(diff(running, List.of())).isEqualTo(HEADS + "-chain broken # can't be read\n");
    assertThat(diff(running, LoadedChains.parse("chain broken BF_HOOK_XDP DROP")))
        .isEqualTo(HEADS + "+chain broken BF_HOOK_XDP DROP\n-chain broken # can't be read\n");
  }

  @Test
  void orderCountsWhereChainsShareAnInterface() {
    String format =
        """
        chain %s BF_HOOK_TC_EGRESS{ifindex=1} DROP
        chain %s BF_HOOK_TC_EGRESS{ifindex=1} DROP
        """;
    String other = "chain o BF_HOOK_TC_EGRESS{ifindex=2} DROP\n";
    assertThat(diff(format.formatted("a", "b") + other, format.formatted("b", "a") + other))
        .isEqualTo(
            HEADS
                + """
                 # order on BF_HOOK_TC_EGRESS{ifindex=lo}
                -# a b
                +# b a
                """);
    assertThat(diff(format.formatted("a", "b") + other, other + format.formatted("a", "b")))
        .isEmpty();
    assertThat(diff(format.formatted("a", "b"), format.formatted("b", "c")).lines())
        .noneMatch(line -> line.contains("order"));
  }

  @Test
  void aMillionElementsTakeSeconds() {
    SetKey key = SetKey.of(MatcherType.IP6_SNET);
    SetElementsBuilder up = SetElements.builder(key);
    SetElementsBuilder down = SetElements.builder(key);
    for (long i = 0; i < 1_000_000; i++) {
      up.addNumbers(i << 16, i, 64);
      down.addNumbers((999_999 - i) << 16, 0, 64);
    }
    Chain chain = Chain.named("a").hook(Hook.XDP).policy(Policy.DROP).set("s", up.build()).build();
    SetElements other = down.build().minus(SetElements.parse(key, List.of("::/64")));
    Assertions.assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          Chain same = chain.withSet("s", down.build());
          assertThat(diff(new RunningRuleset(List.of(chain), List.of(), List.of()), List.of(same)))
              .isEmpty();
          String diff =
              diff(
                  new RunningRuleset(List.of(chain), List.of(), List.of()),
                  List.of(chain.withSet("s", other)));
          assertThat(diff.lines()).hasSize(6).contains("-        ::/64");
        });
  }
}
