package dev.jbpfilter.ruleset;

import java.util.List;

/** What can be looked up in sets: a field, or several at once ({@link Matchers#key}). */
public sealed interface Lookup permits Lookup.OfNumbers, MatcherField.Member, MatcherKey {

  /** The key of the sets that this is looked up in. */
  SetKey key();

  /** Whether not to be in the set is what matches. */
  boolean negated();

  /** The same lookup, inverted. What it needs of the packet's protocols stays as it is. */
  Lookup not();

  /**
   * {@code (key) in NAME}: in a set of the chain. Chains refuse it unless they have a set of that
   * name and of this key.
   */
  default Criterion inSet(String name) {
    return new Criterion.InSet(key(), negated(), name);
  }

  /**
   * {@code (key) in {…}}: in a set of the rule's own.
   *
   * @param elements as in a set's body: components joined by {@code ,}
   * @throws IllegalArgumentException naming the element that is refused
   */
  default Criterion in(String... elements) {
    return in(elements(elements));
  }

  /**
   * {@code (key) in {…}}: in a set of the rule's own.
   *
   * @throws IllegalArgumentException if the elements have another key
   */
  default Criterion in(SetElements elements) {
    if (!elements.key().equals(key())) {
      throw new IllegalArgumentException(key() + " can't be in a set of " + elements.key());
    }
    return new Criterion.InElements(elements, negated());
  }

  /**
   * Elements that this can be looked up in.
   *
   * @param elements as in a set's body: components joined by {@code ,}
   * @throws IllegalArgumentException naming the element that is refused
   */
  default SetElements elements(String... elements) {
    SetElementsBuilder builder = SetElements.builder(key());
    for (String element : List.of(elements)) {
      builder.add(element);
    }
    return builder.build();
  }

  /** What can be looked up in sets of numbers. */
  sealed interface OfNumbers extends Lookup
      permits MatcherField.NamedMember, MatcherField.NumericMember, MatcherField.RangedMember {

    /**
     * {@code (key) in {…}}: one of several numbers.
     *
     * @throws IllegalArgumentException naming the number that is refused
     */
    default Criterion in(int... numbers) {
      return in(elements(numbers));
    }

    /**
     * Elements that this can be looked up in.
     *
     * @throws IllegalArgumentException naming the number that is refused
     */
    default SetElements elements(int... numbers) {
      SetElementsBuilder builder = SetElements.builder(key());
      for (int number : numbers) {
        builder.addNumbers(number);
      }
      return builder.build();
    }
  }
}
