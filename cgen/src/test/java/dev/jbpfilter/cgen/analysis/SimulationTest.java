package dev.jbpfilter.cgen.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.cgen.CompileOptions;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.RulesetParser;
import dev.jbpfilter.ruleset.Source;
import dev.jbpfilter.ruleset.packet.PacketDescription;
import dev.jbpfilter.ruleset.packet.PacketInput;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private static final long SECOND = 1_000_000_000;

  /** In nanoseconds; later than any interval. */
  private static final long START = 1L << 60;

  private static Simulation of(String rules) {
    return Simulation.of(chain(rules), CompileOptions.DEFAULT, 0);
  }

  private static Chain chain(String text) {
    return RulesetParser.parse(new Source("rules", text), InterfaceResolver.none())
        .ruleset()
        .orElseThrow()
        .chains()
        .getFirst();
  }

  private static Judgement judge(Simulation simulation, String packet, long nanos) {
    PacketInput input =
        PacketDescription.parse(packet, InterfaceResolver.none()).packet(simulation.chain());
    return simulation.judge(input, nanos, () -> 0);
  }

  @Test
  void everyRuleIsCountedWhetherOrNotItCounts() {
    Simulation simulation =
        of(
            """
            chain c BF_HOOK_XDP DROP
              rule ip4.proto tcp CONTINUE
              rule tcp.dport 22 ACCEPT
              rule tcp.dport 23 counter DROP
            """);
    Judgement accepted = judge(simulation, "tcp 192.0.2.7:1 > 192.0.2.1:22", START);
    assertThat(accepted.by()).isEqualTo(Judgement.By.RULE);
    assertThat(accepted.rule()).isEqualTo(1);
    assertThat(simulation.matched()).containsExactly(0, 1);
    assertThat(judge(simulation, "udp 192.0.2.7:1 > 192.0.2.1:22", START).by())
        .isEqualTo(Judgement.By.POLICY);
    assertThat(judge(simulation, "tcp 192.0.2.7:1 > 192.0.2.1:22 cut", START).by())
        .isEqualTo(Judgement.By.ERROR);
    Totals totals = simulation.totals();
    assertThat(totals.rules()).containsExactly(new Count(1, 54), new Count(1, 54), Count.ZERO);
    assertThat(totals.policy()).isEqualTo(new Count(1, 42));
    assertThat(totals.error()).isEqualTo(new Count(1, 38));
    assertThat(totals.all()).isEqualTo(new Count(3, 134));
    assertThat(totals.verdicts().toString()).contains("ACCEPT=", "DROP=");
  }

  @Test
  void limitsOfLogsGoByTheTimeOfThePackets() {
    Simulation simulation = of("chain c BF_HOOK_XDP DROP rule udp.dport 1 log every 2s ACCEPT");
    for (int i = 0; i < 10; i++) {
      judge(simulation, "udp 192.0.2.7:1 > 192.0.2.1:1", START + i * SECOND);
    }
    assertThat(simulation.totals().logged()).containsExactly(5L);
  }

  @Test
  void marksAndRedirectionsAreTold() {
    Simulation simulation =
        of(
            """
            chain c BF_HOOK_TC_INGRESS ACCEPT
              rule udp.dport 1 mark 7 CONTINUE
              rule udp.dport 1 REDIRECT 3 out
            """);
    Judgement judgement = judge(simulation, "udp 192.0.2.7:1 > 192.0.2.1:1", START);
    assertThat(judgement.mark()).isEqualTo(7);
    assertThat(judgement.verdict()).hasToString("Redirect[ifindex=3, direction=OUT]");
    assertThat(judgement.differs(judge(simulation, "udp 192.0.2.7:1 > 192.0.2.1:2", START)))
        .isTrue();
  }

  @Test
  void packetsThatTheHookDoesNotSeeAreRefused() {
    Simulation simulation = of("chain c BF_HOOK_XDP ACCEPT");
    PacketInput packet = PacketInput.ofPacket(0x0800, new byte[20]);
    assertThatThrownBy(() -> simulation.judge(packet, START, () -> 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("BF_HOOK_XDP");
    assertThatThrownBy(() -> of("chain c BF_HOOK_CGROUP_SOCK_ADDR_CONNECT4 ACCEPT"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("socket calls");
  }
}
