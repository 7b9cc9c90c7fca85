package dev.jbpfilter.ruleset;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes chains of every construct of the language, the same ones for the same seed. */
final class RandomChains {
  private final Random random;

  RandomChains(long seed) {
    this.random = new Random(seed);
  }

  Chain chain() {
    Hook hook = pick(List.of(Hook.values()));
    List<FilterSet> sets = new ArrayList<>();
    int named = random.nextInt(3);
    for (int i = 0; i < named; i++) {
      sets.add(new FilterSet("set_" + i, elements(hook)));
    }
    List<Rule> rules = new ArrayList<>();
    int count = random.nextInt(5);
    for (int i = 0; i < count; i++) {
      rules.add(rule(i, hook, sets, named));
    }
    Policy policy = pick(List.of(Policy.values()));
    return new Chain(
        "c" + random.nextInt(100), hook, options(hook), policy, sets, rules, Span.NONE);
  }

  /** A chain whose one rule has one matcher. */
  Chain chain(Hook hook, MatcherType type, Operator operator, boolean negated) {
    PayloadKind kind = type.payloadKind();
    List<FilterSet> sets = new ArrayList<>();
    Matcher matcher;
    if (operator == Operator.IN) {
      sets.add(
          new FilterSet(null, SetElements.builder(SetKey.of(type)).add(payload(kind)).build()));
      matcher = new SetMatcher(0, negated);
    } else {
      Payload payload = operator == Operator.RANGE ? range(kind) : payload(kind);
      matcher = new FieldMatcher(type, negated, operator, payload);
    }
    Rule rule = new Rule(0, List.of(matcher), random.nextBoolean(), verdict(hook));
    return new Chain("a", hook, options(hook), Policy.ACCEPT, sets, List.of(rule), Span.NONE);
  }

  private HookOptions options(Hook hook) {
    if (random.nextBoolean()) {
      return HookOptions.NONE;
    }
    return switch (hook.flavor()) {
      case XDP, TC -> HookOptions.ofIfindex(random.nextInt(Integer.MAX_VALUE));
      case NETFILTER -> HookOptions.ofPriorities(1 + random.nextInt(5), 6 + random.nextInt(5));
      case CGROUP_SKB, CGROUP_SOCK_ADDR ->
          HookOptions.ofCgpath("/sys/fs/cgroup/" + random.nextInt(9));
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
            : new Log(
                headers ? 1 + random.nextInt(7) : Log.ALL_HEADERS,
                random.nextBoolean() ? 0 : random.nextLong(1, Long.MAX_VALUE));
    Long mark =
        hook.flavor().canSetMark() && random.nextBoolean() ? random.nextLong(1L << 32) : null;
    return new Rule(index, matchers, log, random.nextBoolean(), mark, verdict(hook), Span.NONE);
  }

  private Verdict verdict(Hook hook) {
    if (hook.flavor().hasLinkHeader() && random.nextInt(4) == 0) {
      Direction direction = hook == Hook.XDP ? Direction.OUT : pick(List.of(Direction.values()));
      return new Verdict.Redirect(random.nextLong(1, 1L << 32), direction);
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
    Payload payload =
        operator == Operator.RANGE ? range(type.payloadKind()) : payload(type.payloadKind());
    return new FieldMatcher(type, negated, operator, payload);
  }

  private MatcherType type(Hook hook, boolean inSet) {
    while (true) {
      MatcherType type = pick(MatcherTypes.ALL);
      if (type.isCompatibleWith(hook) && (!inSet || type.isSetComponent())) {
        return type;
      }
    }
  }

  private SetElements elements(Hook hook) {
    List<MatcherType> components = new ArrayList<>();
    components.add(type(hook, true));
    int more = components.getFirst().payloadKind().isNetwork() ? 0 : random.nextInt(3);
    while (components.size() <= more) {
      MatcherType type = type(hook, true);
      if (!type.payloadKind().isNetwork()) {
        components.add(type);
      }
    }
    SetKey key = new SetKey(components);
    SetElementsBuilder builder = SetElements.builder(key);
    int count = random.nextInt(5);
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
    long a = scalar(kind);
    long b = scalar(kind);
    return new Payload.Range(Math.min(a, b), Math.max(a, b));
  }

  private long scalar(PayloadKind kind) {
    long bound = random.nextBoolean() ? kind.maximum() : Math.min(kind.maximum(), 150);
    return random.nextLong(kind.minimum(), bound + 1);
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
          new Payload.Scalar(scalar(kind));
      case PERCENTAGE -> new Payload.Percentage(random.nextFloat() * 100);
      case IPV4_ADDRESS -> new Payload.Ipv4Address(random.nextInt());
      case IPV4_NETWORK -> new Payload.Ipv4Network(random.nextInt(), random.nextInt(33));
      case IPV6_ADDRESS -> new Payload.Ipv6Address(half(), half());
      case IPV6_NETWORK -> new Payload.Ipv6Network(half(), half(), random.nextInt(129));
      case TCP_FLAGS -> new Payload.Flags(1 + random.nextInt(255));
    };
  }

  /** Half an IPv6 address with many zeros. */
  private long half() {
    return random.nextLong() & (random.nextBoolean() ? 0xffff_0000_0000_ffffL : 0xffff_ffffL);
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
