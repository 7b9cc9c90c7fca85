package dev.jbpfilter.fuzz;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.FieldMatcher;
import dev.jbpfilter.ruleset.Layer;
import dev.jbpfilter.ruleset.Matcher;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.Protocol;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.SetElements;
import dev.jbpfilter.ruleset.SetMatcher;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Values for one packet that a chain's rules compare with: mostly those of one rule, so that it
 * matches often although it has several matchers, and values of others. Each is what the rule
 * names, the first or last of what it names, or beside that.
 */
final class Aim extends Picking {
  private static final int OTHER_RULES = 4;
  private static final int IPV4 = 0x0800;
  private static final int IPV6 = 0x86dd;

  private final @Nullable Chain chain;
  private final @Nullable Rule rule;

  private Aim(RandomGenerator random, @Nullable Chain chain, @Nullable Rule rule) {
    super(random);
    this.chain = chain;
    this.rule = rule;
  }

  /** At nothing. */
  static Aim none(RandomGenerator random) {
    return new Aim(random, null, null);
  }

  /** At a random rule of a chain, which may have none. */
  static Aim at(RandomGenerator random, Chain chain) {
    List<Rule> rules = chain.rules();
    return rules.isEmpty()
        ? none(random)
        : new Aim(random, chain, rules.get(random.nextInt(rules.size())));
  }

  /** Whether packets are meant for a rule, and so rather not damaged. */
  boolean isAtRule() {
    return rule != null;
  }

  /** The EtherType that the rule wants, if it wants one. */
  OptionalInt etherType() {
    if (chain == null || rule == null) {
      return OptionalInt.empty();
    }
    for (Protocol protocol : chain.protocols(rule)) {
      if (protocol == Protocol.IPV4 || protocol == Protocol.IPV6) {
        return OptionalInt.of(protocol == Protocol.IPV4 ? IPV4 : IPV6);
      }
    }
    Payload named = payload(chain, rule, MatcherType.META_L3_PROTO);
    return named instanceof Payload.Scalar(long value)
        ? OptionalInt.of((int) value)
        : OptionalInt.empty();
  }

  /** The transport protocol that the rule wants, if it wants one. */
  OptionalInt transport() {
    if (chain == null || rule == null) {
      return OptionalInt.empty();
    }
    for (Protocol protocol : chain.protocols(rule)) {
      if (protocol.layer() == Layer.TRANSPORT) {
        return OptionalInt.of(protocol.number());
      }
    }
    OptionalLong number =
        number(MatcherType.META_L4_PROTO, MatcherType.IP4_PROTO, MatcherType.IP6_NEXTHDR);
    return number.isPresent()
        ? OptionalInt.of((int) number.getAsLong() & 0xff)
        : OptionalInt.empty();
  }

  /** A number for a field that these matchers look at, if some rule has one of them. */
  OptionalLong number(MatcherType... types) {
    Payload payload = find(types);
    return payload == null ? OptionalLong.empty() : OptionalLong.of(number(payload));
  }

  /** An address for a field that these matchers look at, if some rule has one of them. */
  Optional<Payload.Ipv6Address> ipv6(MatcherType... types) {
    return switch (find(types)) {
      case Payload.Ipv6Address address ->
          Optional.of(new Payload.Ipv6Address(address.high(), beside(address.low())));
      case Payload.Ipv6Network network -> Optional.of(within(network));
      case null, default -> Optional.empty();
    };
  }

  private @Nullable Payload find(MatcherType... types) {
    if (chain == null || rule == null) {
      return null;
    }
    Payload found = oneIn(12) ? null : payload(chain, rule, types);
    for (int i = 0; found == null && i < OTHER_RULES; i++) {
      found = payload(chain, pick(chain.rules()), types);
    }
    return found;
  }

  private @Nullable Payload payload(Chain rules, Rule aimed, MatcherType... types) {
    for (Matcher matcher : aimed.matchers()) {
      for (MatcherType type : types) {
        int component = rules.types(matcher).indexOf(type);
        if (component >= 0 && (!matcher.negated() || oneIn(4))) {
          switch (matcher) {
            case FieldMatcher field -> {
              return field.payload();
            }
            case SetMatcher set -> {
              SetElements elements = rules.set(set).elements();
              if (elements.size() > 0) {
                return elements.payload(random.nextInt(elements.size()), component);
              }
            }
          }
        }
      }
    }
    return null;
  }

  private long number(Payload payload) {
    return switch (payload) {
      case Payload.Scalar(long value) -> beside(value);
      case Payload.Range(long low, long high) ->
          switch (random.nextInt(6)) {
            case 0 -> low - 1;
            case 1 -> high + 1;
            case 2 -> low;
            case 3 -> high;
            default -> random.nextLong(low, high + 1);
          };
      case Payload.Ipv4Address(int value) -> beside(value);
      case Payload.Ipv4Network network -> within(network.address(), network.mask());
      case Payload.Flags(int bits) -> oneIn(2) ? bits : bits | pick(Corners.TCP_FLAGS);
      case Payload.Percentage percentage -> 0;
      case Payload.Ipv6Address address -> address.low();
      case Payload.Ipv6Network network -> network.low();
    };
  }

  private long beside(long value) {
    return oneIn(6) ? value + (oneIn(2) ? 1 : -1) : value;
  }

  /** A value of a network, mostly; the bits of the mask count. */
  private long within(long address, long mask) {
    return switch (random.nextInt(6)) {
      case 0 -> address & mask;
      case 1 -> address | ~mask;
      case 2 -> beside(address & mask);
      case 3 -> (address | ~mask) + 1;
      default -> (address & mask) | (random.nextLong() & ~mask);
    };
  }

  private Payload.Ipv6Address within(Payload.Ipv6Network network) {
    return network.prefixLength() <= Long.SIZE
        ? new Payload.Ipv6Address(
            within(network.high(), network.highMask()), oneIn(2) ? 0 : random.nextLong())
        : new Payload.Ipv6Address(network.high(), within(network.low(), network.lowMask()));
  }
}
