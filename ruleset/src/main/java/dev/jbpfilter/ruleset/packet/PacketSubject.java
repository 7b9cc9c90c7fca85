package dev.jbpfilter.ruleset.packet;

import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.Protocol;
import dev.jbpfilter.ruleset.Rule;
import java.util.ArrayList;
import java.util.List;

/** A packet whose headers were found as far as the chain needs them. */
final class PacketSubject implements Subject {
  private final PacketInput packet;
  private final Headers headers;
  private final long size;

  PacketSubject(PacketInput packet, Headers headers, long size) {
    this.packet = packet;
    this.headers = headers;
    this.size = size;
  }

  @Override
  public boolean has(Protocol protocol) {
    return headers.has(protocol);
  }

  @Override
  public boolean isDefined(MatcherType type) {
    return switch (type) {
      case META_SPORT, META_DPORT, META_FLOW_PROBABILITY ->
          headers.has(Protocol.TCP) || headers.has(Protocol.UDP);
      default -> true;
    };
  }

  @Override
  public boolean is(MatcherType type, long value) {
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

  @Override
  public long scalar(MatcherType type) {
    int internet = headers.internetOffset();
    int transport = headers.transportOffset();
    return switch (type) {
      case META_IFACE -> packet.interfaceIndex();
      case META_L3_PROTO -> headers.etherType();
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
          META_MARK,
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

  @Override
  public List<Payload> protocols(MatcherType type) {
    List<Payload> protocols = new ArrayList<>();
    for (int number = 0; type == MatcherType.IP6_NEXTHDR && number <= 0xff; number++) {
      if (headers.hasExtension(number)) {
        protocols.add(new Payload.Scalar(number));
      }
    }
    headers.transportNumber().ifPresent(number -> protocols.add(new Payload.Scalar(number)));
    return protocols;
  }

  @Override
  public Payload address(MatcherType type) {
    int internet = headers.internetOffset();
    return switch (type) {
      case IP4_SADDR, IP4_SNET -> new Payload.Ipv4Address(packet.i32(internet + 12));
      case IP4_DADDR, IP4_DNET -> new Payload.Ipv4Address(packet.i32(internet + 16));
      case IP6_SADDR, IP6_SNET -> ipv6(internet + 8);
      case IP6_DADDR, IP6_DNET -> ipv6(internet + 24);
      default -> throw new IllegalArgumentException(type.keyword() + " is not an address");
    };
  }

  private Payload ipv6(int offset) {
    return new Payload.Ipv6Address(packet.i64(offset), packet.i64(offset + 8));
  }

  @Override
  public int tcpFlags() {
    return packet.u8(headers.transportOffset() + 13);
  }

  @Override
  public int flowHash() {
    return FlowHash.of(packet, headers);
  }

  @Override
  public long mark() {
    return packet.mark();
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public WireBytes logRecord(Rule rule, int requested) {
    return new LogWriter(rule).packet(packet, size, requested);
  }
}
