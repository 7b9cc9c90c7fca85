package dev.jbpfilter.ruleset;

import java.util.Locale;
import java.util.Optional;

/**
 * What to say where the value of a matcher should be, or where it should have ended.
 *
 * @param negated whether {@code not} was read
 */
record ValueAdvice(MatcherType type, Operator operator, boolean negated, ValueHints hints) {

  private static final int LONGEST_SET = 60;

  /** The value {@code text} of that matcher. */
  BadValue value(String text) {
    return new BadValue(type, operator, negated, text);
  }

  /** For what is no value. */
  Advice missing(Problem problem) {
    return switch (problem.kind()) {
      case STRING, INVALID, COMMA -> wrong(problem);
      case NEGATE -> {
        String value = problem.chunkAfter(problem.chunkEnd());
        yield new Advice(
            problem.span(),
            negated ? "'not' is written once" : "'not' stands before the operator",
            new BadValue(type, operator, true, value).write(value));
      }
      case MATCHER_OP ->
          operatorWord(problem, Operator.ofKeyword(problem.word()).orElseThrow(), problem.word());
      default -> {
        boolean word =
            type.payloadKind() == PayloadKind.INTERFACE && problem.gap().equals(problem.span());
        yield new Advice(
            problem.gap(),
            "the value of '" + type.keyword() + "' is missing",
            word
                ? "if the interface is called "
                    + Printable.quote(problem.word())
                    + ", like a keyword, give its index"
                : "it takes " + type.payloadKind().form(operator));
      }
    };
  }

  private Advice wrong(Problem problem) {
    String word = problem.chunk();
    int sign = Operators.prefix(word);
    if (sign > 0 || Operators.isWord(word) || Operators.isOrder(word)) {
      return operatorSign(problem, sign > 0 ? sign : word.length());
    }
    String lower = word.toLowerCase(Locale.ROOT);
    if (lower.equals("in")) {
      return in(problem, problem.skipBlanks(problem.chunkEnd()));
    }
    if (word.equals("{")) {
      return in(problem, problem.start());
    }
    if (word.equals("}")) {
      return new Advice(
          problem.span(),
          "the value of '" + type.keyword() + "' is missing",
          "a set key stands in parentheses: '(" + type.keyword() + ") in {…}'");
    }
    if (word.equals("(") || word.equals(",")) {
      String inner = problem.chunkAfter(problem.end());
      return new Advice(
          problem.span(),
          "the value of '" + type.keyword() + "' begins without " + Printable.quote(word),
          MatcherNames.isFor(type, inner) ? value(inner).write(inner) : null);
    }
    if (type == MatcherType.TCP_FLAGS && word.startsWith("&")) {
      return new Advice(
          problem.chunkSpan(),
          Printable.quote(word) + " is not an operator",
          "flags are tested with 'eq', 'any' and 'all', like 'tcp.flags all syn,ack'");
    }
    Optional<Operator> named = Operator.ofKeyword(lower);
    if (named.isPresent() && !endsMatcher(problem.chunkAfter(problem.chunkEnd()))) {
      return operatorWord(problem, named.get(), word);
    }
    return refused(problem, problem.start());
  }

  /** Whether {@code word} can't belong to the matcher before it. */
  private static boolean endsMatcher(String word) {
    return word.isEmpty() || Words.isReserved(word) || MatcherType.ofKeyword(word).isPresent();
  }

  /** For an operator of other matchers that was read as a value; empty if it is none. */
  Optional<Advice> operatorAsValue(Problem problem) {
    String word = problem.word();
    boolean other = Operator.ofKeyword(word.toLowerCase(Locale.ROOT)).isPresent();
    return (other || Operators.isWord(word)) && !endsMatcher(problem.chunkAfter(problem.end()))
        ? Optional.of(wrong(problem))
        : Optional.empty();
  }

  /** Where the value behind a wrong operator ends. */
  int endBehindOperator(Problem problem) {
    int position = problem.skipBlanks(problem.end());
    String text = problem.text();
    int close = text.startsWith("{", position) ? text.indexOf('}', position) : -1;
    return close >= 0 ? close + 1 : end(problem, position);
  }

  private Advice operatorSign(Problem problem, int length) {
    int end = problem.start() + length;
    String sign = problem.text().substring(problem.start(), end);
    String value = problem.chunkAfter(end);
    BadValue bad = new BadValue(type, Operator.EQ, negated ^ Operators.negates(sign), value);
    String hint;
    long bound = NumberText.decimal(value);
    if (Operators.isOrder(sign)) {
      boolean range = type.supports(Operator.RANGE) && bound > 0;
      hint =
          range
              ? bad.write(
                  type, Operator.RANGE, Operators.range(sign, bound, type.payloadKind().maximum()))
              : "only ports and hashes are compared by size, with 'range'";
    } else {
      hint =
          MatcherNames.isFor(type, value)
              ? bad.write(value)
              : "the operator is left out, or '" + (bad.negated() ? "not" : "eq") + "'";
    }
    return new Advice(
        problem.span(problem.start(), end), Printable.quote(sign) + " is not an operator", hint);
  }

