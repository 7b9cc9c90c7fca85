package dev.jbpfilter.ruleset.packet;

import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.Protocol;
import dev.jbpfilter.ruleset.Rule;
import java.util.List;

/**
 * A socket call. Its family is the hook's, its protocol the socket's, and it has a destination port
 * whatever the protocol is.
 */
final class SocketSubject implements Subject {
  private final SocketCall call;

  SocketSubject(SocketCall call) {
    this.call = call;
  }

  /** The family of the call. */
  static Protocol family(SocketCall call) {
    return call.destination() instanceof Payload.Ipv4Address ? Protocol.IPV4 : Protocol.IPV6;
  }

  @Override
  public boolean has(Protocol protocol) {
    return switch (protocol.layer()) {
      case INTERNET -> protocol == family(call);
      case TRANSPORT -> protocol.number() == call.protocol();
      case LINK -> false;
    };
  }

  @Override
  public boolean isDefined(MatcherType type) {
    return true;
  }

  @Override
  public boolean is(MatcherType type, long value) {
    return scalar(type) == value;
  }

  @Override
  public long scalar(MatcherType type) {
    return switch (type) {
      case META_L3_PROTO -> family(call).number();
      case META_L4_PROTO, IP4_PROTO -> call.protocol();
      case META_DPORT, TCP_DPORT, UDP_DPORT -> call.port();
      default -> throw absent(type);
    };
  }

  @Override
  public List<Payload> protocols(MatcherType type) {
    return List.of(new Payload.Scalar(call.protocol()));
  }

  @Override
  public Payload address(MatcherType type) {
    return switch (type) {
      case IP4_DADDR, IP4_DNET, IP6_DADDR, IP6_DNET -> call.destination();
      case IP4_SADDR, IP4_SNET, IP6_SADDR, IP6_SNET -> call.source().orElseThrow();
      default -> throw absent(type);
    };
  }

  @Override
  public int tcpFlags() {
    throw absent(MatcherType.TCP_FLAGS);
  }

  @Override
  public int flowHash() {
    throw absent(MatcherType.META_FLOW_PROBABILITY);
  }

  private static IllegalArgumentException absent(MatcherType type) {
    return new IllegalArgumentException("a socket call has no " + type.keyword());
  }

  @Override
  public long mark() {
    return 0;
  }

  @Override
  public long size() {
    return 0;
  }

  @Override
  public WireBytes logRecord(Rule rule, int requested) {
    return new LogWriter(rule).call(call, family(call));
  }
}
