package dev.jbpfilter.ruleset;

/** Several fields that are looked up in sets together; {@link Matchers#key} makes it. */
public final class MatcherKey implements Lookup {
  private final SetKey key;
  private final boolean negated;

  MatcherKey(SetKey key, boolean negated) {
    this.key = key;
    this.negated = negated;
  }

  @Override
  public SetKey key() {
    return key;
  }

  @Override
  public boolean negated() {
    return negated;
  }

  @Override
  public MatcherKey not() {
    return new MatcherKey(key, !negated);
  }
}
