package dev.jbpfilter.cgen.analysis.lint;

import dev.jbpfilter.ruleset.packet.PacketDescription;

/**
 * What shows a {@link Finding}: the reference evaluator was asked what the chain does with it, as
 * it is described.
 *
 * @param packet a packet or a socket call
 * @param outcome what becomes of it, in words that follow it
 */
public record Witness(PacketDescription packet, String outcome) {}