  private Advice operatorWord(Problem problem, Operator named, String word) {
    String value = problem.chunkAfter(problem.chunkEnd());
    String clause;
    if (!word.equals(named.keyword())) {
      clause = Printable.quote(word) + " is not an operator";
    } else if (type.supports(named)) {
      clause = "'" + word + "' is written once";
    } else {
      clause = "'" + word + "' is not an operator of '" + type.keyword() + "'";
    }
    BadValue bad = new BadValue(type, operator, negated, value);
    if (type.supports(named) && named != Operator.EQ) {
      return new Advice(problem.chunkSpan(), clause, bad.write(type, named, value));
    }
    return new Advice(
        problem.chunkSpan(),
        clause,
        MatcherNames.isFor(type, value) ? bad.write(value) : hints.hint(bad).orElse(null));
  }

  /**
   * For {@code in} behind a bare matcher, or braces without it.
   *
   * @param position where the set is
   */
  private Advice in(Problem problem, int position) {
    Span span = problem.chunkSpan();
    String clause =
        problem.chunk().equals("{")
            ? "'" + type.keyword() + "' takes one value; sets need a key in parentheses and 'in'"
            : "'in' needs parentheses around the key";
    if (!type.isSetComponent()) {
      return new Advice(
          span, "'" + type.keyword() + "' can't be used in sets", "write a rule for each value");
    }
    String next = problem.chunkAfter(position);
    String set = "{…}";
    if (next.equals("{")) {
      String body = Likely.body(problem, position);
      set = "{" + (body.isEmpty() ? "…" : body) + "}";
    } else if (Words.isWord(next) && !MatcherNames.isFor(type, next)) {
      set = next;
    } else if (!next.isEmpty() && next.length() < LONGEST_SET) {
      set = "{" + next + "}";
    }
    String key = "(" + type.keyword() + ")" + (negated ? " not" : "");
    return new Advice(span, clause, Advice.write(key + " in " + set));
  }

  /** For the text from {@code start} on, read as one value. */
  private Advice refused(Problem problem, int start) {
    int end = end(problem, start);
    BadValue bad = new BadValue(type, operator, negated, problem.text().substring(start, end));
    return new Advice(
        problem.span(start, end), PayloadReader.expects(bad), hints.hint(bad).orElse(null));
  }

  /**
   * For what follows a value as if it belonged to it.
   *
   * @param start where the value starts
   */
  Advice continued(Problem problem, int start) {
    return refused(problem, start);
  }

  /** Where the value that starts at {@code start} ends in the mind of who wrote it. */
  int end(Problem problem, int start) {
    String text = problem.text();
    int end = Problem.chunkEnd(text, start);
    while (true) {
      int next = problem.skipBlanks(end);
      boolean comma = next < text.length() && text.charAt(next) == ',';
      while (next < text.length() && (text.charAt(next) == ',' || isBlank(text.charAt(next)))) {
        next++;
      }
      int nextEnd = Problem.chunkEnd(text, next);
      String word = text.substring(next, nextEnd);
      boolean dangling = end > start && "-/".indexOf(text.charAt(end - 1)) >= 0;
      if (word.isEmpty() || !belongs(word, comma || dangling)) {
        return comma && text.charAt(next - 1) == ',' ? next : end;
      }
      end = nextEnd;
    }
  }

  /** Where a verdict starts that ends a value without a blank between; {@code end} if none does. */
  int gluedVerdict(String text, int start, int end) {
    for (Verdict.Basic verdict : Verdict.Basic.values()) {
      int at = end - verdict.name().length();
      if (at > start && text.startsWith(verdict.name(), at) && at < end) {
        return MatcherNames.isFor(type, text.substring(start, at)) ? at : end;
      }
    }
    return end;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  /** Whether {@code word} goes on with a value, behind a comma or a blank. */
  private boolean belongs(String word, boolean joined) {
    PayloadKind kind = type.payloadKind();
    if (Words.isReserved(word) || MatcherType.ofKeyword(word).isPresent() || word.equals("(")) {
      return false;
    }
    if (ForeignWords.verdict(word).isPresent() || (!joined && MatcherNames.isLayer(word))) {
      return false;
    }
    return switch (kind) {
      case PORT, FLOW_HASH ->
          joined
              || (word.startsWith("-") && !Words.isLower(word.charAt(word.length() - 1)))
              || NumberText.decimal(word) >= 0;
      case PERCENTAGE -> word.equals("%");
      case TCP_FLAGS -> joined || NameTable.TCP_FLAGS.value(word) >= 0;
      case INTERFACE -> joined;
      case IPV4_NETWORK, IPV6_NETWORK ->
          joined || word.startsWith("/") || MatcherNames.isFor(type, word);
      case IPV4_ADDRESS,
          IPV6_ADDRESS,
          ETHERTYPE,
          PROTOCOL,
          DSCP,
          MARK,
          ICMP_TYPE,
          ICMPV6_TYPE,
          ICMP_CODE ->
          joined || MatcherNames.isFor(type, word);
    };
  }
}
