package dev.jbpfilter.ruleset;

/** How bad a {@link Diagnostic} is. */
public enum Severity {
  /** The text is refused. */
  ERROR,
  /** The text is accepted, but probably does not mean what its author wanted. */
  WARNING
}
