package dev.jbpfilter.fuzz;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.ChainBuilder;
import dev.jbpfilter.ruleset.Criterion;
import dev.jbpfilter.ruleset.FieldMatcher;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Operator;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.Policy;
import dev.jbpfilter.ruleset.Protocol;
import dev.jbpfilter.ruleset.RuleDraft;
import dev.jbpfilter.ruleset.SetElements;
import dev.jbpfilter.ruleset.SetElementsBuilder;
import dev.jbpfilter.ruleset.SetKey;
import dev.jbpfilter.ruleset.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Random chains as rulesets are: most rules end the chain, and compare a few combinations of fields
 * with values that lie close together ({@link DensePayloads}), so that they overlap, shadow each
 * other, and are looked up. Between them are some that go on, set marks, or ask sets, and some of
 * {@link Chains}. They do not depend on chance, time or the kernel's flow hash.
 */
public final class DenseChains extends Picking {
  private static final MatcherType[] USUAL = {
    MatcherType.IP4_SADDR,
    MatcherType.IP4_DADDR,
    MatcherType.IP4_SNET,
    MatcherType.IP4_DNET,
    MatcherType.IP6_SADDR,
    MatcherType.IP6_SNET,
    MatcherType.IP6_DNET,
    MatcherType.TCP_DPORT,
    MatcherType.TCP_SPORT,
    MatcherType.UDP_DPORT,
    MatcherType.META_DPORT,
    MatcherType.ICMP_TYPE,
    MatcherType.ICMPV6_TYPE
  };

  /**
   * Expected numbers of rules of a chain that are not looked up, so that their code stays small.
   */
  private static final int MOST_IN_SEQUENCE = 100;

  private static final int MOST_MARKING = 3;

  private final Hook hook;
  private final Chains others;
  private final DensePayloads payloads;
  private final List<List<Column>> shapes = new ArrayList<>();
  private final List<RuleDraft> endings = new ArrayList<>();

  /** A field that rules compare, and how. */
  public record Column(MatcherType type, Operator operator) {}

  private DenseChains(RandomGenerator random, Hook hook, int rules) {
    super(random);
    this.hook = hook;
    others = Chains.on(random, hook);
    payloads = new DensePayloads(random, 2 + rules / (1 + random.nextInt(4)));
  }

  /** A chain. */
  public static Chain random(RandomGenerator random, Hook hook, int minRules, int maxRules) {
    int rules = random.nextInt(minRules, maxRules + 1);
    return new DenseChains(random, hook, rules).chain(rules);
  }

  /** A chain of rules that all end it and compare some of these combinations of fields. */
  public static Chain of(
      RandomGenerator random, Hook hook, int rules, List<List<Column>> combinations) {
    DenseChains chains = new DenseChains(random, hook, rules);
    chains.shapes.addAll(combinations);
    chains.chooseEndings();
    List<RuleDraft> drafts = new ArrayList<>();
    for (int i = 0; i < rules; i++) {
      // Each combination, whatever chance has it.
      List<Column> shape = combinations.get(i % combinations.size());
      drafts.add(chains.ending(chains.criteria(shape, false)));
    }
    return chains.begin().rules(drafts).build();
  }

  private ChainBuilder begin() {
    return Chain.named("dense").hook(hook).policy(pick(Policy.values()));
  }

