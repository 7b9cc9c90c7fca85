package dev.jbpfilter.ruleset;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Matchers that must all hold, what to do then, and a verdict.
 *
 * @param index the position in the chain, from 0
 * @param matchers at least one, in written order
 * @param log what to log on a match
 * @param counter whether matches are counted
 * @param mark the mark to set on a match, 0 to 2^32-1; 0 is a mark like any other
 */
public record Rule(
    int index,
    List<Matcher> matchers,
    @Nullable Log log,
    boolean counter,
    @Nullable Long mark,
    Verdict verdict,
    Span span) {

  public Rule {
    Check.range("rule index", index, 0, Integer.MAX_VALUE);
    matchers = List.copyOf(matchers);
    if (matchers.isEmpty()) {
      throw new IllegalArgumentException("rule " + index + " has no matcher");
    }
    if (mark != null) {
      RuleText.checkMark(mark);
    }
  }

  /** A rule without log and mark. */
  public Rule(int index, List<? extends Matcher> matchers, boolean counter, Verdict verdict) {
    this(index, List.copyOf(matchers), null, counter, null, verdict, Span.NONE);
  }

  /** The same rule where set {@code i} is set {@code positions[i]}. */
  Rule withSets(int[] positions) {
    List<Matcher> moved = new ArrayList<>(matchers.size());
    for (Matcher matcher : matchers) {
      moved.add(
          switch (matcher) {
            case FieldMatcher field -> field;
            case SetMatcher(int set, boolean negated, Span place) ->
                new SetMatcher(positions[set], negated, place);
          });
    }
    return new Rule(index, moved, log, counter, mark, verdict, span);
  }

  /** The same rule, as if not read from a text. */
  public Rule withoutSpans() {
    List<Matcher> plain = new ArrayList<>(matchers.size());
    for (Matcher matcher : matchers) {
      plain.add(matcher.withoutSpans());
    }
    return new Rule(index, plain, log, counter, mark, verdict, Span.NONE);
  }
}
