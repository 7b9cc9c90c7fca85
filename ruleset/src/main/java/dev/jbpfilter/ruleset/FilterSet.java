package dev.jbpfilter.ruleset;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A set of a chain.
 *
 * @param name absent for a set written in a rule
 */
public record FilterSet(@Nullable String name, SetElements elements, Span span) {

  public FilterSet {
    if (name != null) {
      Words.checkName("set name", name);
    }
  }

  public FilterSet(@Nullable String name, SetElements elements) {
    this(name, elements, Span.NONE);
  }

  public SetKey key() {
    return elements.key();
  }

  /** Whether the set was written in a rule, so that only that rule uses it. */
  public boolean isAnonymous() {
    return name == null;
  }

  /** The name, if there is one. */
  public Optional<String> optionalName() {
    return Optional.ofNullable(name);
  }

  public boolean isEmpty() {
    return elements.size() == 0;
  }

  /** The same set, as if not read from a text. */
  public FilterSet withoutSpans() {
    return new FilterSet(name, elements);
  }
}