  private Chain chain(int rules) {
    int shapeCount = 1 + random.nextInt(4);
    for (int i = 0; i < shapeCount; i++) {
      shapes.add(shape());
    }
    chooseEndings();
    double most = (double) MOST_IN_SEQUENCE / Math.max(rules, 1);
    double continuing = oneIn(2) ? 0 : Math.min(most, oneIn(2) ? 0.05 : 0.3);
    double marking = hook.flavor().canSetMark() ? (double) MOST_MARKING / Math.max(rules, 1) : 0;
    double asking = oneIn(2) ? 0 : Math.min(most / 4, 0.1);
    double other = oneIn(2) ? 0 : Math.min(most / 4, 0.2);
    boolean negating = oneIn(3);
    ChainBuilder builder = begin();
    for (int i = 0; i < rules; i++) {
      if (chance(other)) {
        builder.rule(others.rule());
        continue;
      }
      List<Criterion> criteria = criteria(pick(shapes), negating);
      if (chance(asking)) {
        set(pick(shapes)).ifPresent(criteria::add);
      }
      if (chance(marking)) {
        builder.rule(goingOn(criteria, pick(Corners.MARKS)));
      } else {
        builder.rule(chance(continuing) ? goingOn(criteria, null) : ending(criteria));
      }
    }
    return builder.build();
  }

  private boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** Some fields that one packet may have, mostly such as rulesets compare. */
  private List<Column> shape() {
    Protocol internet = oneIn(3) ? Protocol.IPV6 : Protocol.IPV4;
    Protocol transport =
        pick(new Protocol[] {Protocol.TCP, Protocol.TCP, Protocol.UDP, Protocol.ICMP});
    List<Column> shape = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    while (shape.size() < count) {
      MatcherType type = pick(oneIn(4) ? MatcherType.values() : USUAL);
      Optional<Protocol> protocol = type.protocol();
      boolean fits =
          protocol.isEmpty() || protocol.get() == internet || protocol.get() == transport;
      Operator operator = pick(Operator.values());
      if (fits
          && type.isCompatibleWith(hook)
          && type.supports(operator)
          && operator != Operator.IN
          && type != MatcherType.META_PROBABILITY
          && type != MatcherType.META_FLOW_HASH) {
        shape.add(new Column(type, operator));
      }
    }
    return shape;
  }

  private List<Criterion> criteria(List<Column> shape, boolean negating) {
    List<Criterion> criteria = new ArrayList<>();
    for (Column column : shape) {
      boolean negated = negating && oneIn(10);
      Payload payload = payloads.of(column.type, column.operator);
      criteria.add(new FieldMatcher(column.type, negated, column.operator, payload));
    }
    return criteria;
  }

  /** A set of what some fields are compared with; empty if none of them can be in a set. */
  private Optional<Criterion> set(List<Column> shape) {
    List<MatcherType> components = new ArrayList<>();
    for (Column column : shape) {
      boolean network = column.type.payloadKind().isNetwork();
      if (column.type.isSetComponent() && (!network || shape.size() == 1)) {
        components.add(column.type);
      }
    }
    if (components.isEmpty()) {
      return Optional.empty();
    }
    SetKey key = new SetKey(components);
    SetElementsBuilder elements = SetElements.builder(key);
    int count = 1 + random.nextInt(oneIn(4) ? 300 : 20);
    for (int i = 0; i < count; i++) {
      List<Payload> element = new ArrayList<>();
      components.forEach(type -> element.add(payloads.of(type, Operator.EQ)));
      elements.add(element);
    }
    return Optional.of(new Criterion.InElements(elements.build(), oneIn(4)));
  }

  /** Chooses how rules end the chain: often all alike, sometimes in many ways. */
  private void chooseEndings() {
    int count = oneIn(3) ? 1 : 1 + random.nextInt(8);
    while (endings.size() < count) {
      RuleDraft some = others.rule();
      if (some.verdict().isTerminal()) {
        endings.add(some);
      }
    }
  }

  private RuleDraft ending(List<Criterion> criteria) {
    RuleDraft like = pick(endings);
    return new RuleDraft(criteria, like.log(), like.counter(), like.mark(), like.verdict());
  }

  private RuleDraft goingOn(List<Criterion> criteria, @Nullable Long mark) {
    RuleDraft like = pick(endings);
    return new RuleDraft(criteria, like.log(), !oneIn(4), mark, Verdict.Basic.CONTINUE);
  }
}
