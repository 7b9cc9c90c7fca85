package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.cgen.analysis.Count;
import dev.jbpfilter.cgen.analysis.Outcome;
import dev.jbpfilter.fuzz.TestPacket;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.ruleset.Flavor;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every matcher with every operator, plain and negated, on every hook that sees packets: a rule
 * that marks, logs, counts and drops, and packets that match, do not match and lack the header.
 * Verdict, counters, mark and log record are those of the reference evaluator, in the interpreter
 * and in the kernel; whether the rule matches is said by {@link Probes}.
 */
@RequiresBpf
class MatcherMatrixTest {
  private static final long MARK = 7;

  @TestFactory
  Stream<DynamicNode> matchers() {
    return packetHooks()
        .map(hook -> {
          List<DynamicTest> tests = new ArrayList<>();
          for (MatcherType type : MatcherType.values()) {
            if (type.isCompatibleWith(hook)) {
              addTests(tests, hook, type);
            }
          }
          return DynamicContainer.dynamicContainer(hook.keyword(), tests);
        });
  }

  private static Stream<Hook> packetHooks() {
    return Arrays.stream(Hook.values()).filter(hook -> hook.flavor().seesPackets());
  }

  private static void addTests(List<DynamicTest> tests, Hook hook, MatcherType type) {
    for (Operator operator : Operator.values()) {
      if (!type.supports(operator)) {
        continue;
      }
      for (Probes probes : Probes.of(type, operator, hook)) {
        for (boolean negated : new boolean[] {false, true}) {
          String condition = condition(type, operator, negated, probes.value());
          tests.add(
              DynamicTest.dynamicTest(condition, () -> check(hook, condition, negated, probes)));
        }
      }
    }
  }

  private static String condition(
      MatcherType type, Operator operator, boolean negated, String value) {
    String not = negated ? " not " : " ";
    return operator == Operator.IN
        ? "(" + type.keyword() + ")" + not + "in {" + value + "}"
        : type.keyword() + not + operator.keyword() + " " + value;
  }

  private static void check(Hook hook, String condition, boolean negated, Probes probes) {
    assertThat(probes.holding().size() + probes.failing().size()).isPositive();
    try (ThreeWayChain chain = chain(hook, condition)) {
      probes.holding().forEach(packet -> check(chain, packet, !negated));
      probes.failing().forEach(packet -> check(chain, packet, negated));
      probes.absent().forEach(packet -> check(chain, packet, false));
    }
  }

  private static ThreeWayChain chain(Hook hook, String condition) {
    return ThreeWayChain.of(
        "chain t "
            + hook.keyword()
            + " ACCEPT rule "
            + condition
            + " log counter"
            + mark(hook)
            + " DROP");
  }

  private static String mark(Hook hook) {
    return hook.flavor().canSetMark() ? " mark " + MARK : "";
  }

  private static void check(ThreeWayChain chain, TestPacket packet, boolean matches) {
    Outcome outcome = chain.run(packet);
    assertThat(outcome.counters().getFirst().packets())
        .as("matches %s", packet)
        .isEqualTo(matches ? 1 : 0);
    assertThat(outcome.counters().getLast()).as("no error %s", packet).isEqualTo(Count.ZERO);
    assertThat(outcome.log()).as("log of %s", packet).hasSize(matches ? 1 : 0);
    if (outcome.mark().isPresent() && matches) {
      assertThat(outcome.mark()).hasValue(MARK);
    }
  }

  /** Sets with more than one component, sets that share a map, empty sets. */
  @TestFactory
  Stream<DynamicNode> sets() {
    List<Probes> probes = new ArrayList<>(Probes.of(MatcherType.IP4_PROTO, Operator.EQ, Hook.XDP));
    assertThat(probes).hasSize(1);
    Probes udp = probes.getFirst();
    return packetHooks()
        .map(hook -> {
          List<DynamicTest> tests = new ArrayList<>();
          for (boolean negated : new boolean[] {false, true}) {
            String not = negated ? "not in " : "in ";
            for (String condition :
                List.of(
                    "(ip4.saddr, ip4.daddr, ip4.proto) " + not + "{192.0.2.1, 198.51.100.2, udp}",
                    "(ip4.proto) " + not + "second",
                    "(ip4.proto) " + not + "{udp; 253}")) {
              tests.add(
                  DynamicTest.dynamicTest(
                      condition, () -> checkSet(hook, condition, negated, udp)));
            }
          }
          tests.add(
              DynamicTest.dynamicTest("(ip4.proto) not in {}", () -> checkEmptySet(hook, udp)));
          return DynamicContainer.dynamicContainer(hook.keyword(), tests);
        });
  }

