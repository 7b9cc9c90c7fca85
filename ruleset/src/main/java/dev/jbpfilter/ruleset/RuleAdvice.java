package dev.jbpfilter.ruleset;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What to say where an option or the verdict of a rule should be, and about their parts. */
final class RuleAdvice {
  private static final String VERDICTS =
      "the verdicts are ACCEPT, DROP, CONTINUE, NEXT and REDIRECT";

  private RuleAdvice() {}

  /** For what follows the matchers. */
  static Advice tail(Problem problem, ChainSets sets, TokenKind... expected) {
    return switch (problem.kind()) {
      case END, RULE, CHAIN, SET, HOOK ->
          new Advice(problem.gap(), "the rule has no verdict", VERDICTS);
      case MATCHER_TYPE, SET_TYPE ->
          new Advice(
              problem.span(),
              "matchers stand before 'log', 'counter' and 'mark'",
              "move it in front of them");
      case EVERY ->
          new Advice(
              problem.span(),
              "'every' is a part of 'log'",
              Advice.write("log every " + rate(problem.chunkAfter(problem.chunkEnd()))));
      case NEGATE -> MatcherAdvice.negation(problem);
      case COMMA ->
          new Advice(
              problem.span(), "the parts of a rule are separated by blanks alone", "leave ',' out");
      case SET_RAW_PAYLOAD, MATCHER_OP, RAW_PAYLOAD ->
          Advice.of(problem.span(), Printable.quote(problem.word()) + " has no meaning here");
      default -> word(problem, sets, expected);
    };
  }

  private static String rate(String text) {
    return RateText.parse(text) > 0 ? text : "1s";
  }

  private static Advice word(Problem problem, ChainSets sets, TokenKind... expected) {
    String word = problem.chunk();
    if (word.equals("(") && problem.previousWord().equals("log")) {
      return new Advice(
          problem.span(),
          "headers are written without parentheses",
          Advice.write("log link,internet"));
    }
    Optional<Advice> sign = ChainAdvice.sign(problem);
    if (sign.isPresent()) {
      return sign.get();
    }
    Optional<String> verdict = ForeignWords.verdict(word);
    if (verdict.isPresent()) {
      return new Advice(
          problem.chunkSpan(),
          Printable.quote(word) + " is not a verdict",
          Advice.write(verdict.get()));
    }
    if (NameTable.LOG_HEADERS.value(word) >= 0) {
      String before = problem.previousWord();
      boolean header = NameTable.LOG_HEADERS.value(before) >= 0;
      return new Advice(
          problem.chunkSpan(),
          "the headers of a log follow 'log', joined by ','",
          Advice.write(
              header
                  ? "log " + before + "," + word
                  : "log " + word + (RateText.parse(before) != 0 ? " every " + before : "")));
    }
    if (word.equals("meta") && problem.chunkAfter(problem.chunkEnd()).equals("mark")) {
      return new Advice(
          problem.chunkSpan(),
          "'meta' is no matcher, option or verdict",
          "to set a mark, write 'mark 0x10'; to match one, 'meta.mark 0x10' before the options");
    }
    if (word.equals("packets") || word.equals("bytes")) {
      return new Advice(
          problem.chunkSpan(),
          "'counter' stands alone",
          "leave the numbers out, counting begins at 0");
    }
    if (word.startsWith("&") || word.startsWith("|")) {
      return new Advice(
          problem.chunkSpan(),
          Printable.quote(word) + " has no meaning here",
          ForeignWords.hint(word.startsWith("&") ? "and" : "or").orElseThrow());
    }
    boolean matchers = List.of(expected).contains(TokenKind.MATCHER_TYPE);
    String clause =
        Printable.quote(word)
            + (matchers ? " is no matcher, option or verdict" : " is no option or verdict");
    Optional<String> near = ForeignWords.hint(word).or(() -> Suggestions.forSyntax(word, expected));
    if (near.isPresent() && MatcherNames.meantBy(word).isEmpty()) {
      return new Advice(problem.chunkSpan(), clause, near.get());
    }
    if (word.equals(word.toUpperCase(Locale.ROOT)) && Words.isWord(word) && !word.contains(".")) {
      return new Advice(problem.chunkSpan(), clause, VERDICTS);
    }
    if (!matchers && MatcherNames.meantBy(word).isEmpty()) {
      return new Advice(problem.chunkSpan(), clause, "options are 'log', 'counter' and 'mark'");
    }
    Advice matcher = MatcherAdvice.named(problem, sets);
    return new Advice(
        matcher.span(),
        matcher.clause().replace(" is not a matcher", " is no matcher, option or verdict"),
        matcher.hint());
  }

