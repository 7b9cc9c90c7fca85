package dev.jbpfilter.ruleset;

/** One condition of a rule. */
public sealed interface Matcher permits FieldMatcher, SetMatcher {

  /** Whether the condition is inverted; layer checks are not. */
  boolean negated();

  Span span();

  /** The same matcher, as if not read from a text. */
  Matcher withoutSpans();
}
