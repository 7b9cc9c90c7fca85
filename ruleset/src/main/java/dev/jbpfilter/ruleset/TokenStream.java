package dev.jbpfilter.ruleset;

/** The tokens of a source, one ahead. */
final class TokenStream {
  private static final int MOST_ALTERNATIVES_SHOWN = 4;

  private final String text;
  private final Lexer lexer;
  private Token token;
  private int previousEnd;

  TokenStream(String text) {
    this.text = text;
    this.lexer = new Lexer(text);
    this.token = lexer.next();
  }

  TokenKind kind() {
    return token.kind();
  }

  Token peek() {
    return token;
  }

  String text(Token of) {
    return text.substring(of.start(), of.end());
  }

  /** Where the last token taken ends. */
  int previousEnd() {
    return previousEnd;
  }

  Token take() {
    Token taken = token;
    previousEnd = taken.end();
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

  /** Takes a token of {@code kind}, or refuses the text. */
  Token expect(TokenKind kind) throws SyntaxException {
    if (token.kind() != kind) {
      throw unexpected(kind);
    }
    return take();
  }

  /** The error for the next token, where only {@code kinds} are allowed. */
  SyntaxException unexpected(TokenKind... kinds) {
    StringBuilder message = new StringBuilder("syntax error, unexpected ");
    message.append(token.kind().display());
    if (kinds.length <= MOST_ALTERNATIVES_SHOWN) {
      for (int i = 0; i < kinds.length; i++) {
        message.append(i == 0 ? ", expecting " : " or ").append(kinds[i].display());
      }
    }
    String word = dottedWord();
    Span span =
        word.isEmpty() ? token.span() : new Span(token.start(), token.start() + word.length());
    return new SyntaxException(
        Diagnostic.error(
            span, message.toString(), Suggestions.forSyntax(word, kinds).orElse(null)));
  }

  /** The word that the user probably meant as one, where the lexer saw a word, a dot and a word. */
  private String dottedWord() {
    int end = token.start();
    while (end < text.length() && (Words.isWordChar(text.charAt(end)) || text.charAt(end) == '.')) {
      end++;
    }
    return text.substring(token.start(), end);
  }

  /** Skips to the next rule or chain; {@code sets}: or named set. */
  void recover(boolean sets) {
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
