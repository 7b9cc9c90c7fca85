package dev.jbpfilter.ruleset.packet;

import dev.jbpfilter.ruleset.FieldMatcher;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Operator;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.Protocol;
import dev.jbpfilter.ruleset.SetKey;
import java.util.ArrayList;
import java.util.List;

/** Decides matchers for one packet whose layers were checked. */
final class Conditions {
  private final PacketInput packet;
  private final Headers headers;
  private final Environment environment;
  private long mark;

  Conditions(PacketInput packet, Headers headers, Environment environment) {
    this.packet = packet;
    this.headers = headers;
    this.environment = environment;
    this.mark = packet.mark();
  }

  long mark() {
    return mark;
  }

  /** Sets the packet mark, which later rules see. */
  void mark(long value) {
    mark = value;
  }

  boolean holds(FieldMatcher matcher) {
    if (!isDefined(matcher.type())) {
      return false;
    }
    return matcher.negated() != compare(matcher);
  }

  /** Whether the packet has what the type is about; if not, no matcher holds, negated or not. */
  private boolean isDefined(MatcherType type) {
    return switch (type) {
      case META_SPORT, META_DPORT, META_FLOW_PROBABILITY ->
          headers.has(Protocol.TCP) || headers.has(Protocol.UDP);
      default -> true;
    };
  }

  private boolean compare(FieldMatcher matcher) {
    MatcherType type = matcher.type();
    return switch (matcher.payload()) {
      case Payload.Scalar(long value) -> equalsScalar(type, value);
      case Payload.Range(long low, long high) -> {
        long actual = scalar(type);
        yield actual >= low && actual <= high;
      }
      case Payload.Ipv4Address(int address) -> packet.i32(addressOffset(type)) == address;
      case Payload.Ipv4Network network -> network.contains(packet.i32(addressOffset(type)));
      case Payload.Ipv6Address(long high, long low) -> {
        int offset = addressOffset(type);
        yield packet.i64(offset) == high && packet.i64(offset + 8) == low;
      }
      case Payload.Ipv6Network network -> {
        int offset = addressOffset(type);
        yield network.contains(packet.i64(offset), packet.i64(offset + 8));
      }
      case Payload.Flags(int bits) -> compareFlags(matcher.operator(), bits);
      case Payload.Percentage percentage -> draw(type) <= percentage.threshold();
    };
  }

  private boolean equalsScalar(MatcherType type, long value) {
    return switch (type) {
      case META_L4_PROTO ->
          headers.transportNumber().isPresent() && headers.transportNumber().getAsInt() == value;
      case IP6_NEXTHDR ->
          Headers.isExtension((int) value)
              ? headers.hasExtension((int) value)
              : headers.transportNumber().orElseThrow() == value;
      default -> scalar(type) == value;
    };
  }

  private boolean compareFlags(Operator operator, int bits) {
    int flags = packet.u8(headers.transportOffset() + 13);
    return switch (operator) {
      case EQ -> flags == bits;
      case ANY -> (flags & bits) != 0;
      case ALL -> (flags & bits) == bits;
      case IN, RANGE -> throw new IllegalArgumentException("tcp.flags " + operator.keyword());
    };
  }

  /** The number to compare with the threshold of a percentage. */
  private long draw(MatcherType type) {
    int number =
        type == MatcherType.META_PROBABILITY ? environment.random() : FlowHash.of(packet, headers);
    return Integer.toUnsignedLong(number);
  }

  private long scalar(MatcherType type) {
    int internet = headers.internetOffset();
    int transport = headers.transportOffset();
    return switch (type) {
      case META_IFACE -> packet.interfaceIndex();
      case META_L3_PROTO -> headers.etherType();
      case META_MARK -> mark;
      case META_FLOW_HASH -> packet.flowHash();
      case IP4_PROTO -> packet.u8(internet + 9);
      case IP4_DSCP -> packet.u8(internet + 1) >> 2;
      case IP6_DSCP -> (packet.u16(internet) & 0x0fc0) >> 6;
      // As a set component; the direct matcher looks through extension headers.
      case IP6_NEXTHDR -> packet.u8(internet + 6);
      case META_SPORT, TCP_SPORT, UDP_SPORT -> packet.u16(transport);
      case META_DPORT, TCP_DPORT, UDP_DPORT -> packet.u16(transport + 2);
      case ICMP_TYPE, ICMPV6_TYPE -> packet.u8(transport);
      case ICMP_CODE, ICMPV6_CODE -> packet.u8(transport + 1);
      case META_L4_PROTO,
          META_PROBABILITY,
          META_FLOW_PROBABILITY,
          IP4_SADDR,
          IP4_SNET,
          IP4_DADDR,
          IP4_DNET,
          IP6_SADDR,
          IP6_SNET,
          IP6_DADDR,
          IP6_DNET,
          TCP_FLAGS ->
          throw new IllegalArgumentException(type.keyword() + " is not a plain number");
    };
  }

  private int addressOffset(MatcherType type) {
    int internet = headers.internetOffset();
    return switch (type) {
      case IP4_SADDR, IP4_SNET -> internet + 12;
      case IP4_DADDR, IP4_DNET -> internet + 16;
      case IP6_SADDR, IP6_SNET -> internet + 8;
      case IP6_DADDR, IP6_DNET -> internet + 24;
      default -> throw new IllegalArgumentException(type.keyword() + " is not an address");
    };
  }

  /** The values of the packet that {@code key} names; networks by the address itself. */
  List<Payload> lookup(SetKey key) {
    List<Payload> values = new ArrayList<>(key.components().size());
    for (MatcherType type : key.components()) {
      values.add(
          switch (type.payloadKind()) {
            case IPV4_ADDRESS, IPV4_NETWORK ->
                new Payload.Ipv4Address(packet.i32(addressOffset(type)));
            case IPV6_ADDRESS, IPV6_NETWORK -> {
              int offset = addressOffset(type);
              yield new Payload.Ipv6Address(packet.i64(offset), packet.i64(offset + 8));
            }
            default -> new Payload.Scalar(scalar(type));
          });
    }
    return values;
  }
}
