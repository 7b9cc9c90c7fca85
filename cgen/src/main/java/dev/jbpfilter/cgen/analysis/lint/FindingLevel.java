package dev.jbpfilter.cgen.analysis.lint;

/** How much a {@link Finding} matters; ascending. */
public enum FindingLevel {
  /** It could be written more simply. */
  ADVICE("advice"),
  /** It probably is not what was meant. */
  WARNING("warning"),
  /** It certainly never matches. */
  DEAD("dead");

  private final String keyword;

  FindingLevel(String keyword) {
    this.keyword = keyword;
  }

  /** The name in listings and documents. */
  public String keyword() {
    return keyword;
  }

  /** Whether it matters as much as another, or more. */
  public boolean isAtLeast(FindingLevel other) {
    return compareTo(other) >= 0;
  }
}
