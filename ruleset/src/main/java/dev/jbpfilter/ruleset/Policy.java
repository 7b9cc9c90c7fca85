package dev.jbpfilter.ruleset;

/** What becomes of a packet that no rule decided; the names are the words of the rule language. */
public enum Policy {
  ACCEPT(Verdict.Basic.ACCEPT),
  DROP(Verdict.Basic.DROP),
  NEXT(Verdict.Basic.NEXT);

  private final Verdict.Basic verdict;

  Policy(Verdict.Basic verdict) {
    this.verdict = verdict;
  }

  public Verdict.Basic verdict() {
    return verdict;
  }
}
