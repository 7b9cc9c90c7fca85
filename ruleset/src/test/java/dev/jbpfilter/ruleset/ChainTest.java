package dev.jbpfilter.ruleset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChainTest {
  private static final Matcher TCP =
      new FieldMatcher(MatcherType.IP4_PROTO, false, Operator.EQ, new Payload.Scalar(6));
  private static final FilterSet NAMED =
      new FilterSet("s", SetElements.empty(SetKey.of(MatcherType.TCP_DPORT)));
  private static final FilterSet ANONYMOUS =
      new FilterSet(null, SetElements.empty(SetKey.of(MatcherType.TCP_DPORT)));

  private static Rule rule(int index, Matcher... matchers) {
    return new Rule(index, List.of(matchers), true, Verdict.Basic.DROP);
  }

  private static Chain chain(Hook hook, List<FilterSet> sets, Rule... rules) {
    return new Chain("a", hook, HookOptions.NONE, Policy.ACCEPT, sets, List.of(rules), Span.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a-b", "a.b", "é", "chain", "ACCEPT", "BF_HOOK_X", "__bf_staging_1"})
  void refusesNames(String name) {
    assertThatThrownBy(() -> new Chain(name, Hook.XDP, Policy.DROP, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + name + "'");
  }

  @Test
  void refusesLongNames() {
    assertThat(new Chain("a".repeat(255), Hook.XDP, Policy.DROP, List.of()).rules()).isEmpty();
    assertThatThrownBy(() -> new Chain("a".repeat(256), Hook.XDP, Policy.DROP, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesWhatTheHookDoesNotKnow() {
    Matcher mark =
        new FieldMatcher(MatcherType.META_MARK, false, Operator.EQ, new Payload.Scalar(6));
    assertThatThrownBy(() -> chain(Hook.XDP, List.of(), rule(0, mark)))
        .hasMessage(
            "matcher meta.mark is not compatible with BF_HOOK_XDP: Operation not supported (meta.mark"
                + " can be used with BF_HOOK_TC_…, BF_HOOK_NF_…, BF_HOOK_CGROUP_SKB_…)");
    assertThatThrownBy(() -> chain(Hook.XDP, List.of()).withOptions(HookOptions.ofCgpath("/a")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesWhatNoTextCanSay() {
    assertThatThrownBy(() -> chain(Hook.XDP, List.of(), rule(1, TCP)))
        .hasMessageContaining("index 1");
    assertThatThrownBy(() -> chain(Hook.XDP, List.of(), rule(0, new SetMatcher(0, false))))
        .hasMessageContaining("set 0");
    assertThatThrownBy(() -> chain(Hook.XDP, List.of(ANONYMOUS))).hasMessageContaining("not used");
    assertThatThrownBy(
            () -> chain(Hook.XDP, List.of(ANONYMOUS, NAMED), rule(0, new SetMatcher(0, true))))
        .hasMessageContaining("follows an anonymous set");
    assertThatThrownBy(() ->
            chain(
                Hook.XDP,
                List.of(ANONYMOUS),
                rule(0, new SetMatcher(0, true), new SetMatcher(0, true))))
        .hasMessageContaining("once");
    assertThatThrownBy(
            () -> chain(Hook.XDP, List.of(NAMED, NAMED), rule(0, new SetMatcher(1, true))))
        .hasMessageContaining("set 1");
  }

  @Test
  void knowsProtocolsAndDisabledRules() {
    Matcher inNamed = new SetMatcher(0, false);
    Matcher notInNamed = new SetMatcher(0, true);
    Matcher udp =
        new FieldMatcher(MatcherType.UDP_DPORT, true, Operator.EQ, new Payload.Scalar(53));
    Matcher ip6 =
        new FieldMatcher(MatcherType.IP6_NEXTHDR, true, Operator.EQ, new Payload.Scalar(53));
    Chain chain =
        chain(
            Hook.XDP,
            List.of(NAMED),
            rule(0, TCP, notInNamed),
            rule(1, TCP, inNamed),
            rule(2, notInNamed, udp),
            rule(3, TCP, ip6),
            rule(4, udp, udp, ip6));
    assertThat(chain.protocols(chain.rules().getFirst()))
        .containsExactlyInAnyOrder(Protocol.IPV4, Protocol.TCP);
    assertThat(chain.rules())
        .extracting(r -> chain.disabledReason(r).orElse(null))
        .containsExactly(
            null,
            DisabledReason.EMPTY_SET,
            DisabledReason.INCOMPATIBLE_LAYERS,
            DisabledReason.INCOMPATIBLE_LAYERS,
            null);
    assertThat(chain.isEnabled(chain.rules().get(4))).isTrue();
    assertThat(chain.warnings()).hasSize(5);
  }

  @Test
  void comparesWithoutSpans() {
    Chain one = Texts.chain("chain a BF_HOOK_XDP ACCEPT rule ip4.proto tcp counter DROP");
    Chain two = Texts.chain("chain  a  BF_HOOK_XDP ACCEPT rule ip4.proto eq 6 counter DROP");
    assertThat(one).isNotEqualTo(two);
    assertThat(one.withoutSpans()).isEqualTo(two.withoutSpans());
    assertThat(one.withoutSpans()).isEqualTo(chain(Hook.XDP, List.of(), rule(0, TCP)));
  }

  @Test
  void rulesNeedMatchersAndFittingPayloads() {
    assertThatThrownBy(() -> rule(0)).hasMessageContaining("no matcher");
    assertThatThrownBy(() ->
            new FieldMatcher(MatcherType.TCP_DPORT, false, Operator.EQ, new Payload.Scalar(65536)))
        .hasMessageContaining("tcp.dport eq")
        .hasMessageContaining("65536");
    assertThatThrownBy(
            () -> new Rule(0, List.of(TCP), null, false, 1L << 32, Verdict.Basic.DROP, Span.NONE))
        .hasMessageContaining("4294967296");
    assertThatThrownBy(() -> new Log(8, 0)).hasMessageContaining("8");
    assertThatThrownBy(() -> new Verdict.Redirect(0, Direction.IN)).hasMessageContaining("0");
    assertThatThrownBy(() -> new HookOptions.Priorities(3, 3)).hasMessageContaining("3");
  }

  @Test
  void verdictsHaveStoredNumbers() {
    assertThat(Verdict.Basic.values()).extracting(Verdict::code).containsExactly(0, 1, 2, 4);
    assertThat(new Verdict.Redirect(1, Direction.IN).code()).isEqualTo(3);
    assertThat(Verdict.Basic.CONTINUE.isTerminal()).isFalse();
    assertThat(new Verdict.Redirect(1, Direction.IN).isTerminal()).isTrue();
    assertThat(Policy.values())
        .extracting(Policy::verdict)
        .containsExactly(Verdict.Basic.ACCEPT, Verdict.Basic.DROP, Verdict.Basic.NEXT);
  }
}
