package dev.jbpfilter.ruleset;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What to say where a matcher should begin. */
final class MatcherAdvice {
  private static final String EVERY_PACKET = "to match every packet, write 'meta.probability 100%'";

  private MatcherAdvice() {}

  /** For the first word of a rule. */
  static Advice first(Problem problem, ChainSets sets) {
    return switch (problem.kind()) {
      case END, RULE, CHAIN, SET ->
          new Advice(
              problem.gap(),
              problem.kind() == TokenKind.RULE && problem.gap().equals(problem.span())
                  ? "'rule' is written once"
                  : "the rule is empty",
              "a rule is matchers, options and a verdict: 'rule ip4.proto icmp counter DROP'");
      case VERDICT, REDIRECT_TOKEN, LOG, COUNTER, MARK -> withoutMatcher(problem);
      case NEGATE -> negation(problem);
      default -> named(problem, sets);
    };
  }

  private static Advice withoutMatcher(Problem problem) {
    String text = problem.text();
    int lineEnd = text.indexOf('\n', problem.start());
    String line = text.substring(problem.start(), lineEnd < 0 ? text.length() : lineEnd);
    for (MatcherType type : MatcherTypes.ALL) {
      if (line.contains(type.keyword())) {
        return new Advice(
            problem.span(),
            "a rule begins with its matchers",
            "put " + Printable.quote(problem.word()) + " behind them");
      }
    }
    return new Advice(problem.span(), "a rule needs at least one matcher", EVERY_PACKET);
  }

  /** For {@code not} before what it negates. */
  static Advice negation(Problem problem) {
    int end = problem.start() + problem.word().length();
    int matcher = problem.skipBlanks(end);
    String text = problem.text();
    int close = text.startsWith("(", matcher) ? text.indexOf(')', matcher) : -1;
    String name = close > 0 ? text.substring(matcher, close + 1) : problem.chunkAfter(end);
    String value = problem.chunkAfter(matcher + name.length());
    boolean known = close > 0 || MatcherType.ofKeyword(name).isPresent();
    return new Advice(
        problem.span(),
        "'not' stands behind what it negates",
        known && !value.isEmpty() ? Advice.write(name + " not " + value) : null);
  }

  /** For a word that should name a matcher. */
  static Advice named(Problem problem, ChainSets sets) {
    String word = problem.chunk();
    if ((word.startsWith("-") && !ChainAdvice.foreignComment(word)) || word.equals("!")) {
      return option(problem);
    }
    Optional<Advice> sign = ChainAdvice.sign(problem);
    if (sign.isPresent()) {
      return sign.get();
    }
    String clause = Printable.quote(word) + " is not a matcher";
    if (problem.previousWord().equals("rule")
        && (NumberText.decimal(word) >= 0 || word.endsWith(":"))) {
      return new Advice(problem.chunkSpan(), clause, "rules have neither number nor name");
    }
    Optional<String> reference = sets.reference(word);
    if (reference.isPresent()) {
      return new Advice(
          problem.chunkSpan(),
          clause + " but a set",
          "a set is used with its key: " + Advice.write(reference.get()));
    }
    Optional<String> foreign = ForeignWords.hint(layerOf(word));
    if (foreign.isPresent()) {
      return new Advice(problem.chunkSpan(), clause, foreign.get());
    }
    return meant(problem, word, clause);
  }

  private static String layerOf(String word) {
    int dot = word.indexOf('.');
    return dot < 0 ? word : word.substring(0, dot);
  }

