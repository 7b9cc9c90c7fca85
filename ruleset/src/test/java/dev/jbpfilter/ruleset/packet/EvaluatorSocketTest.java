package dev.jbpfilter.ruleset.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.Texts;
import dev.jbpfilter.ruleset.Verdict;
import dev.jbpfilter.ruleset.testing.RawLogRecord;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rule of a sock_addr chain matches which call. */
class EvaluatorSocketTest {
  private static final Payload.Ipv4Address HOST4 = new Payload.Ipv4Address(0x0a000002);
  private static final Payload.Ipv6Address HOST6 = new Payload.Ipv6Address(0x20010db8L << 32, 2);
  private static final Map<String, SocketCall> CALLS =
      Map.of(
          "CONNECT4", SocketCall.to(HOST4, 80, 6),
          "CONNECT6", SocketCall.to(HOST6, 443, 6),
          "SENDMSG4", SocketCall.to(HOST4, 53, 17).from(new Payload.Ipv4Address(0x0a000001)),
          "SENDMSG6", SocketCall.to(HOST6, 53, 17).from(new Payload.Ipv6Address(0, 1)));

  private static SocketCall call(String hook) {
    return Objects.requireNonNull(CALLS.get(hook), hook);
  }

  private static Evaluation run(String hook, String rule, SocketCall call) {
    Chain chain = Texts.chain("chain a BF_HOOK_CGROUP_SOCK_ADDR_" + hook + " DROP rule " + rule);
    return Evaluator.of(chain).evaluate(call);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CONNECT4 | meta.l3_proto ipv4 | true
          CONNECT6 | meta.l3_proto ipv4 | false
          CONNECT6 | meta.l3_proto not ipv4 | true
          CONNECT4 | meta.l4_proto tcp | true
          SENDMSG4 | meta.l4_proto not tcp | true
          CONNECT4 | meta.dport 80 | true
          CONNECT6 | meta.dport range 80-443 | true
          CONNECT6 | meta.dport not range 80-443 | false
          CONNECT4 | meta.probability 100% | true
          CONNECT4 | ip4.daddr 10.0.0.2 | true
          CONNECT4 | ip4.daddr not 10.0.0.2 | false
          CONNECT4 | ip4.dnet 10.9.9.9/8 | true
          CONNECT4 | ip4.proto tcp | true
          SENDMSG4 | ip4.saddr 10.0.0.1 | true
          SENDMSG4 | ip4.snet not 10.0.0.0/31 | false
          CONNECT6 | ip6.daddr 2001:db8::2 | true
          SENDMSG6 | ip6.dnet 2001:db8::/127 | false
          SENDMSG6 | ip6.saddr ::1 | true
          SENDMSG6 | ip6.snet ::/127 | true
          CONNECT4 | tcp.dport 80 | true
          CONNECT4 | udp.dport not 1 | false
          SENDMSG6 | udp.dport 53 | true
          SENDMSG4 | (ip4.daddr, udp.dport) in {10.0.0.2, 53} | true
          SENDMSG4 | (ip4.snet) not in {10.0.0.0/8} | false
          CONNECT4 | (udp.dport) not in {1} | false
          """)
  void decides(String hook, String matcher, boolean matches) {
    SocketCall call = call(hook);
    Evaluation result = run(hook, matcher + " counter ACCEPT", call);
    assertThat(result.verdict()).isEqualTo(matches ? Verdict.Basic.ACCEPT : Verdict.Basic.DROP);
    assertThat(result.countedRules()).hasSize(matches ? 1 : 0);
    assertThat(result.size()).isZero();
    assertThat(result.malformed()).isFalse();
  }

  /** There is a port, even if the protocol has none. */
  @Test
  void portsOfAnyProtocol() {
    SocketCall call = SocketCall.to(HOST4, 0, 255);
    assertThat(run("CONNECT4", "meta.dport 0 ACCEPT", call).verdict())
        .isEqualTo(Verdict.Basic.ACCEPT);
    assertThat(run("CONNECT4", "meta.l4_proto 254 ACCEPT", call).verdict())
        .isEqualTo(Verdict.Basic.DROP);
  }

  @Test
  void logs() {
    SocketCall call = call("SENDMSG4").by(0xffff_fff0L, "fifteen-letters");
    assertThat(
            run("SENDMSG4", "meta.dport 53 log NEXT", call).log().getFirst().record().toByteArray())
        .isEqualTo(
            RawLogRecord.call(0, 0, 4, -16, "fifteen-letters", 53)
                .protocols(0x0800, 17)
                .source("0a000001")
                .destination("0a000002")
                .bytes());
    assertThat(
            run("CONNECT6", "meta.dport 443 log DROP", call("CONNECT6"))
                .log()
                .getFirst()
                .record()
                .toByteArray())
        .isEqualTo(
            RawLogRecord.call(0, 0, 1, 1, "init", 443)
                .protocols(0x86dd, 6)
                .destination("20010db8 00000000 00000000 00000002")
                .bytes());
  }

  @Test
  void hooksSeeTheirCallsOnly() {
    for (String hook : CALLS.keySet()) {
      CALLS.forEach((other, call) -> {
        if (!other.equals(hook)) {
          assertThatThrownBy(() -> run(hook, "meta.dport 1 DROP", call))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageContaining(hook + " chains see no call");
        }
      });
    }
    PacketInput frame = PacketInput.ofFrame(new byte[60]);
    Chain chain = Texts.chain("chain a BF_HOOK_CGROUP_SOCK_ADDR_CONNECT4 ACCEPT");
    assertThatThrownBy(() -> Evaluator.of(chain).evaluate(frame))
        .hasMessageContaining("see socket calls");
    assertThatThrownBy(() -> SocketCall.to(HOST4, 65536, 6)).hasMessage("not a port: 65536");
    assertThatThrownBy(() -> SocketCall.to(HOST4, 1, 256)).hasMessage("not a protocol: 256");
    assertThatThrownBy(() -> SocketCall.to(HOST4, 1, 6).by(1, "sixteen-letters-"))
        .hasMessageContaining("too long");
    assertThatThrownBy(() -> SocketCall.to(HOST4, 1, 6).by(-1, "x")).hasMessageContaining("-1");
  }
}
