package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.Compiler;
import dev.jbpfilter.loader.kernel.BpfMap;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Operator;
import dev.jbpfilter.ruleset.RulesetParser;
import dev.jbpfilter.ruleset.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The verifier takes every matcher, operator and negation on every hook that allows it. */
@RequiresBpf
class EveryMatcherLoadsTest {
  /** A good deal less than the verifier's limit of a million, which more rules would pass. */
  private static final int MOST_VERIFIED = 200_000;

  @ParameterizedTest
  @EnumSource(Hook.class)
  void allMatchersOfAHookInOneChain(Hook hook) {
    StringBuilder text = new StringBuilder("chain t " + hook.keyword() + " DROP\n");
    for (String condition : conditions(hook)) {
      text.append("rule ").append(condition).append(" counter CONTINUE\n");
    }
    assertThat(verified(text.toString())).isBetween(1, MOST_VERIFIED);
  }

  @ParameterizedTest
  @EnumSource(Hook.class)
  void allMatchersOfAHookInOneChainThatLogs(Hook hook) {
    StringBuilder text = new StringBuilder("chain t " + hook.keyword() + " ACCEPT\n");
    for (String condition : conditions(hook)) {
      text.append("rule ").append(condition).append(" log every 1s counter DROP\n");
      text.append("rule ").append(condition).append(" counter CONTINUE\n");
    }
    assertThat(verified(text.toString())).isBetween(1, MOST_VERIFIED);
  }

  /** Everything that a rule of a hook can say, with one value each. */
  private static List<String> conditions(Hook hook) {
    List<String> conditions = new ArrayList<>();
    for (MatcherType type : MatcherType.values()) {
      if (!type.isCompatibleWith(hook)) {
        continue;
      }
      for (Operator operator : Operator.values()) {
        if (type.supports(operator)) {
          for (String not : List.of("", "not ")) {
            conditions.add(condition(type, operator, not));
          }
        }
      }
    }
    return conditions;
  }

  private static String condition(MatcherType type, Operator operator, String not) {
    String value = value(type);
    return switch (operator) {
      case IN -> "(" + type.keyword() + ") " + not + "in {" + value + "}";
      case RANGE -> type.keyword() + " " + not + "range 10-20";
      case EQ, ANY, ALL -> type.keyword() + " " + not + operator.keyword() + " " + value;
    };
  }

  private static String value(MatcherType type) {
    return switch (type.payloadKind()) {
      case INTERFACE, MARK, FLOW_HASH, PORT, ICMP_TYPE, ICMPV6_TYPE, ICMP_CODE, DSCP -> "1";
      case ETHERTYPE -> "ipv6";
      case PROTOCOL -> type == MatcherType.IP6_NEXTHDR ? "frag" : "tcp";
      case PERCENTAGE -> "50%";
      case IPV4_ADDRESS -> "192.0.2.1";
      case IPV4_NETWORK -> "192.0.2.0/24";
      case IPV6_ADDRESS -> "2001:db8::1";
      case IPV6_NETWORK -> "2001:db8::/96";
      case TCP_FLAGS -> "syn,ack";
    };
  }

  /** Loads a chain; how many instructions the verifier looked at. */
  private static int verified(String text) {
    Chain chain =
        RulesetParser.parse(new Source("test", text), InterfaceResolver.none())
            .ruleset()
            .orElseThrow()
            .chains()
            .getFirst();
    CompiledChain compiled = Compiler.compile(chain);
    Kernel kernel = Kernel.system();
    Map<String, BpfMap> maps = new HashMap<>();
    try {
      for (MapSpec map : compiled.maps()) {
        maps.put(map.name(), kernel.createMap(map));
      }
      try (BpfProgram program = kernel.loadProgram(compiled.program(), maps)) {
        return program.info().verifiedInstructions();
      }
    } finally {
      maps.values().forEach(BpfMap::close);
    }
  }
}
