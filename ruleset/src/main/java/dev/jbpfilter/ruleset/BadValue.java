package dev.jbpfilter.ruleset;

import java.util.List;
import java.util.Optional;

/**
 * A value that a matcher, or a set if the operator is {@link Operator#IN}, does not take.
 *
 * @param negated whether the matcher is negated, so that what it proposes is as well
 */
record BadValue(MatcherType type, Operator operator, boolean negated, String text) {

  /** The same with another text. */
  BadValue with(String other) {
    return new BadValue(type, operator, negated, other);
  }

  PayloadKind kind() {
    return type.payloadKind();
  }

  boolean inSet() {
    return operator == Operator.IN;
  }

  /** A hint to write the text with the operator for ranges, if that is what it is. */
  Optional<String> asRange() {
    boolean range =
        type.supports(Operator.RANGE)
            && new PayloadReader(InterfaceResolver.none())
                .read(type, Operator.RANGE, text)
                .isPresent();
    return range ? Optional.of(write(type, Operator.RANGE, text)) : Optional.empty();
  }

  /** A hint to write another value, for the same type and operator. */
  String write(String value) {
    return operator == Operator.EQ || inSet() ? writeBare(value) : write(type, operator, value);
  }

  /** A hint to write another matcher; in a set, another key with a value. */
  String write(MatcherType other, String value) {
    return inSet()
        ? "use a set with the key (" + other.keyword() + ") for '" + value + "'"
        : write(other, Operator.EQ, value);
  }

  /** A hint to write another matcher with its operator. */
  String write(MatcherType other, Operator with, String value) {
    String operatorWord = with == Operator.EQ ? "" : with.keyword() + " ";
    return Advice.write(other.keyword() + (negated ? " not " : " ") + operatorWord + value);
  }

  private String writeBare(String value) {
    return inSet() ? Advice.write(value) : write(type, Operator.EQ, value);
  }

  /** A hint to write a set of several values of {@code other}. */
  String writeSet(MatcherType other, List<String> values) {
    return "use a set for several values: '" + set(other, negated, String.join("; ", values)) + "'";
  }

  /** A matcher for the elements in {@code body}. */
  static String set(MatcherType type, boolean negated, String body) {
    return "(" + type.keyword() + ")" + (negated ? " not" : "") + " in {" + body + "}";
  }
}
