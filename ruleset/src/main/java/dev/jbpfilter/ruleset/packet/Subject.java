package dev.jbpfilter.ruleset.packet;

import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.Protocol;
import dev.jbpfilter.ruleset.Rule;
import java.util.List;

/** What the matchers of a chain look at: a packet or a socket call. */
sealed interface Subject permits PacketSubject, SocketSubject {

  /** Whether there is a header of {@code protocol}, or the call is of it. */
  boolean has(Protocol protocol);

  /** Whether there is what the type is about; if not, no matcher of it holds, negated or not. */
  boolean isDefined(MatcherType type);

  /** Whether {@code type eq value} holds. */
  boolean is(MatcherType type, long value);

  /** The number that {@code type} names. */
  long scalar(MatcherType type);

  /**
   * The protocol numbers that {@code meta.l4_proto} or {@code ip6.nexthdr} is compared with: of the
   * latter, all extension headers that were passed, and what follows them.
   */
  List<Payload> protocols(MatcherType type);

  /** The address that {@code type} names: a {@link Payload.Ipv4Address} or an IPv6 one. */
  Payload address(MatcherType type);

  /** The flags of a TCP header. */
  int tcpFlags();

  /** The hash of {@code meta.flow_probability}. */
  int flowHash();

  /** The mark at first. */
  long mark();

  /** What it adds to byte counters. */
  long size();

  /** The log record of a match, but for the time. */
  WireBytes logRecord(Rule rule, int requested);
}
