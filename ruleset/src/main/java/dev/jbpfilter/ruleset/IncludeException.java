package dev.jbpfilter.ruleset;

/** Why a text can't be included; the message ends a diagnostic. */
public final class IncludeException extends Exception {
  private static final long serialVersionUID = 1L;

  public IncludeException(String reason) {
    super(reason, null, false, false);
  }
}
