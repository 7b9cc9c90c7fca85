package dev.jbpfilter.ruleset;

/**
 * Looks up fields of the packet in a set.
 *
 * @param set the position of the set in {@link Chain#sets()}
 */
public record SetMatcher(int set, boolean negated, Span span) implements Matcher {

  public SetMatcher {
    Check.range("set index", set, 0, Integer.MAX_VALUE);
  }

  public SetMatcher(int set, boolean negated) {
    this(set, negated, Span.NONE);
  }

  @Override
  public SetMatcher withoutSpans() {
    return new SetMatcher(set, negated);
  }
}
