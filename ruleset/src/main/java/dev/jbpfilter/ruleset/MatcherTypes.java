package dev.jbpfilter.ruleset;

import java.util.List;

/** The matcher types, without the copy that {@code values()} makes at every call. */
final class MatcherTypes {
  static final List<MatcherType> ALL = List.of(MatcherType.values());

  private MatcherTypes() {}
}
