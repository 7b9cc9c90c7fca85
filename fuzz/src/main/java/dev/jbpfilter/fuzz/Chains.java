package dev.jbpfilter.fuzz;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.FieldMatcher;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.Matcher;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Operator;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.Policy;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.Verdict;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random chains over the values of {@link Corners}. */
public final class Chains {
  private Chains() {}

  /** Chains of hook XDP with any matchers that can be compiled, and so many rules. */
  public static Arbitrary<Chain> xdp(int minRules, int maxRules) {
    Arbitrary<List<Shape>> shapes = shape().list().ofMinSize(minRules).ofMaxSize(maxRules);
    return Combinators.combine(Arbitraries.of(Policy.values()), shapes)
        .as((policy, all) -> new Chain("random", Hook.XDP, policy, number(all)));
  }

  private record Shape(List<Matcher> matchers, boolean counter, Verdict verdict) {}

  private static Arbitrary<Shape> shape() {
    Arbitrary<List<Matcher>> matchers = matcher().list().ofMinSize(1).ofMaxSize(3);
    Arbitrary<Verdict> verdicts =
        Arbitraries.of(
            Verdict.Basic.ACCEPT,
            Verdict.Basic.DROP,
            Verdict.Basic.NEXT,
            Verdict.Basic.CONTINUE,
            Verdict.Basic.CONTINUE,
            Verdict.Basic.CONTINUE);
    return Combinators.combine(matchers, Arbitraries.of(true, true, false), verdicts)
        .as(Shape::new);
  }

  private static List<Rule> number(List<Shape> shapes) {
    List<Rule> rules = new ArrayList<>();
    for (Shape shape : shapes) {
      rules.add(new Rule(rules.size(), shape.matchers(), shape.counter(), shape.verdict()));
    }
    return rules;
  }

  private static Arbitrary<Matcher> matcher() {
    return Arbitraries.oneOf(
        matcher(scalar(Corners.ETHERTYPES), Operator.EQ, MatcherType.META_L3_PROTO),
        matcher(
            scalar(Corners.PROTOCOLS),
            Operator.EQ,
            MatcherType.META_L4_PROTO,
            MatcherType.IP4_PROTO),
        matcher(address(), Operator.EQ, MatcherType.IP4_SADDR, MatcherType.IP4_DADDR),
        matcher(network(), Operator.EQ, MatcherType.IP4_SNET, MatcherType.IP4_DNET),
        matcher(scalar(Corners.PORTS), Operator.EQ, PORT_MATCHERS),
        matcher(portRange(), Operator.RANGE, PORT_MATCHERS),
        Arbitraries.of(Operator.EQ, Operator.ANY, Operator.ALL)
            .flatMap(operator -> matcher(flags(), operator, MatcherType.TCP_FLAGS)),
        matcher(
            scalar(Corners.ICMP_BYTES), Operator.EQ, MatcherType.ICMP_TYPE, MatcherType.ICMP_CODE));
  }

  private static final MatcherType[] PORT_MATCHERS = {
    MatcherType.META_SPORT,
    MatcherType.META_DPORT,
    MatcherType.TCP_SPORT,
    MatcherType.TCP_DPORT,
    MatcherType.UDP_SPORT,
    MatcherType.UDP_DPORT
  };

  private static Arbitrary<Matcher> matcher(
      Arbitrary<Payload> payloads, Operator operator, MatcherType... types) {
    return Combinators.combine(Arbitraries.of(types), Arbitraries.of(false, false, true), payloads)
        .as((type, negated, payload) -> new FieldMatcher(type, negated, operator, payload));
  }

  private static Arbitrary<Integer> of(int[] values) {
    return Arbitraries.integers().between(0, values.length - 1).map(i -> values[i]);
  }

  private static Arbitrary<Payload> scalar(int[] values) {
    return of(values).map(Payload.Scalar::new);
  }

  private static Arbitrary<Payload> address() {
    return of(Corners.IPV4_ADDRESSES).map(Payload.Ipv4Address::new);
  }

  private static Arbitrary<Payload> network() {
    return Combinators.combine(of(Corners.IPV4_ADDRESSES), of(Corners.PREFIX_LENGTHS))
        .as(Payload.Ipv4Network::new);
  }

  private static Arbitrary<Payload> portRange() {
    return Combinators.combine(of(Corners.PORTS), of(Corners.PORTS))
        .as((a, b) -> new Payload.Range(Math.min(a, b), Math.max(a, b)));
  }

  private static Arbitrary<Payload> flags() {
    return Arbitraries.integers().between(1, 255).map(Payload.Flags::new);
  }
}
