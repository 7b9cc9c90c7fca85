package dev.jbpfilter.cli;

import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.analysis.Explanation;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.packet.Environment;
import dev.jbpfilter.ruleset.packet.PacketDescription;
import dev.jbpfilter.ruleset.packet.PacketInput;
import dev.jbpfilter.ruleset.packet.capture.CapturedPacket;
import dev.jbpfilter.ruleset.packet.capture.HookView;
import org.jspecify.annotations.Nullable;

/**
 * A chain, and what it does with a packet.
 *
 * @param packet all of the packet
 * @param explanation null if the chain sees no such packets
 * @param refusal why it sees none; empty if it does
 */
record ExplainedChain(
    Chain chain, String packet, @Nullable Explanation explanation, String refusal) {

  /** What {@code compiled} does with {@code packet}. */
  static ExplainedChain of(CompiledChain compiled, PacketDescription packet) {
    Chain chain = compiled.chain();
    String text = packet.toString();
    try {
      return new ExplainedChain(chain, text, Explanation.of(compiled, packet), "");
    } catch (IllegalArgumentException e) {
      return new ExplainedChain(chain, text, null, String.valueOf(e.getMessage()));
    }
  }

  /** What {@code compiled} does with a packet of a capture, if nothing of it is missing. */
  static ExplainedChain of(CompiledChain compiled, CapturedPacket packet) {
    Chain chain = compiled.chain();
    Hook hook = chain.hook();
    if (!hook.flavor().seesPackets()) {
      return unseen(chain, hook.keyword() + " chains see socket calls, which captures do not have");
    }
    return switch (HookView.of(packet, hook)) {
      case HookView.Seen seen -> {
        Integer attached = chain.options().ifindex();
        PacketInput input = seen.input().withInterfaceIndex(attached == null ? 1 : attached);
        Environment environment = Environment.fixed(Explanation.USUAL_RANDOM, packet.nanos());
        Explanation explanation = Explanation.of(compiled, input, environment);
        yield explanation.trace().evaluation().malformed() && seen.cut()
            ? unseen(chain, "too little of the packet was captured")
            : new ExplainedChain(
                chain, PacketDescription.exactly(input).toString(), explanation, "");
      }
      case HookView.Unseen unseen ->
          unseen(
              chain,
              switch (unseen) {
                case HOOK -> hook.keyword() + " chains do not see such packets";
                case CUT -> "too little of the packet was captured";
                case LINK_TYPE -> "the link type of the packet is not known";
              });
    };
  }

  private static ExplainedChain unseen(Chain chain, String why) {
    return new ExplainedChain(chain, "", null, why);
  }

  /** A packet of a capture in words. */
  static PacketDescription describe(CapturedPacket packet) {
    return HookView.of(packet, Hook.XDP) instanceof HookView.Seen seen
        ? PacketDescription.of(seen.input())
        : PacketDescription.exactly(PacketInput.ofFrame(packet.toByteArray()));
  }
}
