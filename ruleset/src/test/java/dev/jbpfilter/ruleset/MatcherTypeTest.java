package dev.jbpfilter.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatcherTypeTest {

  /**
   * The table of matchers: number, operators, protocol; and the hooks in the order XDP, TC, NF,
   * CGROUP_SKB, CONNECT4, CONNECT6, SENDMSG4, SENDMSG6, an x where the matcher is accepted.
   */
  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 | meta.iface | eq | | xxxx----
          1 | meta.l3_proto | eq | | xxxxxxxx
          2 | meta.l4_proto | eq | | xxxxxxxx
          3 | meta.probability | eq | | xxxxxxxx
          4 | meta.sport | eq range | | xxxx----
          5 | meta.dport | eq range | | xxxxxxxx
          6 | meta.mark | eq | | -xxx----
          7 | meta.flow_hash | eq range | | -x------
          8 | meta.flow_probability | eq | | xx-x----
          9 | ip4.saddr | eq in | IPV4 | xxxx--x-
          10 | ip4.snet | eq in | IPV4 | xxxx--x-
          11 | ip4.daddr | eq in | IPV4 | xxxxx-x-
          12 | ip4.dnet | eq in | IPV4 | xxxxx-x-
          13 | ip4.proto | eq in | IPV4 | xxxxx-x-
          14 | ip4.dscp | eq | IPV4 | xxxx----
          15 | ip6.saddr | eq in | IPV6 | xxxx---x
          16 | ip6.snet | eq in | IPV6 | xxxx---x
          17 | ip6.daddr | eq in | IPV6 | xxxx-x-x
          18 | ip6.dnet | eq in | IPV6 | xxxx-x-x
          19 | ip6.nexthdr | eq in | IPV6 | xxxx----
          20 | ip6.dscp | eq | IPV6 | xxxx----
          21 | tcp.sport | eq in range | TCP | xxxx----
          22 | tcp.dport | eq in range | TCP | xxxxxx--
          23 | tcp.flags | eq any all | TCP | xxxx----
          24 | udp.sport | eq in range | UDP | xxxx----
          25 | udp.dport | eq in range | UDP | xxxxxxxx
          26 | icmp.type | eq in | ICMP | xxxx----
          27 | icmp.code | eq in | ICMP | xxxx----
          28 | icmpv6.type | eq in | ICMPV6 | xxxx----
          29 | icmpv6.code | eq in | ICMPV6 | xxxx----
          """)
  void followsTheTable(
      int code, String keyword, String operators, Protocol protocol, String hooks) {
    MatcherType type = MatcherType.ofKeyword(keyword).orElseThrow();
    assertThat(type.code()).isEqualTo(code);
    for (Operator operator : Operator.values()) {
      assertThat(type.supports(operator))
          .as(operator.keyword())
          .isEqualTo((" " + operators + " ").contains(" " + operator.keyword() + " "));
    }
    assertThat(type.isSetComponent()).isEqualTo(type.supports(Operator.IN));
    assertThat(type.protocol().orElse(null)).isEqualTo(protocol);
    for (Hook hook : Hook.values()) {
      assertThat(type.isCompatibleWith(hook))
          .as(hook.keyword())
          .isEqualTo(hooks.charAt(column(hook)) == 'x');
    }
  }

  private static int column(Hook hook) {
    return switch (hook) {
      case CGROUP_SOCK_ADDR_CONNECT4 -> 4;
      case CGROUP_SOCK_ADDR_CONNECT6 -> 5;
      case CGROUP_SOCK_ADDR_SENDMSG4 -> 6;
      case CGROUP_SOCK_ADDR_SENDMSG6 -> 7;
      default ->
          switch (hook.flavor()) {
            case XDP -> 0;
            case TC -> 1;
            case NETFILTER -> 2;
            case CGROUP_SKB -> 3;
            case CGROUP_SOCK_ADDR -> throw new AssertionError(hook);
          };
    };
  }

  @Test
  void hooksHaveStoredNumbers() {
    assertThat(Hook.values())
        .extracting(Hook::code)
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13);
    assertThat(Hook.ofKeyword("BF_HOOK_TC_EGRESS")).contains(Hook.TC_EGRESS);
    assertThat(Hook.TC_EGRESS.code()).isEqualTo(9);
    assertThat(Hook.CGROUP_SOCK_ADDR_SENDMSG6.keyword())
        .isEqualTo("BF_HOOK_CGROUP_SOCK_ADDR_SENDMSG6");
    assertThat(Hook.ofKeyword("XDP")).isEmpty();
    assertThat(Operator.values()).extracting(Operator::code).containsExactly(0, 1, 2, 3, 4);
    assertThat(Operator.ofKeyword("any")).contains(Operator.ANY);
  }

  @Test
  void acceptsPayloadsOfItsKind() {
    MatcherType port = MatcherType.TCP_DPORT;
    assertThat(port.accepts(Operator.EQ, new Payload.Scalar(65535))).isTrue();
    assertThat(port.accepts(Operator.EQ, new Payload.Scalar(65536))).isFalse();
    assertThat(port.accepts(Operator.IN, new Payload.Scalar(1))).isFalse();
    assertThat(port.accepts(Operator.ANY, new Payload.Scalar(1))).isFalse();
    assertThat(port.accepts(Operator.RANGE, new Payload.Range(1, 65535))).isTrue();
    assertThat(port.accepts(Operator.RANGE, new Payload.Range(1, 65536))).isFalse();
    assertThat(port.accepts(Operator.EQ, new Payload.Range(1, 2))).isFalse();
    assertThat(port.accepts(Operator.RANGE, new Payload.Scalar(1))).isFalse();
    assertThat(port.accepts(Operator.EQ, new Payload.Ipv4Address(1))).isFalse();
    assertThat(MatcherType.META_IFACE.accepts(Operator.EQ, new Payload.Scalar(0))).isFalse();
    assertThat(MatcherType.IP4_SNET.accepts(Operator.EQ, new Payload.Ipv4Network(0, 0))).isTrue();
    assertThat(MatcherType.IP4_SNET.accepts(Operator.EQ, new Payload.Ipv4Address(0))).isFalse();
    assertThat(MatcherType.TCP_FLAGS.accepts(Operator.ALL, new Payload.Flags(1))).isTrue();
  }
}