  private static void checkSet(Hook hook, String condition, boolean negated, Probes udp) {
    String text =
        "chain t "
            + hook.keyword()
            + " DROP set first (ip4.proto) in {tcp; 1} set empty (ip4.proto) in {}"
            + " set second (ip4.proto) in {udp} set third (ip4.proto) in {47}"
            + " rule "
            + condition
            + " log counter"
            + mark(hook)
            + " ACCEPT";
    try (ThreeWayChain chain = ThreeWayChain.of(text)) {
      udp.holding().forEach(packet -> checkIfFitting(hook, chain, packet, !negated));
      udp.failing().forEach(packet -> checkIfFitting(hook, chain, packet, negated));
      udp.absent().forEach(packet -> checkIfFitting(hook, chain, packet, false));
    }
  }

  private static void checkEmptySet(Hook hook, Probes udp) {
    try (ThreeWayChain chain = chain(hook, "(ip4.proto) not in {}")) {
      udp.holding().forEach(packet -> checkIfFitting(hook, chain, packet, true));
      udp.absent().forEach(packet -> checkIfFitting(hook, chain, packet, false));
    }
  }

  private static void checkIfFitting(
      Hook hook, ThreeWayChain chain, TestPacket packet, boolean matches) {
    if (packet.canBeTestRun(hook)) {
      check(chain, packet, matches);
    }
  }

  /** What a program returns for each verdict, by a rule and by the policy. */
  @TestFactory
  Stream<DynamicTest> verdicts() {
    TestPacket packet =
        Probes.of(MatcherType.META_L3_PROTO, Operator.EQ, Hook.XDP).getFirst().holding().getFirst();
    return packetHooks()
        .flatMap(hook ->
            Stream.of("ACCEPT", "DROP", "NEXT", "REDIRECT 1 out", "REDIRECT 1 in")
                .filter(verdict -> isAllowed(hook, verdict))
                .map(verdict ->
                    DynamicTest.dynamicTest(
                        hook.keyword() + " " + verdict,
                        () -> checkVerdict(hook, verdict, packet))));
  }

  private static boolean isAllowed(Hook hook, String verdict) {
    return switch (verdict) {
      case "REDIRECT 1 out" -> hook.flavor().hasLinkHeader();
      case "REDIRECT 1 in" -> hook.flavor() == Flavor.TC;
      default -> true;
    };
  }

  private static void checkVerdict(Hook hook, String verdict, TestPacket packet) {
    int returned =
        switch (hook.flavor()) {
          case XDP -> code(verdict, 2, 1, 2, 4);
          case TC -> code(verdict, 0, 2, -1, 7);
          case NETFILTER, CGROUP_SKB, CGROUP_SOCK_ADDR -> code(verdict, 1, 0, 1, -2);
        };
    String chain = "chain t " + hook.keyword() + " ";
    String other = verdict.equals("DROP") ? "ACCEPT" : "DROP";
    try (ThreeWayChain byRule =
        ThreeWayChain.of(chain + other + " rule meta.l3_proto ipv4 counter " + verdict)) {
      assertThat(byRule.run(packet).returned()).as("by rule").isEqualTo(returned);
    }
    if (!verdict.startsWith("REDIRECT")) {
      try (ThreeWayChain byPolicy =
          ThreeWayChain.of(chain + verdict + " rule meta.l3_proto ipv4 counter CONTINUE")) {
        assertThat(byPolicy.run(packet).returned()).as("by policy").isEqualTo(returned);
      }
    }
  }

  private static int code(String verdict, int accept, int drop, int next, int redirect) {
    return switch (verdict) {
      case "ACCEPT" -> accept;
      case "DROP" -> drop;
      case "NEXT" -> next;
      default -> redirect;
    };
  }
}
