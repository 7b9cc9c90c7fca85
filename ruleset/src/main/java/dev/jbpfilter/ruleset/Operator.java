package dev.jbpfilter.ruleset;

import java.util.Optional;

/** How a matcher compares. */
public enum Operator {
  /** Equal to the payload; for networks, contained in it. */
  EQ(0, "eq"),
  /** At least one of the payload's bits is set. */
  ANY(1, "any"),
  /** All of the payload's bits are set. */
  ALL(2, "all"),
  /** Member of a set. */
  IN(3, "in"),
  /** Between two bounds, both included. */
  RANGE(4, "range");

  private final int code;
  private final String keyword;

  Operator(int code, String keyword) {
    this.code = code;
    this.keyword = keyword;
  }

  /** The number in saved state. */
  public int code() {
    return code;
  }

  /** The word of the rule language. */
  public String keyword() {
    return keyword;
  }

  /** The operator written as {@code keyword}, if there is one. */
  public static Optional<Operator> ofKeyword(String keyword) {
    for (Operator operator : values()) {
      if (operator.keyword.equals(keyword)) {
        return Optional.of(operator);
      }
    }
    return Optional.empty();
  }
}
