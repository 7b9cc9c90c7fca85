package dev.jbpfilter.ruleset.packet;

import dev.jbpfilter.ruleset.DisabledReason;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.Protocol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a chain does with one packet or socket call, and why.
 *
 * @param steps a step for each rule, from the first to the one that decides, or to the last; none
 *     if the packet is malformed
 */
public record Trace(Evaluation evaluation, List<Step> steps) {
  /** Copies the list. */
  public Trace {
    steps = List.copyOf(steps);
  }

  /** What one rule makes of the packet. */
  public sealed interface Step {
    /** The index of the rule. */
    int rule();
  }

  /** The rule can never match. */
  public record Disabled(int rule, DisabledReason reason) implements Step {}

  /**
   * The rule does not match.
   *
   * @param matcher the position of the first of its matchers that does not hold
   * @param absent the protocol that the matcher is about, if the packet has none of it
   * @param actual what the packet has instead, an address or a number for each component of the
   *     matcher; of the IPv6 next headers all that were passed; empty if the packet has nothing of
   *     the kind
   */
  public record Missed(int rule, int matcher, @Nullable Protocol absent, List<Payload> actual)
      implements Step {
    /** Copies the list. */
    public Missed {
      actual = List.copyOf(actual);
    }
  }

  /**
   * The rule matches.
   *
   * @param logged whether it logs now: a rule that is to log once in a while may not
   */
  public record Matched(int rule, boolean logged) implements Step {}
}
