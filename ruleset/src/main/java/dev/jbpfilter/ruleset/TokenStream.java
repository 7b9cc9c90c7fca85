package dev.jbpfilter.ruleset;

import java.util.List;
import java.util.Optional;

/** The tokens of a source, one ahead. */
final class TokenStream {
  private static final int MOST_ALTERNATIVES_SHOWN = 4;

  private final String text;
  private final int base;
  private final boolean strict;
  private final Lexer lexer;
  private Token token;
  private int previousEnd;

  /**
   * @param base what to add to positions in {@code text}, so that they tell texts apart
   */
  TokenStream(String text, int base, boolean strict) {
    this.text = text;
    this.base = base;
    this.strict = strict;
    this.lexer = new Lexer(text, base, strict);
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
    Optional<String> hint =
        List.of(kinds).contains(TokenKind.CHAIN) ? Directive.hint(word, strict) : Optional.empty();
    hint = hint.or(() -> Suggestions.forSyntax(word, kinds));
    return new SyntaxException(Diagnostic.error(span, message.toString(), hint.orElse(null)));
  }

  /** The word that the user probably meant as one, where the lexer saw a word, a dot and a word. */
  private String dottedWord() {
    int start = token.start() - base;
    int end = start;
    while (end < text.length() && (Words.isWordChar(text.charAt(end)) || text.charAt(end) == '.')) {
      end++;
    }
    return text.substring(start, end);
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
