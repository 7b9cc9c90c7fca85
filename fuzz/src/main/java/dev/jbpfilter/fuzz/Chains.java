package dev.jbpfilter.fuzz;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.ChainBuilder;
import dev.jbpfilter.ruleset.Criterion;
import dev.jbpfilter.ruleset.Direction;
import dev.jbpfilter.ruleset.FieldMatcher;
import dev.jbpfilter.ruleset.Flavor;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.Layer;
import dev.jbpfilter.ruleset.Log;
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
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.jspecify.annotations.Nullable;

/**
 * Random chains over the values of {@link Corners}: all that a hook allows. Most rules keep to one
 * protocol of each layer, since others are disabled.
 */
public final class Chains extends Picking {
  private static final int MOST_NAMED_SETS = 4;
  private static final int MOST_ELEMENTS = 40;
  private static final Protocol[] INTERNET = {Protocol.IPV4, Protocol.IPV6};
  private static final Protocol[] TRANSPORT = {
    Protocol.TCP, Protocol.TCP, Protocol.UDP, Protocol.ICMP, Protocol.ICMPV6
  };

  private final Hook hook;
  private final boolean scripted;
  private final Payloads payloads;
  private final List<SetElements> named = new ArrayList<>();

  private Chains(RandomGenerator random, Hook hook, boolean scripted) {
    super(random);
    this.hook = hook;
    this.scripted = scripted;
    payloads = new Payloads(random, scripted);
  }

  /**
   * A chain.
   *
   * @param scripted whether the chain may depend on chance, time and the kernel's flow hash
   */
  public static Chain random(
      RandomGenerator random, Hook hook, boolean scripted, int minRules, int maxRules) {
    return new Chains(random, hook, scripted).chain(random.nextInt(minRules, maxRules + 1));
  }

  /** Rules of a hook that do not depend on chance, time or the kernel's flow hash. */
  static Chains on(RandomGenerator random, Hook hook) {
    return new Chains(random, hook, false);
  }

  /**
   * A chain of one rule with one matcher, which counts and logs, and does not depend on chance. It
   * compares with some of the values that packets have.
   */
  public static Chain of(
      RandomGenerator random, Hook hook, MatcherType type, Operator operator, boolean negated) {
    Chains chains = on(random, hook);
    Criterion criterion =
        operator == Operator.IN
            ? new Criterion.InElements(chains.elements(SetKey.of(type)), negated)
            : new FieldMatcher(type, negated, operator, chains.payloads.of(type, operator));
    Log log = new Log(Log.ALL_HEADERS, 0);
    Verdict verdict = Verdict.Basic.DROP;
    return Chain.named("one")
        .hook(hook)
        .policy(Policy.ACCEPT)
        .rule(new RuleDraft(List.of(criterion), log, true, null, verdict))
        .build();
  }

  /** Chains of any hook with so many rules. */
  public static Arbitrary<Chain> any(int minRules, int maxRules) {
    return Arbitraries.longs()
        .map(SplittableRandom::new)
        .map(random -> {
          Hook hook = new Picking(random).pick(Hook.values());
          return random(random, hook, true, minRules, maxRules);
        });
  }

  private Chain chain(int rules) {
    ChainBuilder builder = Chain.named("random").hook(hook).policy(pick(Policy.values()));
    int sets = random.nextInt(MOST_NAMED_SETS + 1);
    for (int i = 0; i < sets; i++) {
      // Sets of one key share a map.
      SetKey key = i > 0 && oneIn(2) ? pick(named).key() : key(new Theme());
      named.add(elements(key));
      builder.set("set_" + i, named.getLast());
    }
    for (int i = 0; i < rules; i++) {
      builder.rule(rule());
    }
    return builder.build();
  }

  /** What a rule is about: the protocols that its matchers may name. */
  private final class Theme {
    final boolean mixed = oneIn(12);
    final Protocol internet = pick(INTERNET);
    final Protocol transport = pick(TRANSPORT);

