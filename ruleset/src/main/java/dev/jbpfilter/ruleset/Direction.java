package dev.jbpfilter.ruleset;

/** Which path of the target interface a redirected packet takes. */
public enum Direction {
  IN,
  OUT;

  /** The word of the rule language. */
  public String keyword() {
    return this == IN ? "in" : "out";
  }
}
