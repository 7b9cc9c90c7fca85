package dev.jbpfilter.ruleset.packet;

import dev.jbpfilter.ruleset.Diagnostic;
import dev.jbpfilter.ruleset.Span;

/** A text describes no packet. */
public final class PacketSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Diagnostic diagnostic;

  PacketSyntaxException(int start, int end, String message) {
    super(message);
    diagnostic = Diagnostic.error(new Span(start, end), message);
  }

  /** What is wrong, and where in the text. */
  public Diagnostic diagnostic() {
    return diagnostic;
  }
}