  /** For what is no header of a log. */
  static Advice header(Problem problem) {
    return new Advice(
        problem.span(problem.previousStart(), problem.previousEnd()),
        "a header is missing behind ','",
        "the headers are link, internet and transport");
  }

  /** What to write for an unknown header. */
  static String headerHint(String word) {
    String meant =
        switch (word.toLowerCase(Locale.ROOT)) {
          case "ethernet", "eth", "mac", "l2" -> "link";
          case "ip", "ip4", "ip6", "ipv4", "ipv6", "network", "l3" -> "internet";
          case "tcp", "udp", "icmp", "l4" -> "transport";
          default -> "";
        };
    if (!meant.isEmpty()) {
      return Advice.write(meant);
    }
    if (RateText.parse(word) != 0) {
      return Advice.write("log every " + word);
    }
    if (word.equals("prefix") || word.equals("level") || word.equals("group")) {
      return "a log has headers and a rate, and no text or level of its own";
    }
    if (word.equals("all")) {
      return "'log' alone logs all headers";
    }
    return Suggestions.closest(word, NameTable.LOG_HEADERS.names())
        .orElse("the headers are link, internet and transport");
  }

  /** What to write for a bad mark. */
  static @Nullable String markHint(String word, Problem behind) {
    if (word.equals("set")) {
      String number = behind.chunk();
      return NumberText.cBase(number) >= 0 ? Advice.write("mark " + number) : null;
    }
    BadValue value = new BadValue(MatcherType.META_MARK, Operator.IN, false, word);
    return word.indexOf('/') > 0
        ? "a mark is set as a whole: masks are not supported"
        : ValueHints.mark(value).orElse(null);
  }

  /** For what is no rate. */
  static Advice rate(Problem problem) {
    return new Advice(
        problem.gap(),
        "the interval of 'every' is missing",
        RateHints.hint(problem.chunk()).orElse("an interval is like '1s' or '500ms'"));
  }

  /** For what is no mark. */
  static Advice mark(Problem problem) {
    String next = problem.chunkAfter(problem.chunkEnd());
    int sign = Operators.prefix(problem.chunk());
    boolean alone = sign == problem.chunk().length() || problem.chunk().equals("set");
    String number = alone ? next : problem.chunk().substring(sign);
    return new Advice(
        problem.gap(),
        "the number of 'mark' is missing",
        NumberText.cBase(number) >= 0 ? Advice.write("mark " + number) : "it is like 'mark 0x10'");
  }

  /** For what is no interface to redirect to. */
  static Advice target(Problem problem) {
    return new Advice(
        problem.gap(),
        "the interface to redirect to is missing",
        "a redirection is like 'REDIRECT eth0 out'");
  }

  /** For what is no direction, behind the interface. */
  static Advice direction(Problem problem) {
    String target = problem.previousWord();
    String word = problem.chunk();
    Span span = problem.gap();
    boolean here = span.equals(problem.span());
    if (target.equals("in") || target.equals("out")) {
      String name = here && Words.isWord(word) ? word : "eth0";
      return new Advice(
          span,
          "the interface stands before the direction",
          Advice.write("REDIRECT " + name + " " + target));
    }
    String next = problem.chunkAfter(problem.chunkEnd());
    if (here && (next.equals("in") || next.equals("out"))) {
      String name = word.equals(",") ? target : word;
      return new Advice(
          problem.span(problem.previousStart(), problem.chunkEnd()),
          "one interface follows REDIRECT",
          Advice.write("REDIRECT " + name + " " + next));
    }
    String meant =
        switch (word) {
          case "IN", "In", "ingress", "INGRESS" -> "in";
          case "OUT", "Out", "egress", "EGRESS" -> "out";
          default -> "";
        };
    boolean known = here && !meant.isEmpty();
    return new Advice(
        known ? problem.chunkSpan() : span,
        known
            ? Printable.quote(word) + " is not a direction"
            : "the direction, 'in' or 'out', is missing",
        Advice.write("REDIRECT " + target + " " + (known ? meant : "out")));
  }
}
