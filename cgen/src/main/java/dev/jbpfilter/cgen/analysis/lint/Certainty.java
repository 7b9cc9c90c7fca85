package dev.jbpfilter.cgen.analysis.lint;

/** Whether what a {@link Finding} says is proven. */
public enum Certainty {
  /** It is so for all packets. */
  IS("is"),
  /** It may be so, or be meant so. */
  MAY("may");

  private final String keyword;

  Certainty(String keyword) {
    this.keyword = keyword;
  }

  /** The name in listings and documents. */
  public String keyword() {
    return keyword;
  }
}
