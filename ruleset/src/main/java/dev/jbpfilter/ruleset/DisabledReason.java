package dev.jbpfilter.ruleset;

/** Why a rule can never match, so that no code is generated for it. */
public enum DisabledReason {
  /** It needs membership in an empty set. */
  EMPTY_SET("references empty set"),
  /** It needs two protocols of one layer at once. */
  INCOMPATIBLE_LAYERS("has incompatible matchers on the same layer");

  private final String text;

  DisabledReason(String text) {
    this.text = text;
  }

  /** What the warning says about the rule. */
  public String text() {
    return text;
  }
}
