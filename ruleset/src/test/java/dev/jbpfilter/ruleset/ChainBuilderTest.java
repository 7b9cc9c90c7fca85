package dev.jbpfilter.ruleset;

import static dev.jbpfilter.ruleset.Matchers.*;
import static dev.jbpfilter.ruleset.TcpFlag.ACK;
import static dev.jbpfilter.ruleset.TcpFlag.SYN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.ruleset.testing.RandomChains;
import dev.jbpfilter.ruleset.testing.Rebuilding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChainBuilderTest {

  private static ChainBuilder on(Hook hook) {
    return Chain.named("a").hook(hook).policy(Policy.ACCEPT);
  }

  @Test
  void readsAsTheTextDoes() {
    Chain built =
        Chain.named("web")
            .hook(Hook.TC_INGRESS)
            .ifindex(2)
            .policy(Policy.NEXT)
            .set("trusted", IP4_SADDR, "192.0.2.1", "192.0.2.7")
            .set("flows", key(IP4_SADDR, TCP_DPORT), "192.0.2.1, 22", "192.0.2.7,80")
            .rule(match(IP4_SADDR.inSet("trusted")).counter().accept())
            .rule(
                match(key(IP4_SADDR, TCP_DPORT).not().inSet("flows"), TCP_FLAGS.not().any(SYN, ACK))
                    .log(Layer.LINK, Layer.INTERNET)
                    .every(Duration.ofMillis(1500))
                    .mark(0x10)
                    .drop())
            .rule(match(TCP_DPORT.in(80, 443, 80), META_PROBABILITY.eq(12.5)).log().continueChain())
            .rule(
                match(TCP_DPORT.not().range(1000, 2000), IP4_PROTO.in("tcp", "udp"))
                    .redirect(3, Direction.OUT))
            .rule(match(IP6_SNET.eq("2001:db8::/32")).match(ICMPV6_TYPE.eq("echo-request")).next())
            .build();

    assertThat(built)
        .isEqualTo(
            Texts.chain(
                    """
                    chain web BF_HOOK_TC_INGRESS{ifindex=2} NEXT
                      set trusted (ip4.saddr) in {192.0.2.1; 192.0.2.7}
                      set flows (ip4.saddr, tcp.dport) in {192.0.2.1, 22; 192.0.2.7,80}
                      rule (ip4.saddr) in trusted counter ACCEPT
                      rule (ip4.saddr, tcp.dport) not in flows tcp.flags not any syn,ack
                        log link,internet every 1500ms mark 0x10 DROP
                      rule (tcp.dport) in {80; 443; 80} meta.probability 12.5% log CONTINUE
                      rule tcp.dport not range 1000-2000 (ip4.proto) in {tcp; udp} REDIRECT 3 out
                      rule ip6.snet 2001:db8::/32 icmpv6.type echo-request NEXT
                    """)
                .withoutSpans());
  }

  /** Every type with every operator that its texts can have, on every hook that takes it. */
  @ParameterizedTest
  @EnumSource(MatcherType.class)
  void buildsEveryMatcher(MatcherType type) {
    RandomChains random = new RandomChains(new Random(type.code()));
    for (Hook hook : Hook.values()) {
      for (Operator operator : Operator.values()) {
        if (!type.supports(operator) || !type.isCompatibleWith(hook)) {
          continue;
        }
        for (boolean negated : new boolean[] {false, true}) {
          Chain chain = random.chain(hook, type, operator, negated);
          assertThat(Rebuilding.rebuild(chain, negated)).isEqualTo(chain);
        }
      }
    }
  }

  @Test
  void hasAFieldForEveryType() {
    assertThat(Rebuilding.fields().keySet()).containsExactly(MatcherType.values());
    assertThat(Rebuilding.fields())
        .allSatisfy((type, field) ->
            assertThat(field instanceof Lookup)
                .as(field.type().keyword())
                .isEqualTo(type.isSetComponent()));
  }

  /** What is refused, with the text that the parser refuses for the same reason. */
  record Refused(String text, Function<ChainBuilder.Named, Object> call) {
    @Override
    public String toString() {
      return text;
    }
  }

  private static Arguments xdp(String rule, Function<ChainBuilder, Object> call) {
    return onHook("BF_HOOK_XDP", rule, call);
  }

  private static Arguments onHook(String hook, String rest, Function<ChainBuilder, Object> call) {
    return Arguments.of(
        new Refused(
            "chain a " + hook + " ACCEPT " + rest,
            named ->
                call.apply(named.hook(Hook.ofKeyword(hook).orElseThrow()).policy(Policy.ACCEPT))));
  }

  private static Arguments header(
      String header, Hook hook, Function<ChainBuilder.Hooked, Object> call) {
    return Arguments.of(
        new Refused("chain a " + header + " ACCEPT", named -> call.apply(named.hook(hook))));
  }

  static List<Arguments> refusals() {
    List<Arguments> all = new ArrayList<>(headers());
    all.addAll(values());
    all.addAll(sets());
    all.addAll(rules());
    return all;
  }

  private static List<Arguments> headers() {
    return List.of(
        header("BF_HOOK_XDP{ifindex=-1}", Hook.XDP, h -> h.ifindex(-1)),
        header("BF_HOOK_TC_EGRESS{ifindex=2147483648}", Hook.TC_EGRESS, h -> h.ifindex(1L << 31)),
        header("BF_HOOK_NF_FORWARD{priorities=1-1}", Hook.NF_FORWARD, h -> h.priorities(1, 1)),
        header("BF_HOOK_NF_FORWARD{priorities=0-1}", Hook.NF_FORWARD, h -> h.priorities(0, 1)),
        header("BF_HOOK_NF_FORWARD{priorities=-3-1}", Hook.NF_FORWARD, h -> h.priorities(-3, 1)),
        header(
            "BF_HOOK_CGROUP_SKB_EGRESS{cgpath=/a,ifindex=2}",
            Hook.CGROUP_SKB_EGRESS,
            h -> h.cgpath("/a").ifindex(2)),
        header(
            "BF_HOOK_XDP{ifindex=1,cgpath=/a}",
            Hook.XDP,
            h -> h.options(new HookOptions(1, "/a", null))));
  }

  private static List<Arguments> values() {
    return List.of(
        xdp("rule ip4.saddr 01.1.1.1 DROP", b -> IP4_SADDR.eq("01.1.1.1")),
        xdp("rule ip4.snet 1.1.1.1/33 DROP", b -> IP4_SNET.not().eq("1.1.1.1/33")),
        xdp("rule ip6.daddr :::1 DROP", b -> IP6_DADDR.eq(":::1")),
        xdp("rule ip6.dnet ::1 DROP", b -> IP6_DNET.eq("::1")),
        xdp("rule tcp.dport 65536 DROP", b -> TCP_DPORT.eq(65536)),
        xdp("rule udp.sport -1 DROP", b -> UDP_SPORT.eq(-1)),
        xdp("rule meta.dport range 90-80 DROP", b -> META_DPORT.range(90, 80)),
        xdp("rule tcp.sport range 1-65536 DROP", b -> TCP_SPORT.range(1, 65536)),
        xdp("rule meta.iface 0 DROP", b -> META_IFACE.eq(0)),
        xdp("rule meta.iface 4294967296 DROP", b -> META_IFACE.eq(1L << 32)),
        xdp("rule meta.l3_proto ipv5 DROP", b -> META_L3_PROTO.eq("ipv5")),
        xdp("rule meta.l4_proto 256 DROP", b -> META_L4_PROTO.eq(256)),
        xdp("rule ip4.proto route DROP", b -> IP4_PROTO.eq("route")),
        xdp("rule ip4.dscp 64 DROP", b -> IP4_DSCP.eq(64)),
        xdp("rule icmp.type echo-rply DROP", b -> ICMP_TYPE.eq("echo-rply")),
        xdp("rule icmpv6.code 256 DROP", b -> ICMPV6_CODE.eq(256)),
        xdp("rule meta.probability 100.5% DROP", b -> META_PROBABILITY.eq(100.5)),
        onHook("BF_HOOK_TC_INGRESS", "rule meta.mark -1 DROP", b -> META_MARK.eq(-1)),
        onHook(
            "BF_HOOK_TC_INGRESS",
            "rule meta.flow_hash range 5-4294967296 DROP",
            b -> META_FLOW_HASH.range(5, 1L << 32)));
  }

  private static List<Arguments> sets() {
    String nine = "ip4.proto,".repeat(8) + "ip4.proto";
    MatcherField.Member[] eight = new MatcherField.Member[8];
    Arrays.fill(eight, IP4_PROTO);
    return List.of(
        xdp("rule (tcp.dport) in {80;66000} DROP", b -> TCP_DPORT.in(80, 66000)),
        xdp("rule (tcp.dport) in {080;0x50} DROP", b -> TCP_DPORT.in("080", "0x50")),
        xdp("rule (icmp.code) in {-1} DROP", b -> ICMP_CODE.in(-1)),
        xdp("rule (ip4.proto) in {ipip} DROP", b -> IP4_PROTO.in("ipip")),
        xdp("rule (ip4.saddr) in {1.1.1.1,2.2.2.2} DROP", b -> IP4_SADDR.in("1.1.1.1,2.2.2.2")),
        xdp(
            "set s (ip4.saddr, tcp.dport) in {1.1.1.1}",
            b -> b.set("s", key(IP4_SADDR, TCP_DPORT), "1.1.1.1")),
        xdp("set s (ip4.snet, ip4.daddr) in {}", b -> key(IP4_SNET, IP4_DADDR)),
        xdp("set s (" + nine + ") in {}", b -> key(IP4_PROTO, eight)),
        xdp(
            "set s (ip6.saddr,ip6.saddr,ip6.saddr,ip6.saddr,ip4.proto) in {}",
            b -> key(IP6_SADDR, IP6_SADDR, IP6_SADDR, IP6_SADDR, IP4_PROTO)),
        xdp(
            "set trusted (tcp.dport) in {} rule (tcp.dport) in trsted DROP",
            b ->
                b.set("trusted", TCP_DPORT.elements(new int[0]))
                    .rule(match(TCP_DPORT.inSet("trsted")).drop())),
        xdp(
            "set s (tcp.dport) in {} rule (udp.dport) not in s DROP",
            b ->
                b.set("s", SetElements.empty(TCP_DPORT.key()))
                    .rule(match(UDP_DPORT.not().inSet("s")).drop())));
  }

  private static List<Arguments> rules() {
    return List.of(
        xdp(
            "rule ip4.proto tcp counter counter DROP",
            b -> match(IP4_PROTO.eq("tcp")).counter().counter()),
        xdp("rule ip4.proto tcp log log DROP", b -> match(IP4_PROTO.eq("tcp")).log().log()),
        onHook(
            "BF_HOOK_TC_EGRESS",
            "rule ip4.proto tcp mark 1 mark 2 DROP",
            b -> match(IP4_PROTO.eq(6)).mark(1).mark(2)),
        onHook(
            "BF_HOOK_TC_EGRESS",
            "rule ip4.proto tcp mark -3 DROP",
            b -> match(IP4_PROTO.eq(6)).mark(-3)),
        onHook(
            "BF_HOOK_TC_EGRESS",
            "rule ip4.proto tcp mark 4294967296 DROP",
            b -> match(IP4_PROTO.eq(6)).mark(1L << 32)),
        xdp("rule ip4.proto tcp mark 1 DROP", b -> b.rule(match(IP4_PROTO.eq(6)).mark(1).drop())),
        xdp("rule meta.mark 1 DROP", b -> b.rule(match(META_MARK.eq(1)).drop())),
        xdp(
            "rule ip4.proto tcp REDIRECT 2 in",
            b -> b.rule(match(IP4_PROTO.eq(6)).redirect(2, Direction.IN))),
        onHook(
            "BF_HOOK_NF_FORWARD",
            "rule ip4.proto tcp REDIRECT 2 out",
            b -> b.rule(match(IP4_PROTO.eq(6)).redirect(2, Direction.OUT))),
        onHook(
            "BF_HOOK_CGROUP_SOCK_ADDR_CONNECT4",
            "rule ip4.proto tcp log link DROP",
            b -> b.rule(match(IP4_PROTO.eq(6)).log(Layer.LINK).drop())),
        onHook(
            "BF_HOOK_CGROUP_SOCK_ADDR_CONNECT4",
            "rule (tcp.sport) in {1} DROP",
            b -> b.rule(match(TCP_SPORT.in(1)).drop())));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesAsTheParserDoes(Refused refused) {
    Diagnostic error = Texts.refuse(refused.text());
    String hint = error.hint() == null ? "" : " (" + error.hint() + ")";
    ChainBuilder.Named named = Chain.named("a");

    assertThatThrownBy(() -> refused.call().apply(named))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(error.message() + hint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a-b", "chain", "ACCEPT", "BF_HOOK_XDP", "__bf_staging_a"})
  void refusesNames(String name) {
    assertThatThrownBy(() -> Chain.named(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + name + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT18446744073.709551616S"})
  void refusesIntervals(String interval) {
    assertThatThrownBy(() -> match(TCP_DPORT.eq(1)).log().every(Duration.parse(interval)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("invalid rate '" + Duration.parse(interval) + "'");
  }

  @Test
  void takesTheLongestInterval() {
    RuleDraft longest =
        match(TCP_DPORT.eq(1)).log().every(Duration.parse("PT18446744073.709551615S")).drop();
    assertThat(longest.log()).isEqualTo(new Log(Log.ALL_HEADERS, -1));
  }

  @Test
  void anExceptionChangesNothing() {
    ChainBuilder builder = on(Hook.XDP).rule(match(TCP_DPORT.in(1)).drop());
    assertThatThrownBy(() -> builder.rule(match(TCP_DPORT.in(2), META_MARK.eq(1)).drop()));
    assertThatThrownBy(() -> builder.set("a-b", TCP_DPORT, "1"));
    assertThatThrownBy(() -> builder.rule(match(TCP_DPORT.in(3), TCP_DPORT.inSet("s")).drop()));

    assertThat(builder.rule(match(TCP_DPORT.in(4)).drop()).build())
        .isEqualTo(
            on(Hook.XDP)
                .rule(match(TCP_DPORT.in(1)).drop())
                .rule(match(TCP_DPORT.in(4)).drop())
                .build());
  }

  @Test
  void setsMayFollowRules() {
    Chain chain =
        on(Hook.XDP)
            .rule(match(TCP_DPORT.in(1)).drop())
            .set("s", TCP_DPORT, "2")
            .set("s", UDP_DPORT, "3")
            .rule(match(TCP_DPORT.inSet("s"), UDP_SPORT.in(4)).drop())
            .build();
    assertThat(chain)
        .isEqualTo(
            Texts.chain(
                    """
                    chain a BF_HOOK_XDP ACCEPT
                      set s (tcp.dport) in {2}
                      set s (udp.dport) in {3}
                      rule (tcp.dport) in {1} DROP
                      rule (tcp.dport) in s (udp.sport) in {4} DROP
                    """)
                .withoutSpans());
  }

  @Test
  void aBuilderGoesOn() {
    ChainBuilder builder = on(Hook.XDP);
    Chain empty = builder.build();
    assertThat(builder.rule(match(TCP_DPORT.eq(1)).drop()).build().rules()).hasSize(1);
    assertThat(empty.rules()).isEmpty();
    RuleBuilder start = match(TCP_DPORT.eq(1)).counter();
    assertThat(start.drop().verdict()).isEqualTo(Verdict.Basic.DROP);
    assertThat(start.log().accept().counter()).isTrue();
    assertThat(start.accept().log()).isNull();
  }

  @Test
  void transformsChains() {
    Chain chain =
        Texts.chain(
            """
            chain a BF_HOOK_XDP{ifindex=2} ACCEPT
              set s (tcp.dport) in {1}
              set unused (tcp.dport) in {2}
              rule (tcp.dport) in s log ACCEPT
              rule (tcp.dport) in {3} counter DROP
            """);
    List<RuleDraft> rules = new ArrayList<>();
    rules.add(match(IP4_SADDR.eq("192.0.2.1")).accept());
    for (RuleDraft rule : chain.drafts().reversed()) {
      rules.add(rule.withCounter(true).withLog(null).withVerdict(Verdict.Basic.NEXT));
    }
    assertThat(
            chain
                .withName("b")
                .withPolicy(Policy.DROP)
                .withOptions(HookOptions.NONE)
                .withRules(rules))
        .isEqualTo(
            Texts.chain(
                    """
                    chain b BF_HOOK_XDP DROP
                      set s (tcp.dport) in {1}
                      set unused (tcp.dport) in {2}
                      rule ip4.saddr 192.0.2.1 ACCEPT
                      rule (tcp.dport) in {3} counter NEXT
                      rule (tcp.dport) in s counter NEXT
                    """)
                .withoutSpans());
    assertThatThrownBy(() -> new RuleDraft(List.of(), null, false, null, Verdict.Basic.DROP))
        .hasMessageContaining("matcher");
  }

  @Test
  void refusesElementsOfAnotherKey() {
    assertThatThrownBy(() -> TCP_DPORT.in(UDP_DPORT.elements(53)))
        .hasMessage("(tcp.dport) can't be in a set of (udp.dport)");
  }

  @Test
  void rulesetsAreMadeOfChainsOrText() {
    Chain chain = on(Hook.XDP).rule(match(IP4_PROTO.eq(6)).drop()).build();
    Ruleset ruleset = Ruleset.of(chain);
    assertThat(ruleset.chains()).containsExactly(chain);
    assertThat(Ruleset.parse(ruleset.toString()).withoutSpans()).isEqualTo(ruleset);
    assertThat(Ruleset.parse(chain.toString()).withoutSpans()).isEqualTo(ruleset);
    assertThatThrownBy(() -> Ruleset.parse("chain a BF_HOOK_XPD DRP\nchain b BF_HOOK_XDP DRP"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("unknown hook 'BF_HOOK_XPD'\n")
        .hasMessageContaining("--> rules:1:21")
        .hasMessageContaining("--> rules:2:21");
  }

  @Test
  void interfacesAreNamedByWayOfAResolver() {
    assertThat(META_IFACE.eq(Texts.INTERFACES.require("eth0"))).isEqualTo(META_IFACE.eq(2));
    assertThatThrownBy(() -> InterfaceResolver.none().require("eth0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("interface 'eth0' not found");
  }
}
