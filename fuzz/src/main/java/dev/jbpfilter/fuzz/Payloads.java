package dev.jbpfilter.fuzz;

import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Operator;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.PayloadKind;
import java.util.random.RandomGenerator;

/** Random values to compare packets with, of {@link Corners}. */
final class Payloads extends Picking {
  private static final long MOST = 0xffff_ffffL;

  private final boolean scripted;

  /**
   * @param scripted whether chance and the kernel's flow hash are under control; if not, only
   *     values that decide without them
   */
  Payloads(RandomGenerator random, boolean scripted) {
    super(random);
    this.scripted = scripted;
  }

  Payload of(MatcherType type, Operator operator) {
    PayloadKind kind = type.payloadKind();
    if (type == MatcherType.META_PROBABILITY && !scripted) {
      return new Payload.Percentage(random.nextBoolean() ? 0 : 100);
    }
    if (operator != Operator.RANGE) {
      return of(kind);
    }
    if (type == MatcherType.META_FLOW_HASH && !scripted) {
      return new Payload.Range(0, MOST);
    }
    long a = number(kind);
    long b = number(kind);
    return new Payload.Range(Math.min(a, b), Math.max(a, b));
  }

  Payload of(PayloadKind kind) {
    return switch (kind) {
      case PERCENTAGE -> new Payload.Percentage(pick(Corners.PERCENTAGES));
      case IPV4_ADDRESS -> new Payload.Ipv4Address(pick(Corners.IPV4_ADDRESSES));
      case IPV4_NETWORK ->
          new Payload.Ipv4Network(pick(Corners.IPV4_ADDRESSES), pick(Corners.IPV4_PREFIXES));
      case IPV6_ADDRESS -> pick(Corners.IPV6_ADDRESSES);
      case IPV6_NETWORK -> {
        Payload.Ipv6Address address = pick(Corners.IPV6_ADDRESSES);
        yield new Payload.Ipv6Network(address.high(), address.low(), pick(Corners.IPV6_PREFIXES));
      }
      case TCP_FLAGS -> new Payload.Flags(oneIn(2) ? 1 + random.nextInt(255) : flags());
      default -> new Payload.Scalar(number(kind));
    };
  }

  private int flags() {
    int flags = pick(Corners.TCP_FLAGS);
    return flags == 0 ? 1 : flags;
  }

  private long number(PayloadKind kind) {
    return switch (kind) {
      case INTERFACE -> pick(Corners.INTERFACES);
      case ETHERTYPE -> pick(Corners.ETHERTYPES);
      case PROTOCOL -> pick(Corners.PROTOCOLS);
      case PORT -> pick(Corners.PORTS);
      case MARK -> pick(Corners.MARKS);
      case FLOW_HASH -> Integer.toUnsignedLong(pick(Corners.RANDOM_NUMBERS));
      case DSCP -> pick(Corners.CODE_POINTS);
      case ICMP_TYPE, ICMPV6_TYPE, ICMP_CODE -> pick(Corners.ICMP_BYTES);
      case PERCENTAGE, IPV4_ADDRESS, IPV4_NETWORK, IPV6_ADDRESS, IPV6_NETWORK, TCP_FLAGS ->
          throw new IllegalArgumentException(kind + " is not a number");
    };
  }
}
