package dev.jbpfilter.cgen.analysis.lint;

import dev.jbpfilter.ruleset.packet.PacketInput;
import dev.jbpfilter.ruleset.packet.SocketCall;

/** What shows a {@link Finding}: the reference evaluator was asked what the chain does with it. */
public sealed interface Witness {

  /** What becomes of it, in words that follow it. */
  String outcome();

  /** A packet. */
  record Packet(PacketInput packet, String outcome) implements Witness {}

  /** A socket call. */
  record Call(SocketCall call, String outcome) implements Witness {}
}
