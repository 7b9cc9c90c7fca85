package dev.jbpfilter.ruleset.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Texts;
import dev.jbpfilter.ruleset.Verdict;
import org.junit.jupiter.api.Test;

/** What chains do; {@link EvaluatorMatchersTest} has the matchers. */
class EvaluatorTest {
  private static final PacketInput TCP = PacketInput.ofFrame(tcp().build());

  private static PacketBuilder tcp() {
    return PacketBuilder.ethernet().ipv4("10.0.0.1", "192.168.1.2").tcp(40000, 80, 0x02);
  }

  @Test
  void skipsWhatNoRuleNeeds() {
    Chain empty = Texts.chain("chain a BF_HOOK_XDP DROP");
    PacketInput tiny = PacketInput.ofFrame(PacketBuilder.ethernet().truncate(13).build());
    Evaluation result = Evaluator.of(empty).evaluate(tiny);
    assertThat(result.malformed()).isFalse();
    assertThat(result.policyCounted()).isTrue();
    assertThat(result.size()).isEqualTo(13);
  }

  @Test
  void disabledRulesNeedNothing() {
    Chain chain =
        Texts.chain("chain a BF_HOOK_XDP DROP rule tcp.dport 80 udp.dport 80 counter ACCEPT");
    PacketInput cut = PacketInput.ofFrame(tcp().truncate(53).build());
    Evaluation result = Evaluator.of(chain).evaluate(cut);
    assertThat(result.malformed()).isFalse();
    assertThat(result.matchedRules()).isEmpty();
  }

  @Test
  void continuesAndCounts() {
    Chain chain =
        Texts.chain(
            """
            chain a BF_HOOK_XDP DROP
              rule ip4.proto tcp counter CONTINUE
              rule ip4.proto udp counter ACCEPT
              rule tcp.dport 80 CONTINUE
              rule meta.l3_proto ipv4 counter NEXT
              rule meta.l3_proto ipv4 counter ACCEPT
            """);
    Evaluation result = Evaluator.of(chain).evaluate(TCP);
    assertThat(result.verdict()).isEqualTo(Verdict.Basic.NEXT);
    assertThat(result.matchedRules()).containsExactly(0, 2, 3);
    assertThat(result.countedRules()).containsExactly(0, 3);
    assertThat(result.policyCounted()).isFalse();
    assertThat(result.size()).isEqualTo(54);
  }

  @Test
  void onlyContinuesReachThePolicy() {
    Evaluation result =
        Evaluator.of(Texts.chain("chain a BF_HOOK_XDP NEXT rule ip4.proto tcp counter CONTINUE"))
            .evaluate(TCP);
    assertThat(result.verdict()).isEqualTo(Verdict.Basic.NEXT);
    assertThat(result.policyCounted()).isTrue();
    assertThat(result.countedRules()).containsExactly(0);
  }

  @Test
  void marksAreVisibleToLaterRules() {
    Chain chain =
        Texts.chain(
            """
            chain a BF_HOOK_TC_INGRESS NEXT
              rule ip4.proto 6 mark 5 CONTINUE
              rule meta.mark eq 5 CONTINUE
            """);
    Evaluation result = Evaluator.of(chain).evaluate(TCP);
    assertThat(result.matchedRules()).containsExactly(0, 1);
    assertThat(result.mark()).isEqualTo(5);
    assertThat(result.verdict()).isEqualTo(Verdict.Basic.NEXT);
  }

  @Test
  void countsTheMissingLinkHeader() {
    byte[] packet = PacketBuilder.withoutLink().ipv4("10.0.0.1", "10.0.0.2").icmp(8, 0).build();
    Chain chain = Texts.chain("chain a BF_HOOK_NF_LOCAL_IN DROP rule icmp.type 8 ACCEPT");
    Evaluation result = Evaluator.of(chain).evaluate(PacketInput.ofPacket(0x0800, packet));
    assertThat(result.size()).isEqualTo(20 + 8 + 14);
    assertThat(result.verdict()).isEqualTo(Verdict.Basic.ACCEPT);
    assertThatThrownBy(() -> Evaluator.of(chain).evaluate(TCP))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("BF_HOOK_NF_LOCAL_IN");
  }

  @Test
  void drawsOnlyAfterEarlierMatchersMatched() {
    int[] draws = {0};
    Environment environment =
        new Environment() {
          @Override
          public int random() {
            draws[0]++;
            return 0xbfff_ffff;
          }

          @Override
          public long nanoTime() {
            return 0;
          }
        };
    Chain chain =
        Texts.chain(
            """
            chain a BF_HOOK_XDP DROP
              rule tcp.dport 81 meta.probability 100% CONTINUE
              rule tcp.dport 80 meta.probability 75% CONTINUE
              rule tcp.dport 80 meta.probability 74.9% CONTINUE
              rule tcp.dport 80 meta.probability not 74.9% CONTINUE
            """);
    Evaluation result = Evaluator.of(chain, environment).evaluate(TCP);
    assertThat(result.matchedRules()).containsExactly(1, 3);
    assertThat(draws[0]).isEqualTo(3);
  }

  @Test
  void limitsTheRateOfEachRule() {
    long[] now = {10_000_000_000L};
    Environment environment =
        new Environment() {
          @Override
          public int random() {
            return 0;
          }

          @Override
          public long nanoTime() {
            return now[0];
          }
        };
    Evaluator evaluator =
        Evaluator.of(
            Texts.chain(
                """
                chain a BF_HOOK_XDP DROP
                  rule ip4.proto tcp log every 1s counter CONTINUE
                  rule ip4.proto tcp log CONTINUE
                """),
            environment);
    assertThat(evaluator.evaluate(TCP).log()).extracting(LogEntry::rule).containsExactly(0, 1);
    now[0] += 999_999_999L;
    Evaluation second = evaluator.evaluate(TCP);
    assertThat(second.log()).extracting(LogEntry::rule).containsExactly(1);
    assertThat(second.countedRules()).containsExactly(0);
    now[0] += 1;
    assertThat(evaluator.evaluate(TCP).log()).extracting(LogEntry::rule).containsExactly(0, 1);
  }

  @Test
  void redirects() {
    Chain chain = Texts.chain("chain a BF_HOOK_XDP DROP rule ip4.proto tcp REDIRECT 7 out");
    assertThat(Evaluator.of(chain).evaluate(TCP).verdict().text()).isEqualTo("REDIRECT 7 out");
  }
}
