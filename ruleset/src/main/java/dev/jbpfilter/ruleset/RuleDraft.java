package dev.jbpfilter.ruleset;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule without a chain: it has no index and counts no sets, so that it can be put into any chain,
 * at any place. {@link Matchers#match} starts one, {@link Chain#drafts} has those of a chain.
 *
 * @param criteria at least one, in written order
 * @param log what to log on a match
 * @param counter whether matches are counted
 * @param mark the mark to set on a match, 0 to 2^32-1
 */
public record RuleDraft(
    List<Criterion> criteria,
    @Nullable Log log,
    boolean counter,
    @Nullable Long mark,
    Verdict verdict) {

  public RuleDraft {
    criteria = List.copyOf(criteria);
    if (criteria.isEmpty()) {
      throw new IllegalArgumentException("a rule needs a matcher");
    }
    if (mark != null) {
      RuleText.checkMark(mark);
    }
  }

  /** The same rule that logs otherwise, or not at all. */
  public RuleDraft withLog(@Nullable Log other) {
    return new RuleDraft(criteria, other, counter, mark, verdict);
  }

  /** The same rule, whose matches are counted or not. */
  public RuleDraft withCounter(boolean counted) {
    return new RuleDraft(criteria, log, counted, mark, verdict);
  }

  /** The same rule with another verdict. */
  public RuleDraft withVerdict(Verdict other) {
    return new RuleDraft(criteria, log, counter, mark, other);
  }
}
