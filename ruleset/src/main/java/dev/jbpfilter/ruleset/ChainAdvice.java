package dev.jbpfilter.ruleset;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What to say where the parts of a chain should be: keywords, name, hook, options, policy. */
final class ChainAdvice {
  static final String POLICIES = "the policies are ACCEPT, DROP and NEXT";

  private static final String HEADER =
      "a chain begins like 'chain web BF_HOOK_XDP ACCEPT': name, hook, policy";

  private ChainAdvice() {}

  /** For what is no {@code chain}, at the beginning of the text or after another chain. */
  static Advice chain(Problem problem, boolean strict) {
    Optional<String> foreign = foreign(problem);
    if (foreign.isPresent()) {
      return new Advice(problem.chunkSpan(), "this looks like " + foreign.get(), HEADER);
    }
    return switch (problem.kind()) {
      case END -> new Advice(problem.span(), "there is no chain", HEADER);
      case RULE, SET ->
          new Advice(
              problem.span(),
              "'" + problem.word() + "' stands behind the header of a chain",
              HEADER);
      case STRING ->
          new Advice(
              problem.chunkSpan(),
              Printable.quote(problem.chunk()) + " is not a keyword",
              Directive.hint(problem.chunk(), strict)
                  .or(() -> Suggestions.closest(problem.chunk(), List.of("chain")))
                  .orElse(HEADER));
      default ->
          sign(problem)
              .orElseGet(() -> new Advice(problem.chunkSpan(), "a chain must come first", HEADER));
    };
  }

  /** What the text is, if it begins as none in this language does. */
  static Optional<String> foreign(Problem problem) {
    String word = problem.chunk();
    boolean first = problem.text().substring(0, problem.start()).isBlank();
    return switch (word) {
      case "table", "add", "create", "nft" -> Optional.of("rules for nft");
      case "iptables", "ip6tables", "-A", "-P", "-N", "*filter", "*nat", "*mangle", "*raw" ->
          Optional.of("rules for iptables");
      case "bfcli", "./bfcli" -> Optional.of("a command, not rules");
      case "{", "[" -> first ? Optional.of("JSON") : Optional.empty();
      default -> binary(word) && first ? Optional.of("no text in UTF-8") : Optional.empty();
    };
  }

  private static boolean binary(String word) {
    return !word.isEmpty() && (word.charAt(0) == 0 || word.charAt(0) == '\ufffd');
  }

  /** For what is no name of a chain or set. */
  static Advice name(Problem problem, String what) {
    return switch (problem.kind()) {
      case HOOK ->
          new Advice(
              problem.span(), "the chain has no name", Advice.write("web " + problem.word()));
      case CHAIN,
          RULE,
          SET,
          NEGATE,
          COUNTER,
          VERDICT,
          REDIRECT_TOKEN,
          MARK,
          LOG,
          EVERY,
          MATCHER_TYPE -> {
        boolean here = problem.gap().equals(problem.span());
        yield here
            ? new Advice(
                problem.span(),
                Printable.quote(problem.word())
                    + " is a keyword and can't be the name of a "
                    + what,
                problem.kind() == TokenKind.MATCHER_TYPE
                    ? null
                    : Advice.write(problem.word() + "1"))
            : missing(problem, "the name of the " + what);
      }
      case STRING, INVALID -> badName(problem, problem.start());
      default -> missing(problem, "the name of the " + what);
    };
  }

  private static Advice missing(Problem problem, String part) {
    return new Advice(
        problem.gap(), part + " is missing", part.endsWith("set") ? SetAdvice.SHAPE : HEADER);
  }

  /** For a name with other characters than names have. */
  static Advice badName(Problem problem, int start) {
    int end = Problem.chunkEnd(problem.text(), start);
    String name = problem.text().substring(start, end);
    boolean quoted = name.startsWith("\"") || name.startsWith("'");
    String word = word(name);
    return new Advice(
        problem.span(start, end),
        quoted ? "names are written without quotes" : "names are made of letters, digits and '_'",
        word.isEmpty() ? null : Advice.write(word));
  }

