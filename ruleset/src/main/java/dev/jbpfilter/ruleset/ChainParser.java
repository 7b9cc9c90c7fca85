package dev.jbpfilter.ruleset;

import static dev.jbpfilter.ruleset.TokenKind.CHAIN;
import static dev.jbpfilter.ruleset.TokenKind.END;
import static dev.jbpfilter.ruleset.TokenKind.HOOK;
import static dev.jbpfilter.ruleset.TokenKind.MATCHER_OP;
import static dev.jbpfilter.ruleset.TokenKind.RAW_HOOKOPT;
import static dev.jbpfilter.ruleset.TokenKind.RULE;
import static dev.jbpfilter.ruleset.TokenKind.SET;
import static dev.jbpfilter.ruleset.TokenKind.SET_RAW_PAYLOAD;
import static dev.jbpfilter.ruleset.TokenKind.SET_TYPE;
import static dev.jbpfilter.ruleset.TokenKind.STRING;
import static dev.jbpfilter.ruleset.TokenKind.VERDICT;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads chains: header, hook options, named sets, rules. */
final class ChainParser {
  private final TokenStream tokens;
  private final Reporter reporter;
  private final ParseOptions options;
  private final PayloadReader payloads;
  private final SetParser setParser;

  ChainParser(TokenStream tokens, Reporter reporter, ParseOptions options) {
    this.tokens = tokens;
    this.reporter = reporter;
    this.options = options;
    this.payloads = new PayloadReader(options.interfaces());
    this.setParser = new SetParser(payloads, reporter, options.strict());
  }

  /**
   * What precedes the sets and rules of a chain.
   *
   * @param hasOptions whether options are written, also such that are dropped
   */
  private record Header(
      Token name,
      Optional<Hook> hook,
      boolean hasOptions,
      HookOptions options,
      Optional<Policy> policy,
      Span span) {}

  /** Reads the next chain; empty if it had errors. */
  Optional<Chain> chain() {
    int errors = reporter.errors();
    Optional<Header> header = Optional.empty();
    ChainSets sets = new ChainSets(reporter);
    try {
      header = Optional.of(header());
    } catch (SyntaxException e) {
      reporter.report(e.diagnostic());
      tokens.recover(true);
    }
    namedSets(sets);
    List<Rule> rules = rules(sets);
    if (header.isEmpty()) {
      return Optional.empty();
    }
    check(header.get(), sets.all(), rules, errors);
    return reporter.errors() == errors
        ? Optional.of(build(header.get(), sets, rules))
        : Optional.empty();
  }

  private Header header() throws SyntaxException {
    Token start = tokens.expect(CHAIN);
    Token name = tokens.expect(STRING);
    checkName(name);
    Token hookToken = tokens.expect(HOOK);
    String word = tokens.text(hookToken);
    Optional<Hook> hook = Hook.ofKeyword(word);
    if (hook.isEmpty()) {
      reporter.report(
          Diagnostic.error(
              hookToken.span(),
              "unknown hook '" + word + "'",
              Suggestions.forHook(word).orElse(null)));
    }
    HookOptionsBuilder hookOptions = new HookOptionsBuilder(options.interfaces(), options.strict());
    Span optionsSpan = hookToken.span();
    while (tokens.kind() == RAW_HOOKOPT) {
      Token option = tokens.take();
      hookOptions.add(tokens.text(option), option.span()).ifPresent(reporter::report);
      optionsSpan = optionsSpan.to(option.span());
    }
    if (tokens.kind() != VERDICT) {
      throw tokens.unexpected(RAW_HOOKOPT, VERDICT);
    }
    Token policyToken = tokens.take();
    Optional<Policy> policy = policy(tokens.text(policyToken));
    if (policy.isEmpty()) {
      reporter.error(
          policyToken.span(), "'" + tokens.text(policyToken) + "' is not a valid chain policy");
    }
    Span span = new Span(start.start(), optionsSpan.end());
    boolean hasOptions = !optionsSpan.equals(hookToken.span());
    return new Header(name, hook, hasOptions, hookOptions.build(), policy, span);
  }

  private void checkName(Token token) {
    Words.chainNameProblem(tokens.text(token))
        .ifPresent(message -> reporter.error(token.span(), message));
  }

  private static Optional<Policy> policy(String word) {
    for (Policy policy : Policy.values()) {
      if (policy.name().equals(word)) {
        return Optional.of(policy);
      }
    }
    return Optional.empty();
  }

  private void namedSets(ChainSets sets) {
    while (tokens.kind() == SET) {
      try {
        sets.declare(namedSet(sets));
      } catch (SyntaxException e) {
        reporter.report(e.diagnostic());
        tokens.recover(true);
      }
    }
  }

  private ChainSets.Declaration namedSet(ChainSets sets) throws SyntaxException {
    Token start = tokens.expect(SET);
    String name = tokens.text(tokens.expect(STRING));
    sets.announce(name);
    Token key = tokens.expect(SET_TYPE);
    boolean in = tokens.accept(MATCHER_OP);
    Token body = in ? tokens.expect(SET_RAW_PAYLOAD) : bodyWithoutOperator();
    Span span = new Span(start.start(), body.end());
    if (!in) {
      reporter.error(span, SetParser.ONLY_IN);
    }
    Optional<SetElements> elements =
        setParser.key(tokens.text(key), key.span()).flatMap(k -> setParser.body(k, tokens, body));
    return new ChainSets.Declaration(name, elements, span);
  }

  private Token bodyWithoutOperator() throws SyntaxException {
    if (tokens.kind() != SET_RAW_PAYLOAD) {
      throw tokens.unexpected(MATCHER_OP, SET_RAW_PAYLOAD);
    }
    return tokens.take();
  }

  private List<Rule> rules(ChainSets sets) {
    RuleParser ruleParser =
        new RuleParser(tokens, reporter, payloads, setParser, sets, options.interfaces());
    List<Rule> rules = new ArrayList<>();
    boolean first = true;
    while (!reporter.isFull()) {
      try {
        switch (tokens.kind()) {
          case RULE -> ruleParser.rule(rules.size()).ifPresent(rules::add);
          case CHAIN, END -> {
            return rules;
          }
          default ->
              throw first
                  ? tokens.unexpected(SET, RULE, CHAIN, END)
                  : tokens.unexpected(RULE, CHAIN, END);
        }
      } catch (SyntaxException e) {
        reporter.report(e.diagnostic());
        tokens.recover(false);
      }
      first = false;
    }
    return rules;
  }

  private void check(Header header, List<FilterSet> sets, List<Rule> rules, int before) {
    if (header.hook().isPresent()) {
      List<Diagnostic> errors = new ArrayList<>();
      new ChainChecks(header.hook().get(), header.options(), sets)
          .check(rules, header.span(), errors);
      errors.forEach(reporter::report);
      if (header.hasOptions() && header.options().isEmpty() && reporter.errors() == before) {
        // Only options that are dropped: a chain that is to be attached, but not where.
        header
            .options()
            .incompatibility(header.hook().get())
            .ifPresent(why -> reporter.error(header.span(), why.message()));
      }
    }
  }

  private Chain build(Header header, ChainSets sets, List<Rule> rules) {
    Chain chain =
        new Chain(
            tokens.text(header.name()),
            header.hook().orElseThrow(),
            header.options(),
            header.policy().orElseThrow(),
            sets.all(),
            rules,
            header.span());
    chain.warnings().forEach(reporter::report);
    return chain;
  }
}
