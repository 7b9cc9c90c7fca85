package dev.jbpfilter.cli;

import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.analysis.Explanation;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.packet.PacketDescription;
import org.jspecify.annotations.Nullable;

/**
 * A chain, and what it does with a packet.
 *
 * @param explanation null if the chain sees no such packets
 * @param refusal why it sees none; empty if it does
 */
record ExplainedChain(Chain chain, @Nullable Explanation explanation, String refusal) {

  /** What {@code compiled} does with {@code packet}. */
  static ExplainedChain of(CompiledChain compiled, PacketDescription packet) {
    Chain chain = compiled.chain();
    try {
      return new ExplainedChain(chain, Explanation.of(compiled, packet), "");
    } catch (IllegalArgumentException e) {
      return new ExplainedChain(chain, null, String.valueOf(e.getMessage()));
    }
  }
}
