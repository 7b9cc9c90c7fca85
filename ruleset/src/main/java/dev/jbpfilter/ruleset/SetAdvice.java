package dev.jbpfilter.ruleset;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What to say where the parts of a set should be: name, key, {@code in}, elements. */
final class SetAdvice {
  static final String SHAPE = "a set is like 'set admins (ip4.saddr) in {192.0.2.1; 192.0.2.2}'";

  private static final int LONGEST_LINE = 40;

  private SetAdvice() {}

  /** For what is no key of a named set. */
  static Advice key(Problem problem) {
    if (problem.chunk().equals("(")) {
      return MatcherAdvice.key(problem);
    }
    return new Advice(problem.gap(), "the key of the set is missing", SHAPE);
  }

  /** For what is neither {@code in} nor the elements of a named set. */
  static Advice body(Problem problem) {
    String word = problem.chunk();
    return switch (problem.kind()) {
      case NEGATE ->
          new Advice(
              problem.span(),
              "a set is negated where it is used",
              "leave 'not' out, and write 'not in' in the rule");
      case STRING ->
          word.toLowerCase(Locale.ROOT).equals("in") || word.equals("eq")
              ? operator(problem, null)
              : new Advice(
                  problem.chunkSpan(),
                  "the elements of a set stand in braces",
                  Advice.write("{" + problem.chunk() + "}"));
      case INVALID -> value(problem, null);
      default -> new Advice(problem.gap(), "the elements of the set are missing", SHAPE);
    };
  }

  /**
   * For what is no set behind the key in a rule.
   *
   * @param matcher key and {@code not}, as read; null for a named set
   */
  static Advice value(Problem problem, @Nullable String matcher) {
    String word = problem.chunk();
    switch (problem.kind()) {
      case NEGATE -> {
        return new Advice(
            problem.span(),
            "'not' stands before 'in'",
            matcher == null ? null : Advice.write(matcher + " not in"));
      }
      case STRING, INVALID, COMMA -> {}
      default -> {
        return new Advice(
            problem.gap(),
            "the set is missing",
            "it is the name of a set, or elements in braces, separated by ';'");
      }
    }
    if (word.equals("{")) {
      return unclosed(problem.text(), problem.start(), problem.span());
    }
    if (Operators.prefix(word) > 0 || problem.kind() == TokenKind.STRING) {
      return operator(problem, matcher);
    }
    if (word.startsWith("@") && word.length() > 1) {
      return new Advice(
          problem.chunkSpan(), "sets are named without '@'", Advice.write(word.substring(1)));
    }
    String text = word.equals("(") ? problem.chunkAfter(problem.end()) : word;
    String bare = text.replaceAll("[\\[\\]]", "");
    return new Advice(
        problem.chunkSpan(),
        "the elements of a set stand in braces",
        Advice.write("{" + (bare.isEmpty() ? "…" : bare) + "}"));
  }

  /** For another operator than {@code in}. */
  static Advice operator(Problem problem, @Nullable String matcher) {
    String word = problem.chunk();
    boolean negated = Operators.negates(word);
    String key = matcher == null ? "" : matcher + " ";
    return new Advice(
        problem.chunkSpan(),
        Printable.quote(word) + " is not an operator of sets",
        Advice.write(key + (negated && matcher != null ? "not in" : "in")));
  }

  /** Where what is written in the place of a set ends, from its start on. */
  static int valueEnd(Problem problem, int start) {
    String text = problem.text();
    int end = Problem.chunkEnd(text, start);
    while (true) {
      int next = problem.skipBlanks(end);
      if (next >= text.length() || text.charAt(next) != ',') {
        return end;
      }
      end = Problem.chunkEnd(text, problem.skipBlanks(next + 1));
    }
  }

  /** What to write for elements in the place of a set's name; empty if they are none. */
  static Optional<String> elementsHint(SetKey key, boolean negated, String elements) {
    String type = key.components().getFirst().keyword();
    for (String element : elements.split("[,\\s]+", -1)) {
      if (key.components().size() > 1
          || !MatcherNames.isFor(key.components().getFirst(), element)) {
        return Optional.empty();
      }
    }
    String body = String.join("; ", elements.split("[,\\s]+", -1));
    return Optional.of(
        "elements stand in braces: '"
            + BadValue.set(MatcherType.ofKeyword(type).orElseThrow(), negated, body)
            + "'");
  }

  /** For a set body without end that begins at {@code open}. */
  static Advice unclosed(String text, int open, Span span) {
    int next = nextKeyword(text, open + 1, text.length());
    boolean hidden = hiddenBrace(text, open, next < 0 ? text.length() : next);
    String hint;
    if (hidden) {
      hint = "the '}' behind '#' is a part of the comment: put it on a line of its own";
    } else {
      hint =
          next < 0
              ? "put '}' behind the last element"
              : "put '}' before " + Printable.quote(line(text, next));
    }
    return new Advice(span, "the set that begins here is not closed", hint);
  }

  private static String line(String text, int start) {
    int end = text.indexOf('\n', start);
    String line = text.substring(start, end < 0 ? text.length() : end).strip();
    return line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line;
  }

  private static boolean hiddenBrace(String text, int from, int to) {
    boolean comment = false;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      comment = c == '#' || (comment && c != '\n');
      if (comment && c == '}') {
        return true;
      }
    }
    return false;
  }

  /** Where a word stands that no element can be: the beginning of a rule, set or chain; or -1. */
  static int nextKeyword(String text, int from, int to) {
    int i = from;
    while (i < to) {
      char c = text.charAt(i);
      if (c == '#') {
        int end = text.indexOf('\n', i);
        i = end < 0 ? to : end;
      } else if (Words.isWordChar(c)) {
        int end = i;
        while (end < to && Words.isWordChar(text.charAt(end))) {
          end++;
        }
        boolean apart =
            end < to && Words.isBlank(text.charAt(end)) && Words.isBlank(text.charAt(i - 1));
        if (apart && isKeyword(text, i, end)) {
          return i;
        }
        i = end;
      } else {
        i++;
      }
    }
    return -1;
  }

  private static boolean isKeyword(String text, int start, int end) {
    return switch (text.substring(start, end)) {
      case "rule", "set", "chain" -> true;
      default -> false;
    };
  }
}
