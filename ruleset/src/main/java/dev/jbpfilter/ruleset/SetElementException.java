package dev.jbpfilter.ruleset;

/** The text of a set's element was refused; its message is what the parser says, and its hint. */
public final class SetElementException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String element;
  private final transient Diagnostic diagnostic;

  SetElementException(String element, Diagnostic diagnostic) {
    super(Check.text(diagnostic));
    this.element = element;
    this.diagnostic = diagnostic;
  }

  /** The element as it was given. */
  public String element() {
    return element;
  }

  /** What is wrong; its span is a part of {@link #element}. */
  public Diagnostic diagnostic() {
    return diagnostic;
  }
}
