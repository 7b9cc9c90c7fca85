package dev.jbpfilter.ruleset.packet;

import dev.jbpfilter.ruleset.FieldMatcher;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Operator;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.SetKey;
import java.util.ArrayList;
import java.util.List;

/** Decides matchers for one packet or call whose layers were checked. */
final class Conditions {
  private static final long MAX_DRAWN = 0xffff_ffffL;

  private final Subject subject;
  private final Environment environment;
  private long mark;

  Conditions(Subject subject, Environment environment) {
    this.subject = subject;
    this.environment = environment;
    this.mark = subject.mark();
  }

  long mark() {
    return mark;
  }

  /** Sets the packet mark, which later rules see. */
  void mark(long value) {
    mark = value;
  }

  boolean holds(FieldMatcher matcher) {
    return subject.isDefined(matcher.type()) && matcher.negated() != compare(matcher);
  }

  private boolean compare(FieldMatcher matcher) {
    MatcherType type = matcher.type();
    return switch (matcher.payload()) {
      case Payload.Scalar(long value) ->
          type == MatcherType.META_MARK ? mark == value : subject.is(type, value);
      case Payload.Range(long low, long high) -> {
        long actual = subject.scalar(type);
        yield actual >= low && actual <= high;
      }
      case Payload.Ipv4Address address -> subject.address(type).equals(address);
      case Payload.Ipv6Address address -> subject.address(type).equals(address);
      case Payload.Ipv4Network network -> SetMembers.contains(network, subject.address(type));
      case Payload.Ipv6Network network -> SetMembers.contains(network, subject.address(type));
      case Payload.Flags(int bits) -> compareFlags(matcher.operator(), bits);
      case Payload.Percentage percentage -> draw(type) <= percentage.threshold();
    };
  }

  /** What a matcher, whose layers are there, is compared with; empty if there is nothing. */
  List<Payload> actual(FieldMatcher matcher) {
    MatcherType type = matcher.type();
    if (!subject.isDefined(type)) {
      return List.of();
    }
    return switch (type) {
      case META_MARK -> List.of(new Payload.Scalar(mark));
      case META_L4_PROTO, IP6_NEXTHDR -> subject.protocols(type);
      case META_PROBABILITY, META_FLOW_PROBABILITY -> List.of(drawn(type));
      case TCP_FLAGS -> {
        int flags = subject.tcpFlags();
        yield List.of(flags == 0 ? new Payload.Scalar(0) : new Payload.Flags(flags));
      }
      default -> List.of(value(type));
    };
  }

  private Payload drawn(MatcherType type) {
    return new Payload.Percentage((float) (draw(type) * 100.0 / MAX_DRAWN));
  }

  private boolean compareFlags(Operator operator, int bits) {
    int flags = subject.tcpFlags();
    return switch (operator) {
      case EQ -> flags == bits;
      case ANY -> (flags & bits) != 0;
      case ALL -> (flags & bits) == bits;
      case IN, RANGE -> throw new IllegalArgumentException("tcp.flags " + operator.keyword());
    };
  }

  /** The number to compare with the threshold of a percentage. */
  private long draw(MatcherType type) {
    int number = type == MatcherType.META_PROBABILITY ? environment.random() : subject.flowHash();
    return Integer.toUnsignedLong(number);
  }

  /** The values that {@code key} names; networks by the address itself. */
  List<Payload> lookup(SetKey key) {
    List<Payload> values = new ArrayList<>(key.components().size());
    for (MatcherType type : key.components()) {
      values.add(value(type));
    }
    return values;
  }

  private Payload value(MatcherType type) {
    return switch (type.payloadKind()) {
      case IPV4_ADDRESS, IPV4_NETWORK, IPV6_ADDRESS, IPV6_NETWORK -> subject.address(type);
      default -> new Payload.Scalar(subject.scalar(type));
    };
  }
}