  /** For names of other tools, with and without layer, and for misspelt ones. */
  private static Advice meant(Problem problem, String word, String clause) {
    int end = problem.chunkEnd();
    String next = problem.chunkAfter(end);
    if (MatcherNames.isLayer(word) && !MatcherNames.meantBy(word + " " + next).isEmpty()) {
      int nextEnd = problem.skipBlanks(end) + next.length();
      String both = problem.text().substring(problem.start(), nextEnd);
      return new Advice(
          problem.span(problem.start(), nextEnd),
          Printable.quote(both) + " is not a matcher",
          Likely.of(MatcherNames.meantBy(word + " " + next), problem, nextEnd));
    }
    List<MatcherType> types = MatcherNames.meantBy(word);
    if (!types.isEmpty()) {
      return new Advice(problem.chunkSpan(), clause, Likely.of(types, problem, end));
    }
    int protocol = WellKnownNumbers.PROTOCOLS.value(layerOf(word));
    if (protocol >= 0) {
      return new Advice(
          problem.chunkSpan(),
          clause,
          "of this protocol only the number can be matched: "
              + Advice.write("meta.l4_proto " + protocol));
    }
    Optional<String> near =
        Suggestions.forSyntax(word, TokenKind.MATCHER_TYPE)
            .or(() ->
                Optional.of(layerOf(word))
                    .filter(MatcherNames::isLayer)
                    .map(MatcherAdvice::fields));
    return new Advice(
        problem.chunkSpan(),
        clause,
        near.orElse("a matcher has a layer and a field, like 'ip4.saddr' and 'tcp.dport'"));
  }

  private static String fields(String layer) {
    return "fields of "
        + layer.toLowerCase(Locale.ROOT)
        + " are "
        + String.join(", ", MatcherNames.fields(layer));
  }

  /** For an option of iptables. */
  private static Advice option(Problem problem) {
    String word = problem.chunk();
    int end = problem.chunkEnd();
    String clause = Printable.quote(word) + " has no meaning here";
    String next = problem.chunkAfter(end);
    if (word.equals("!")) {
      return new Advice(
          problem.chunkSpan(), clause, "a matcher is negated by 'not' behind its name");
    }
    if (word.equals("-j") && ForeignWords.verdict(next).isPresent()) {
      return new Advice(
          problem.chunkSpan(),
          clause,
          "a verdict stands alone: " + Advice.write(ForeignWords.verdict(next).get()));
    }
    String hint =
        ForeignWords.matcherOfOption(word)
            .map(field -> Likely.of(MatcherNames.meantBy(field), problem, end))
            .orElse("options of other tools are not understood: matchers look like 'tcp.dport 22'");
    return new Advice(problem.chunkSpan(), clause, hint);
  }

  /** For a parenthesis that begins no set key. */
  static Advice key(Problem problem) {
    String text = problem.text();
    int start = problem.start();
    int lineEnd = text.indexOf('\n', start);
    int close = text.indexOf(')', start);
    if (close < 0 || (lineEnd >= 0 && close > lineEnd)) {
      return new Advice(
          problem.span(),
          "the set key that begins here is not closed",
          "put ')' behind the last matcher of the key");
    }
    String inside = text.substring(start + 1, close).strip();
    String clause = "a set key is made of matchers joined by ','";
    Span span = problem.span(start, close + 1);
    if (inside.isEmpty()) {
      return new Advice(span, clause, "write '(ip4.saddr)', for example");
    }
    return new Advice(span, clause, keyHint(inside));
  }

  private static String keyHint(String inside) {
    StringBuilder key = new StringBuilder();
    for (String word : inside.split("[^A-Za-z0-9_.]+|(?<=\\s)\\.(?=\\s)", -1)) {
      if (word.isEmpty() || word.equals("in") || word.equals("not")) {
        continue;
      }
      List<MatcherType> meant = MatcherNames.meantBy(word);
      Optional<MatcherType> type =
          meant.size() == 1 ? Optional.of(meant.getFirst()) : MatcherType.ofKeyword(word);
      if (type.isEmpty()) {
        return meant.isEmpty() ? "matchers look like 'ip4.saddr', with a dot" : Likely.names(meant);
      }
      key.append(key.isEmpty() ? "" : ", ").append(type.get().keyword());
    }
    boolean negated = (" " + inside + " ").contains(" not ");
    boolean in = (" " + inside + " ").contains(" in ");
    return Advice.write("(" + key + ")" + (negated ? " not in" : in ? " in" : ""));
  }
}
