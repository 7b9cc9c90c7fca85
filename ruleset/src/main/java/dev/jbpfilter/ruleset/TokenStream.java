package dev.jbpfilter.ruleset;

/** The tokens of a source, one ahead. */
final class TokenStream {
  private final String text;
  private final int base;
  private final Lexer lexer;
  private Token token;
  private Token previous;

  /**
   * @param base what to add to positions in {@code text}, so that they tell texts apart
   */
  TokenStream(String text, int base, boolean strict) {
    this.text = text;
    this.base = base;
    this.lexer = new Lexer(text, base, strict);
    this.previous = new Token(TokenKind.INVALID, base, base);
    this.token = lexer.next();
  }

  TokenKind kind() {
    return token.kind();
  }

  Token peek() {
    return token;
  }

  /** The whole text. */
  String text() {
    return text;
  }

  /** How much greater positions of tokens are than those in {@link #text()}. */
  int base() {
    return base;
  }

  String text(Token of) {
    return text.substring(of.start() - base, of.end() - base);
  }

  /** Where the last token taken starts. */
  int previousStart() {
    return previous.start();
  }

  /** Where the last token taken ends. */
  int previousEnd() {
    return previous.end();
  }

  Token take() {
    Token taken = token;
    previous = taken;
    token = lexer.next();
    return taken;
  }

  boolean accept(TokenKind kind) {
    if (token.kind() != kind) {
      return false;
    }
    take();
    return true;
  }

  /** Whether {@code token} ends at {@code position} of the text. */
  boolean isGlued(Token token, int position) {
    return token.end() - base == position;
  }

  /** The next token as one that can't stand there. */
  Problem problem() {
    return new Problem(text, base, token, previous);
  }

  /**
   * Reads on at {@code position} of the text.
   *
   * @param mode what is being read there
   */
  void restart(int position, LexMode mode) {
    previous = new Token(TokenKind.INVALID, base + position, base + position);
    token = lexer.restart(position, mode);
  }

  /** Skips the rest of the text. */
  void skipAll() {
    restart(text.length(), LexMode.INITIAL);
  }

  /** Skips what other languages take for a comment: it may contain keywords. */
  private void skipForeignComment() {
    Problem problem = problem();
    String word = problem.chunk();
    if (token.kind() != TokenKind.INVALID || !ChainAdvice.foreignComment(word)) {
      return;
    }
    int end =
        word.startsWith("/*")
            ? text.indexOf("*/", problem.start())
            : text.indexOf('\n', problem.start());
    restart(end < 0 ? text.length() : Math.min(end + 2, text.length()), LexMode.INITIAL);
  }

  /** Whether the next token can't follow a complete part of a rule. */
  boolean isLoose() {
    return switch (token.kind()) {
      case INVALID, COMMA, STRING -> true;
      default -> false;
    };
  }

  /** Whether the next token is a verdict in another case, or of another tool. */
  boolean isLikeVerdict() {
    return ForeignWords.verdict(text(token)).isPresent();
  }

  /** Skips what can't be understood behind a mistake, up to what goes on with the rule. */
  void skipLoose() {
    while (isLoose() && !isLikeVerdict()) {
      take();
    }
  }

  /** Skips what adheres to a mistake. */
  void skipGlued() {
    while (isLoose() && token.start() == previous.end()) {
      take();
    }
  }

  /** Skips to the next rule or chain; {@code sets}: or named set. */
  void recover(boolean sets) {
    skipForeignComment();
    while (true) {
      // The mode belongs to what is skipped; the next construct starts afresh.
      lexer.reset();
      TokenKind kind = token.kind();
      if (kind == TokenKind.RULE
          || kind == TokenKind.CHAIN
          || kind == TokenKind.END
          || (sets && kind == TokenKind.SET)) {
        return;
      }
      take();
    }
  }
}
