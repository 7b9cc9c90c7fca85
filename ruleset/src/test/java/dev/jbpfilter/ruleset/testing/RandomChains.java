package dev.jbpfilter.ruleset.testing;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Direction;
import dev.jbpfilter.ruleset.FieldMatcher;
import dev.jbpfilter.ruleset.FilterSet;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.HookOptions;
import dev.jbpfilter.ruleset.Log;
import dev.jbpfilter.ruleset.Matcher;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Operator;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.PayloadKind;
import dev.jbpfilter.ruleset.Policy;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.Ruleset;
import dev.jbpfilter.ruleset.SetElements;
import dev.jbpfilter.ruleset.SetElementsBuilder;
import dev.jbpfilter.ruleset.SetKey;
import dev.jbpfilter.ruleset.SetMatcher;
import dev.jbpfilter.ruleset.Span;
import dev.jbpfilter.ruleset.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Makes rulesets of every construct of the language that can be printed, with values at and between
 * the bounds; the same ones for the same generator.
 */
public final class RandomChains {
  private static final List<MatcherType> TYPES = List.of(MatcherType.values());

  /** Words that have a meaning in some places and are names in others. */
  private static final List<String> NAMES =
      List.of("a", "1", "_x", "eq", "out", "range", "any", "link", "chain1", "logs", "ACCEPTED");

  private static final List<String> PATHS =
      List.of("/sys/fs/cgroup/a", "relative", ".", "/é@:x+", "/a=b", "/a-b/..//c.slice");

  private final RandomGenerator random;

  /** Draws from {@code random}. */
  public RandomChains(RandomGenerator random) {
    this.random = random;
  }

  /** One to four chains; names may occur twice. */
  public Ruleset ruleset() {
    List<Chain> chains = new ArrayList<>();
    do {
      chains.add(chain());
    } while (chains.size() < 4 && random.nextInt(3) == 0);
    return new Ruleset(chains);
  }

  /** A chain of any hook. */
  public Chain chain() {
    Hook hook = pick(List.of(Hook.values()));
    List<FilterSet> sets = new ArrayList<>();
    int named = random.nextInt(3);
    for (int i = 0; i < named; i++) {
      sets.add(new FilterSet(name() + "_" + i, elements(hook)));
    }
    if (named > 0 && random.nextInt(8) == 0) {
      // References mean the first set of a name.
      sets.add(new FilterSet(sets.getFirst().name(), elements(hook)));
    }
    List<Rule> rules = new ArrayList<>();
    int count = random.nextInt(5);
    for (int i = 0; i < count; i++) {
      rules.add(rule(i, hook, sets, named));
    }
    Policy policy = pick(List.of(Policy.values()));
    return new Chain(name(), hook, options(hook), policy, sets, rules, Span.NONE);
  }

  /** A chain whose one rule has one matcher. */
  public Chain chain(Hook hook, MatcherType type, Operator operator, boolean negated) {
    List<FilterSet> sets = new ArrayList<>();
    Matcher matcher;
    if (operator == Operator.IN) {
      SetElementsBuilder elements = SetElements.builder(SetKey.of(type));
      sets.add(new FilterSet(null, elements.add(payload(type.payloadKind())).build()));
      matcher = new SetMatcher(0, negated);
    } else {
      matcher = new FieldMatcher(type, negated, operator, payload(operator, type.payloadKind()));
    }
    Rule rule = new Rule(0, List.of(matcher), random.nextBoolean(), verdict(hook));
    return new Chain("a", hook, options(hook), Policy.DROP, sets, List.of(rule), Span.NONE);
  }

  private String name() {
    return random.nextBoolean() ? pick(NAMES) : "c" + random.nextInt(100);
  }

  private HookOptions options(Hook hook) {
    if (random.nextBoolean()) {
      return HookOptions.NONE;
    }
    return switch (hook.flavor()) {
      case XDP, TC -> HookOptions.ofIfindex((int) number(0, Integer.MAX_VALUE));
      case NETFILTER -> {
        int active = (int) number(1, Integer.MAX_VALUE);
        int spare = (int) number(1, Integer.MAX_VALUE - 1);
        yield HookOptions.ofPriorities(active, spare == active ? spare + 1 : spare);
      }
      case CGROUP_SKB, CGROUP_SOCK_ADDR -> HookOptions.ofCgpath(pick(PATHS));
    };
  }

