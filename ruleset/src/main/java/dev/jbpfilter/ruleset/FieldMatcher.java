package dev.jbpfilter.ruleset;

/**
 * Compares one property of the packet with a value, for example {@code tcp.dport not range 1-1023}.
 * The constructor refuses an operator or payload that the type does not allow.
 */
public record FieldMatcher(
    MatcherType type, boolean negated, Operator operator, Payload payload, Span span)
    implements Matcher, Criterion {

  public FieldMatcher {
    if (!type.accepts(operator, payload)) {
      throw new IllegalArgumentException(
          type.keyword() + " " + operator.keyword() + " does not accept " + payload);
    }
  }

  public FieldMatcher(MatcherType type, boolean negated, Operator operator, Payload payload) {
    this(type, negated, operator, payload, Span.NONE);
  }

  @Override
  public FieldMatcher withoutSpans() {
    return new FieldMatcher(type, negated, operator, payload);
  }
}
