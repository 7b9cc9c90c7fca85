package dev.jbpfilter.cli;

import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.analysis.Explanation;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.packet.Environment;
import dev.jbpfilter.ruleset.packet.PacketDescription;
import dev.jbpfilter.ruleset.packet.PacketInput;
import org.jspecify.annotations.Nullable;

/**
 * A chain, and what it does with a packet.
 *
 * @param input the packet as the chain sees it; null if that is a socket call, or nothing
 * @param explanation null if the chain sees no such packets
 * @param refusal why it sees none; empty if it does
 */
record ExplainedChain(
    Chain chain, @Nullable PacketInput input, @Nullable Explanation explanation, String refusal) {
  /** In nanoseconds: long after whatever was logged last. */
  private static final long NOW = 1L << 40;

  private static final int HALF = Integer.MAX_VALUE;

  /** What {@code compiled} does with {@code packet}. */
  static ExplainedChain of(CompiledChain compiled, PacketDescription packet) {
    Chain chain = compiled.chain();
    Environment environment = Environment.fixed(packet.random().orElse(HALF), NOW);
    try {
      if (chain.hook().flavor().seesPackets()) {
        PacketInput input = packet.packet(chain);
        Explanation explanation = Explanation.of(compiled, input, environment);
        return new ExplainedChain(chain, input, explanation, "");
      }
      Explanation explanation = Explanation.of(compiled, packet.call(chain.hook()), environment);
      return new ExplainedChain(chain, null, explanation, "");
    } catch (IllegalArgumentException e) {
      return new ExplainedChain(chain, null, null, String.valueOf(e.getMessage()));
    }
  }
}