  private Rule rule(int index, Hook hook, List<FilterSet> sets, int named) {
    List<Matcher> matchers = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      matchers.add(matcher(hook, sets, named));
    }
    boolean headers = hook.flavor().seesPackets() && random.nextBoolean();
    Log log =
        random.nextInt(3) != 0
            ? null
            : new Log(headers ? 1 + random.nextInt(7) : Log.ALL_HEADERS, interval());
    Long mark = hook.flavor().canSetMark() && random.nextBoolean() ? number(0, 0xffff_ffffL) : null;
    return new Rule(index, matchers, log, random.nextBoolean(), mark, verdict(hook), Span.NONE);
  }

  /** Unsigned; often a whole number of some unit. */
  private long interval() {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> random.nextLong();
      case 2 -> random.nextLong(1, 2000) * 1_000_000;
      default -> random.nextLong(1, 100) * pick(List.of(1L, 1_000L, 1_500_000L, 1_000_000_000L));
    };
  }

  private Verdict verdict(Hook hook) {
    if (hook.flavor().hasLinkHeader() && random.nextInt(4) == 0) {
      Direction direction = hook == Hook.XDP ? Direction.OUT : pick(List.of(Direction.values()));
      return new Verdict.Redirect(number(1, 0xffff_ffffL), direction);
    }
    return pick(List.of(Verdict.Basic.values()));
  }

  private Matcher matcher(Hook hook, List<FilterSet> sets, int named) {
    boolean negated = random.nextBoolean();
    switch (random.nextInt(4)) {
      case 0 -> {
        if (named > 0) {
          return new SetMatcher(random.nextInt(named), negated);
        }
      }
      case 1 -> {
        sets.add(new FilterSet(null, elements(hook)));
        return new SetMatcher(sets.size() - 1, negated);
      }
      default -> {}
    }
    MatcherType type = type(hook, false);
    Operator operator;
    do {
      operator = pick(List.of(Operator.values()));
    } while (operator == Operator.IN || !type.supports(operator));
    return new FieldMatcher(type, negated, operator, payload(operator, type.payloadKind()));
  }

  private Payload payload(Operator operator, PayloadKind kind) {
    return operator == Operator.RANGE ? range(kind) : payload(kind);
  }

  private MatcherType type(Hook hook, boolean inSet) {
    while (true) {
      MatcherType type = pick(TYPES);
      if (type.isCompatibleWith(hook) && (!inSet || type.isSetComponent())) {
        return type;
      }
    }
  }

  private SetElements elements(Hook hook) {
    List<MatcherType> components = new ArrayList<>();
    components.add(type(hook, true));
    int size = components.getFirst().payloadKind().size();
    if (!components.getFirst().payloadKind().isNetwork()) {
      int most = random.nextInt(4) == 0 ? SetKey.MAX_COMPONENTS : 3;
      while (components.size() < most && random.nextInt(3) != 0) {
        MatcherType type = type(hook, true);
        size += type.payloadKind().size();
        if (!type.payloadKind().isNetwork() && size <= SetKey.MAX_SIZE) {
          components.add(type);
        } else {
          size -= type.payloadKind().size();
        }
      }
    }
    SetElementsBuilder builder = SetElements.builder(new SetKey(components));
    int count = random.nextInt(20) == 0 ? 100 : random.nextInt(5);
    for (int i = 0; i < count; i++) {
      List<Payload> element = new ArrayList<>();
      for (MatcherType component : components) {
        element.add(payload(component.payloadKind()));
      }
      builder.add(element);
    }
    return builder.build();
  }

  private Payload range(PayloadKind kind) {
    long a = number(kind.minimum(), kind.maximum());
    long b = number(kind.minimum(), kind.maximum());
    return new Payload.Range(Math.min(a, b), Math.max(a, b));
  }

  private Payload payload(PayloadKind kind) {
    return switch (kind) {
      case INTERFACE,
          ETHERTYPE,
          PROTOCOL,
          PORT,
          MARK,
          FLOW_HASH,
          DSCP,
          ICMP_TYPE,
          ICMPV6_TYPE,
          ICMP_CODE ->
          new Payload.Scalar(number(kind.minimum(), kind.maximum()));
      case PERCENTAGE -> new Payload.Percentage(percentage());
      case IPV4_ADDRESS -> new Payload.Ipv4Address((int) number(0, 0xffff_ffffL));
      case IPV4_NETWORK ->
          new Payload.Ipv4Network((int) number(0, 0xffff_ffffL), random.nextInt(33));
      case IPV6_ADDRESS -> new Payload.Ipv6Address(half(), half());
      case IPV6_NETWORK -> new Payload.Ipv6Network(half(), half(), random.nextInt(129));
      case TCP_FLAGS -> new Payload.Flags(1 + random.nextInt(255));
    };
  }

  /** Between two bounds, both included; often one of them or small. */
  private long number(long low, long high) {
    return switch (random.nextInt(8)) {
      case 0 -> low;
      case 1 -> high;
      case 2, 3, 4 -> random.nextLong(low, Math.min(high, low + 150) + 1);
      default -> random.nextLong(low, high + 1);
    };
  }

  private float percentage() {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(101);
      case 1 -> random.nextInt(10_001) / 100f;
      case 2 -> Float.intBitsToFloat(random.nextInt(Float.floatToIntBits(100f) + 1));
      default -> random.nextFloat() * 100;
    };
  }

  /** Half an IPv6 address with many zeros. */
  private long half() {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> random.nextLong() & 0xffff_0000_0000_ffffL;
      case 2 -> random.nextLong() & 0xffff_ffffL;
      default -> random.nextLong();
    };
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
