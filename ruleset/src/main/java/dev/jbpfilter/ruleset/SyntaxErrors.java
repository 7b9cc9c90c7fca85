package dev.jbpfilter.ruleset;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes the errors for tokens that can't stand where they do. */
final class SyntaxErrors {
  private static final int MOST_ALTERNATIVES_SHOWN = 4;

  private final TokenStream tokens;

  SyntaxErrors(TokenStream tokens) {
    this.tokens = tokens;
  }

  /**
   * The error for the next token, where only {@code expected} are allowed.
   *
   * @param adviser says in plain words what is wrong
   */
  SyntaxException unexpected(Function<Problem, Advice> adviser, TokenKind... expected) {
    return unexpected(tokens.problem(), adviser, expected);
  }

  /** The error for what was read and turned out to be wrong. */
  SyntaxException unexpected(
      Problem problem, Function<Problem, Advice> adviser, TokenKind... expected) {
    List<TokenKind> kinds = List.of(expected);
    return new SyntaxException(problem.span().start(), () -> diagnostic(problem, adviser, kinds));
  }

  /** Takes a token of {@code kind}, or refuses the text. */
  Token expect(TokenKind kind, Function<Problem, Advice> adviser) throws SyntaxException {
    if (tokens.kind() != kind) {
      throw unexpected(adviser, kind);
    }
    return tokens.take();
  }

  private static Diagnostic diagnostic(
      Problem problem, Function<Problem, Advice> adviser, List<TokenKind> expected) {
    StringBuilder message = new StringBuilder("syntax error, unexpected ");
    message.append(problem.kind().display());
    if (expected.size() <= MOST_ALTERNATIVES_SHOWN) {
      for (int i = 0; i < expected.size(); i++) {
        message.append(i == 0 ? ", expecting " : " or ").append(expected.get(i).display());
      }
    }
    Optional<Advice> odd =
        OddCharacters.advice(problem.text(), problem.start(), problem.chunkEnd(), problem::span);
    Advice advice = odd.orElseGet(() -> adviser.apply(problem));
    message.append(": ").append(advice.clause());
    return Diagnostic.error(advice.span(), message.toString(), advice.hint());
  }
}
