package dev.jbpfilter.cgen.analysis;

import dev.jbpfilter.ruleset.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What a simulated chain does with a packet.
 *
 * @param rule the index of the rule that decided; -1 if none did
 * @param verdict what becomes of the packet; null if that is not known or not asked
 * @param mark the packet's mark afterwards
 */
public record Judgement(By by, int rule, @Nullable Verdict verdict, long mark) {
  static final int NO_RULE = -1;

  /** Who decided. */
  public enum By {
    /** A rule. */
    RULE,
    /** The policy, as no rule did. */
    POLICY,
    /** The policy, as the packet ends within a header that the rules need. */
    ERROR,
    /** Nobody: a header that the rules need was not captured. */
    CUT,
    /** Nobody: the hook does not see such packets. */
    NOT_SEEN,
    /** Nobody: what the packet begins with is not known. */
    LINK_TYPE
  }

  /** Whether the chain has a verdict. */
  public boolean isDecided() {
    return verdict != null;
  }

  /** Nobody decided. */
  static Judgement none(By by) {
    return new Judgement(by, NO_RULE, null, 0);
  }

  /** Whether another chain does something else with the packet. */
  boolean differs(Judgement other) {
    boolean same = verdict == null ? other.verdict == null : verdict.equals(other.verdict);
    return !same || mark != other.mark;
  }
}
