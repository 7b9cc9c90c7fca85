package dev.jbpfilter.ruleset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads set keys and set bodies, which the lexer hands over whole. */
final class SetParser {
  static final String ONLY_IN = "only the 'in' operator is supported for sets";

  private final PayloadReader payloads;
  private final Reporter reporter;
  private final boolean strict;

  /**
   * @param strict whether comments in set bodies are elements like any text
   */
  SetParser(PayloadReader payloads, Reporter reporter, boolean strict) {
    this.payloads = payloads;
    this.reporter = reporter;
    this.strict = strict;
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
      reporter.report(
          Diagnostic.error(
              span,
              "failed to parse set key component '" + word + "'",
              Suggestions.forSyntax(word, TokenKind.MATCHER_TYPE).orElse(null)));
      return type;
    }
    Optional<String> problem = SetKey.problem(type.get());
    problem.ifPresent(message -> reporter.error(span, message));
    return problem.isPresent() ? Optional.empty() : type;
  }

  /** Reads {@code {element; element}}; empty if an element is refused. */
  Optional<SetElements> body(SetKey key, TokenStream tokens, Token body) {
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
        Diagnostic error = reader.read(text, from, to, base, elements);
        if (error != null) {
          reporter.report(error);
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
