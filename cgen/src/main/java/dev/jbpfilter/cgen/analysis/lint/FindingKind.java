package dev.jbpfilter.cgen.analysis.lint;

/** What a {@link Finding} is about. */
public enum FindingKind {
  /** A rule whose matchers contradict each other, or what the hook can see: it never matches. */
  CONTRADICTION("contradiction", FindingLevel.DEAD),
  /** A rule that is disabled: it needs membership in an empty set, or two protocols at once. */
  DISABLED_RULE("disabled-rule", FindingLevel.DEAD),
  /** A rule that never matches since every packet that it could match is decided before. */
  SHADOWED_RULE("shadowed-rule", FindingLevel.DEAD),
  /** A rule like one before it; if that one ends the chain, this one never matches. */
  DUPLICATE_RULE("duplicate-rule", FindingLevel.DEAD),
  /** Elements of a set by which a rule never matches. */
  DEAD_ELEMENTS("dead-elements", FindingLevel.DEAD),
  /** A rule without which the chain does the same. */
  REDUNDANT_RULE("redundant-rule", FindingLevel.WARNING),
  /** Networks of a set that lie in others of it. */
  REDUNDANT_ELEMENTS("redundant-elements", FindingLevel.WARNING),
  /** Two chains, or two sets of a chain, with one name. */
  DUPLICATE_NAME("duplicate-name", FindingLevel.WARNING),
  /** A named set that no rule uses. */
  UNUSED_SET("unused-set", FindingLevel.WARNING),
  /** A rule that counts, logs or marks what an earlier rule lets through to it only in part. */
  HIDDEN_EFFECT("hidden-effect", FindingLevel.WARNING),
  /** A mark that nothing reads before it is replaced or the packet dropped. */
  LOST_MARK("lost-mark", FindingLevel.WARNING),
  /** A rule, or a part of it, that holds about once in four billion packets, or fails so rarely. */
  RARE_MATCH("rare-match", FindingLevel.WARNING),
  /** A limit of log entries that is shorter than the time between any two. */
  IDLE_RATE_LIMIT("idle-rate-limit", FindingLevel.WARNING),
  /** A matcher that holds whenever the others of its rule do. */
  NEEDLESS_MATCHER("needless-matcher", FindingLevel.ADVICE),
  /** Rules that follow each other and could be one with a set. */
  MERGEABLE_RULES("mergeable-rules", FindingLevel.ADVICE),
  /** A policy that only malformed packets get to, as rules decide all others. */
  IDLE_POLICY("idle-policy", FindingLevel.ADVICE);

  private final String keyword;
  private final FindingLevel level;

  FindingKind(String keyword, FindingLevel level) {
    this.keyword = keyword;
    this.level = level;
  }

  /** The name in listings and documents, for example {@code shadowed-rule}. */
  public String keyword() {
    return keyword;
  }

  /** How much it matters if it is certain. */
  public FindingLevel level() {
    return level;
  }
}