  /** The name with {@code _} for other characters. */
  static String word(String name) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Words.isWordChar(c)) {
        word.append(c);
      } else if (c != '"' && c != '\'') {
        word.append('_');
      }
    }
    String text = word.toString();
    boolean blank = text.replace("_", "").isEmpty();
    return Words.isWord(text) && !Words.isReserved(text) && !blank ? text : "";
  }

  /** For what is no hook. */
  static Advice hook(Problem problem) {
    return switch (problem.kind()) {
      case STRING ->
          new Advice(
              problem.chunkSpan(),
              Printable.quote(problem.chunk()) + " is not a hook",
              Suggestions.forHook(problem.chunk()));
      case VERDICT -> {
        String next = problem.chunkAfter(problem.end());
        yield next.startsWith(Words.HOOK_PREFIX)
            ? new Advice(
                problem.span(),
                "the hook stands before the policy",
                Advice.write(next + " " + problem.word()))
            : new Advice(
                problem.span(),
                "the hook is missing before '" + problem.word() + "'",
                Suggestions.forHook(""));
      }
      case CHAIN ->
          problem.gap().equals(problem.span())
              ? new Advice(
                  problem.span(),
                  "a name is one word",
                  Advice.write(problem.previousWord() + "_" + problem.word()))
              : missing(problem, "the hook of the chain");
      default ->
          problem.chunk().equals("{")
                  && problem.text().startsWith(Words.HOOK_PREFIX, behindBrace(problem))
              ? new Advice(
                  problem.span(),
                  "hook options stand behind the hook",
                  "a chain begins like 'chain web BF_HOOK_XDP{ifindex=2} ACCEPT'")
              : new Advice(
                  problem.gap(), "the hook of the chain is missing", Suggestions.forHook(""));
    };
  }

  private static int behindBrace(Problem problem) {
    int close = problem.text().indexOf('}', problem.start());
    return close < 0 ? problem.text().length() : problem.skipBlanks(close + 1);
  }

  /** For what is neither a hook option nor a policy. */
  static Advice policy(Problem problem) {
    return switch (problem.kind()) {
      case END, RULE, SET, CHAIN ->
          new Advice(problem.gap(), "the policy of the chain is missing", POLICIES);
      case HOOK -> Advice.of(problem.span(), "a chain has one hook");
      case REDIRECT_TOKEN -> new Advice(problem.span(), "REDIRECT can't be a policy", POLICIES);
      case STRING -> {
        String word = problem.chunk();
        if (word.equals("policy")) {
          yield new Advice(problem.chunkSpan(), "the policy stands alone", "leave 'policy' out");
        }
        Optional<String> meant =
            ForeignWords.verdict(word).filter(v -> !v.equals("CONTINUE") && !v.equals("REDIRECT"));
        yield new Advice(
            problem.chunkSpan(),
            Printable.quote(word) + " is not a policy",
            meant
                .map(Advice::write)
                .or(() -> Suggestions.closest(word, List.of("ACCEPT", "DROP", "NEXT")))
                .orElse(POLICIES));
      }
      default ->
          sign(problem)
              .orElseGet(() ->
                  new Advice(problem.chunkSpan(), "the policy of the chain is missing", POLICIES));
    };
  }

  /** For hook options in parentheses, up to {@code close}. */
  static Advice parentheses(Problem problem, int close) {
    return new Advice(
        problem.span(problem.start(), close + 1),
        "hook options stand in braces",
        Advice.write("{" + problem.text().substring(problem.start() + 1, close) + "}"));
  }

  /** For hook options that are not written as {@code key=value}. */
  static Advice option(Problem problem, int end) {
    String text = problem.text().substring(problem.start(), end);
    StringBuilder parts = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ':' || c == '=') {
        parts.append('=');
      } else if (!Words.isBlank(c)) {
        parts.append(c);
      }
    }
    String compact = parts.toString();
    int equals = compact.indexOf('=');
    Span span = problem.span(problem.start(), end);
    if (equals > 0 && equals < compact.length() - 1) {
      return new Advice(
          span, "an option is written as key=value without blanks", Advice.write(compact));
    }
    String key = equals > 0 ? compact.substring(0, equals) : compact;
    if (HookOptionsBuilder.KEYS.contains(key)) {
      return new Advice(
          span, "the option '" + key + "' has no value", HookOptionsBuilder.exampleHint(key));
    }
    String hint = HookOptionsBuilder.keyHint(key, "");
    return new Advice(
        span,
        Printable.quote(key) + " is not a hook option",
        hint != null ? hint : "the options are " + String.join(", ", HookOptionsBuilder.KEYS));
  }

  /** For what stands where only another set, rule or chain can begin. */
  static Advice stray(Problem problem, boolean behindRule, boolean strict, TokenKind... expected) {
    return switch (problem.kind()) {
      case SET ->
          new Advice(
              problem.span(),
              "the sets of a chain stand before its first rule",
              "move it up, behind the header of the chain");
      case VERDICT, REDIRECT_TOKEN ->
          Advice.of(
              problem.span(),
              behindRule ? "a rule has one verdict, at its end" : "a chain has one policy");
      case LOG, COUNTER, MARK, EVERY ->
          new Advice(
              problem.span(),
              "options of a rule stand before its verdict",
              behindRule
                  ? "put '" + problem.word() + "' before '" + problem.previousWord() + "'"
                  : null);
      case MATCHER_TYPE, SET_TYPE ->
          problem.startsLine() || !behindRule
              ? new Advice(
                  problem.span(),
                  "the word 'rule' is missing",
                  Advice.write("rule " + problem.word()))
              : new Advice(
                  problem.span(),
                  "the verdict ends a rule",
                  "put the matcher before '" + problem.previousWord() + "'");
      case RAW_HOOKOPT ->
          new Advice(
              problem.span(),
              "hook options stand before the policy",
              "put '{" + problem.word() + "}' behind the hook");
      case HOOK -> Advice.of(problem.span(), "a hook stands behind the name of a chain");
      default -> strayWord(problem, strict, expected);
    };
  }

  private static Advice strayWord(Problem problem, boolean strict, TokenKind... expected) {
    Optional<Advice> sign = sign(problem);
    if (sign.isPresent()) {
      return sign.get();
    }
    String word = problem.chunk();
    if (problem.kind() == TokenKind.INVALID && word.length() == 1) {
      return new Advice(
          problem.span(), Printable.quote(word) + " has no meaning here", "leave it out");
    }
    Optional<String> near =
        Directive.hint(word, strict).or(() -> Suggestions.forSyntax(word, expected));
    boolean counters = word.toLowerCase(Locale.ROOT).equals("counters");
    return new Advice(
        problem.chunkSpan(),
        Printable.quote(word) + " is not a keyword",
        counters
            ? "a listing is for reading; 'ruleset get --format rules' prints rules"
            : near.orElse("a chain goes on with 'set', 'rule' or another 'chain'"));
  }

  /** Whether {@code word} begins a comment in other languages. */
  static boolean foreignComment(String word) {
    return word.startsWith("//") || word.startsWith("/*") || word.equals("--");
  }

  /** For signs that mean something in other languages. */
  static Optional<Advice> sign(Problem problem) {
    String word = problem.chunk();
    Span span = problem.chunkSpan();
    if (foreignComment(word)) {
      return Optional.of(
          new Advice(
              span,
              "'" + word.substring(0, 2) + "' does not begin a comment",
              "comments begin with '#' and go to the end of the line"));
    }
    return switch (word) {
      case ";" ->
          Optional.of(
              new Advice(
                  span,
                  "';' separates the elements of sets and nothing else",
                  "leave it out; a comment begins with '#'"));
      case "}" ->
          Optional.of(
              new Advice(
                  span,
                  "no '{' is open here",
                  "leave it out: chains and rules have no braces around them"));
      case "{" ->
          Optional.of(
              new Advice(
                  span,
                  "braces are for hook options and the elements of sets",
                  "a set is written with its key: '(ip4.saddr) in {192.0.2.1; 192.0.2.2}'"));
      case "(" -> Optional.of(MatcherAdvice.key(problem));
      case "\\" ->
          Optional.of(
              new Advice(
                  span, "lines are not continued by '\\'", "leave it out: line ends mean nothing"));
      default ->
          word.startsWith("\"") || word.startsWith("'")
              ? Optional.of(
                  new Advice(span, "nothing is written in quotes", "comments begin with '#'"))
              : Optional.empty();
    };
  }
}
