package dev.jbpfilter.ruleset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads set keys and set bodies, which the lexer hands over whole. */
final class SetParser {
  private static final String ONLY_IN = "only the 'in' operator is supported for sets";

  private final TokenStream tokens;
  private final PayloadReader payloads;
  private final Reporter reporter;
  private final boolean strict;

  /**
   * @param strict whether comments in set bodies are elements like any text
   */
  SetParser(TokenStream tokens, PayloadReader payloads, Reporter reporter, boolean strict) {
    this.strict = strict;
    this.tokens = tokens;
    this.payloads = payloads;
    this.reporter = reporter;
  }

  /** Reads {@code (type, type)}; empty if it is refused. */
  Optional<SetKey> key(String text, Span span) {
    List<MatcherType> types = new ArrayList<>();
    int start = 1;
    while (start < text.length()) {
      int end = start;
      while (text.charAt(end) != ',' && text.charAt(end) != ')') {
        end++;
      }
      int from = skipBlanks(text, start, end);
      String word = text.substring(from, trimEnd(text, from, end));
      Span wordSpan = new Span(span.start() + from, span.start() + from + word.length());
      Optional<MatcherType> type = component(word, wordSpan);
      if (type.isEmpty()) {
        return Optional.empty();
      }
      types.add(type.get());
      start = end + 1;
    }
    Optional<String> problem = SetKey.problem(types);
    problem.ifPresent(message -> reporter.error(span, message));
    return problem.isPresent() ? Optional.empty() : Optional.of(new SetKey(types));
  }

  private Optional<MatcherType> component(String word, Span span) {
    Optional<MatcherType> type = MatcherType.ofKeyword(word);
    if (type.isEmpty()) {
      reporter.error(() ->
          Diagnostic.error(
              span,
              "failed to parse set key component " + Printable.quote(word),
              componentHint(word)));
      return type;
    }
    Optional<String> problem = SetKey.problem(type.get());
    problem.ifPresent(
        message -> reporter.error(() -> Diagnostic.error(span, message, keyHint(type.get()))));
    return problem.isPresent() ? Optional.empty() : type;
  }

  private static @Nullable String componentHint(String word) {
    List<MatcherType> meant = MatcherNames.meantBy(word);
    return meant.isEmpty()
        ? Suggestions.forSyntax(word, TokenKind.MATCHER_TYPE).orElse(null)
        : Likely.names(meant);
  }

  private static String keyHint(MatcherType type) {
    String field = type.keyword().substring(type.keyword().indexOf('.'));
    boolean port = type.payloadKind() == PayloadKind.PORT;
    return port
        ? "use (tcp" + field + ") and (udp" + field + ") in rules of their own"
        : "match '" + type.keyword() + "' beside the set";
  }

  /**
   * Reads {@code {element; element}}; empty if an element is refused.
   *
   * @throws SyntaxException if the brace that closes it belongs to another set
   */
  Optional<SetElements> body(SetKey key, Token body) throws SyntaxException {
    SetElementsBuilder elements = SetElements.builder(key);
    ElementReader reader = new ElementReader(key, payloads);
    String text = tokens.text();
    int base = tokens.base();
    int last = body.end() - base - 1;
    Separators separators = new Separators(text, last, strict);
    boolean good = true;
    int start = body.start() - base + 1;
    while (start < last) {
      int end = separators.next(start);
      int from = skipBlanks(text, start, end);
      int to = trimEnd(text, from, end);
      if (from < to) {
        Supplier<Diagnostic> error = reader.read(text, from, to, base, elements);
        if (error != null) {
          if (good) {
            requireOwnBrace(body, from);
          }
          reporter.error(error);
          good = false;
        }
      }
      start = end + 1;
      if (end < last && text.charAt(end) == '#') {
        // The line end of a comment separates elements like any other.
        int lineEnd = text.indexOf('\n', end);
        start = lineEnd < 0 ? last : lineEnd + 1;
      }
    }
    return good ? Optional.of(elements.build()) : Optional.empty();
  }

  /** Called at the first bad element: if a keyword follows, the closing brace is another one's. */
  private void requireOwnBrace(Token body, int from) throws SyntaxException {
    String text = tokens.text();
    int base = tokens.base();
    int next = SetAdvice.nextKeyword(text, from, body.end() - base);
    if (next >= 0) {
      tokens.restart(next, LexMode.INITIAL);
      int open = body.start() - base;
      Span brace = new Span(body.start(), body.start() + 1);
      throw new SyntaxException(
          base + next,
          () -> {
            Advice advice = SetAdvice.unclosed(text, open, brace);
            return Diagnostic.error(
                brace,
                "syntax error, unexpected invalid token, expecting SET_RAW_PAYLOAD: "
                    + advice.clause(),
                advice.hint());
          });
    }
  }

  /** Reports that nothing stands where {@code in} should: behind the key. */
  void reportMissingIn(Problem problem) {
    Span gap = problem.span(problem.previousEnd(), problem.previousEnd());
    reporter.error(() ->
        Diagnostic.error(gap, ONLY_IN, "put 'in' before " + Printable.quote(problem.chunk())));
  }

  /** The error for another operator than {@code in}. */
  static Diagnostic otherOperator(Problem problem, @Nullable String matcher) {
    Advice advice = SetAdvice.operator(problem, matcher);
    return Diagnostic.error(
        advice.span(), ONLY_IN + ", not " + Printable.quote(problem.chunk()), advice.hint());
  }

  static int skipBlanks(String text, int start, int end) {
    int i = start;
    while (i < end && Words.isBlank(text.charAt(i))) {
      i++;
    }
    return i;
  }

  static int trimEnd(String text, int start, int end) {
    int i = end;
    while (i > start && Words.isBlank(text.charAt(i - 1))) {
      i--;
    }
    return i;
  }
}