    boolean allows(MatcherType type) {
      Optional<Protocol> protocol = type.protocol();
      return mixed
          || protocol.isEmpty()
          || protocol.get() == internet
          || protocol.get() == transport;
    }
  }

  /** A rule. */
  RuleDraft rule() {
    Theme theme = new Theme();
    List<Criterion> criteria = new ArrayList<>();
    do {
      criteria.add(criterion(theme));
    } while (criteria.size() < 4 && oneIn(2));
    Long mark = hook.flavor().canSetMark() && oneIn(4) ? (Long) pick(Corners.MARKS) : null;
    return new RuleDraft(criteria, log(), !oneIn(3), mark, verdict());
  }

  private Criterion criterion(Theme theme) {
    boolean negated = oneIn(3);
    int kind = random.nextInt(6);
    if (kind == 0 && !named.isEmpty()) {
      int set = random.nextInt(named.size());
      return new Criterion.InSet(named.get(set).key(), negated, "set_" + set);
    }
    if (kind == 1) {
      return new Criterion.InElements(elements(key(theme)), negated);
    }
    while (true) {
      MatcherType type = pick(MatcherType.values());
      Operator operator = pick(Operator.values());
      boolean blind = type == MatcherType.META_FLOW_HASH && operator != Operator.RANGE && !scripted;
      if (type.isCompatibleWith(hook)
          && theme.allows(type)
          && type.supports(operator)
          && operator != Operator.IN
          && !blind) {
        return new FieldMatcher(type, negated, operator, payloads.of(type, operator));
      }
    }
  }

  private SetKey key(Theme theme) {
    List<MatcherType> components = new ArrayList<>();
    int most = oneIn(8) ? SetKey.MAX_COMPONENTS : 1 + random.nextInt(3);
    int size = 0;
    for (int tries = 0; components.isEmpty() || (components.size() < most && tries < 20); tries++) {
      MatcherType type = pick(MatcherType.values());
      boolean fits = size + type.payloadKind().size() <= SetKey.MAX_SIZE;
      boolean network = type.payloadKind().isNetwork();
      // In a theme that the hook has no components for, any will do.
      if (type.isSetComponent()
          && type.isCompatibleWith(hook)
          && (theme.allows(type) || tries > 200)
          && fits
          && (!network || components.isEmpty())) {
        components.add(type);
        size += type.payloadKind().size();
        if (network) {
          break;
        }
      }
    }
    return new SetKey(components);
  }

  private SetElements elements(SetKey key) {
    SetElementsBuilder builder = SetElements.builder(key);
    int count = oneIn(6) ? 0 : 1 + random.nextInt(oneIn(3) ? MOST_ELEMENTS : 4);
    for (int i = 0; i < count; i++) {
      List<Payload> element = new ArrayList<>();
      for (MatcherType type : key.components()) {
        element.add(payloads.of(type.payloadKind()));
      }
      builder.add(element);
    }
    return builder.build();
  }

  private @Nullable Log log() {
    if (!oneIn(4)) {
      return null;
    }
    int headers = Log.ALL_HEADERS;
    if (hook.flavor().seesPackets() && oneIn(2)) {
      headers = 1 + random.nextInt((1 << Layer.values().length) - 1);
    }
    long interval = scripted && oneIn(2) ? random.nextLong(1, 4 * World.STEP) : 0;
    return new Log(headers, interval);
  }

  private Verdict verdict() {
    Flavor flavor = hook.flavor();
    if (flavor.hasLinkHeader() && oneIn(10)) {
      Direction direction = flavor == Flavor.XDP ? Direction.OUT : pick(Direction.values());
      return new Verdict.Redirect(pick(Corners.INTERFACES), direction);
    }
    return oneIn(2) ? Verdict.Basic.CONTINUE : pick(Verdict.Basic.values());
  }
}
