package dev.jbpfilter.ruleset;

/** A token and where it stands. */
record Token(TokenKind kind, int start, int end) {
  Span span() {
    return new Span(start, end);
  }
}
