package dev.jbpfilter.ruleset;

/**
 * One condition of a rule that is being built. Unlike a {@link Matcher}, which counts the sets of
 * its chain, it names its set or carries the elements, so that it means the same in every chain.
 */
public sealed interface Criterion permits FieldMatcher, Criterion.InSet, Criterion.InElements {

  /**
   * {@code (key) in NAME}: looks the packet up in a named set.
   *
   * @param key must be that of the set
   */
  record InSet(SetKey key, boolean negated, String name) implements Criterion {}

  /** {@code (key) in {…}}: looks the packet up in a set that only this rule uses. */
  record InElements(SetElements elements, boolean negated) implements Criterion {}
}
