package dev.jbpfilter.ruleset;

import static dev.jbpfilter.ruleset.TokenKind.CHAIN;
import static dev.jbpfilter.ruleset.TokenKind.END;
import static dev.jbpfilter.ruleset.TokenKind.INVALID;
import static dev.jbpfilter.ruleset.TokenKind.MATCHER_OP;
import static dev.jbpfilter.ruleset.TokenKind.MATCHER_TYPE;
import static dev.jbpfilter.ruleset.TokenKind.RULE;
import static dev.jbpfilter.ruleset.TokenKind.SET;
import static dev.jbpfilter.ruleset.TokenKind.SET_RAW_PAYLOAD;
import static dev.jbpfilter.ruleset.TokenKind.SET_TYPE;
import static dev.jbpfilter.ruleset.TokenKind.STRING;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads chains: header, named sets, rules. */
final class ChainParser {
  private static final TokenKind[] IN_SETS = {SET, RULE, CHAIN, END};
  private static final TokenKind[] IN_RULES = {RULE, CHAIN, END};

  private final TokenStream tokens;
  private final SyntaxErrors errors;
  private final Reporter reporter;
  private final ParseOptions options;
  private final PayloadReader payloads;
  private final SetParser setParser;

  /** Whether the word that begins the next chain was read: it was misspelt. */
  private boolean keywordRead;

  ChainParser(TokenStream tokens, Reporter reporter, ParseOptions options) {
    this.tokens = tokens;
    this.errors = new SyntaxErrors(tokens);
    this.reporter = reporter;
    this.options = options;
    this.payloads = new PayloadReader(options.interfaces());
    this.setParser = new SetParser(tokens, payloads, reporter, options.strict());
  }

  /** What a chain is made of behind its header. */
  private record Body(ChainSets sets, List<Rule> rules) {}

  /** Reads the next chain; empty if it had errors. */
  Optional<Chain> chain() {
    int before = reporter.mistakes();
    HeaderParser.Header header = HeaderParser.read(tokens, reporter, options, keywordRead);
    keywordRead = false;
    Body body = body(header.hook().orElse(null));
    return reporter.mistakes() == before ? Optional.of(build(header, body)) : Optional.empty();
  }

  private Body body(@Nullable Hook hook) {
    ChainSets sets = new ChainSets(reporter);
    RuleParser ruleParser =
        new RuleParser(tokens, reporter, payloads, setParser, sets, options.interfaces(), hook);
    List<Rule> rules = new ArrayList<>();
    boolean inRules = false;
    while (true) {
      try {
        TokenKind kind = tokens.kind();
        if (kind == SET && inRules) {
          reporter.error(stray(true));
        }
        kind =
            switch (kind) {
              case SET, RULE, CHAIN, END -> kind;
              default -> misspelt(inRules);
            };
        switch (kind) {
          case SET -> sets.declare(namedSet(sets));
          case CHAIN, END -> {
            return new Body(sets, rules);
          }
          default -> {
            inRules = true;
            ruleParser.rule(rules.size()).ifPresent(rules::add);
          }
        }
      } catch (SyntaxException e) {
        reporter.error(e);
        tokens.recover(!inRules);
      }
    }
  }

  private SyntaxException stray(boolean inRules) {
    TokenKind[] expected = inRules ? IN_RULES : IN_SETS;
    return errors.unexpected(
        p -> ChainAdvice.stray(p, inRules, options.strict(), expected), expected);
  }

  /**
   * Reports a word that nothing begins with.
   *
   * @return what it was meant to begin, the word itself being read; never anything else than a set,
   *     rule or chain
   */
  private TokenKind misspelt(boolean inRules) throws SyntaxException {
    SyntaxException error = stray(inRules);
    Problem problem = tokens.problem();
    TokenKind meant = meant(problem, inRules);
    switch (meant) {
      case SET, RULE -> {
        reporter.error(error);
        if (tokens.kind() == STRING) {
          tokens.take();
        }
      }
      case CHAIN -> {
        reporter.error(error);
        tokens.restart(problem.chunkEnd(), LexMode.INITIAL);
        keywordRead = true;
      }
      default -> throw error;
    }
    return meant;
  }

  private TokenKind meant(Problem problem, boolean inRules) {
    if (tokens.kind() == MATCHER_TYPE || tokens.kind() == SET_TYPE) {
      return problem.startsLine() || !inRules ? RULE : INVALID;
    }
    String word = problem.chunk();
    if (tokens.kind() != STRING || !word.equals(problem.word())) {
      return INVALID;
    }
    String next = problem.chunkAfter(problem.chunkEnd());
    if (Suggestions.isClose(word, "chain") && Words.isWord(next)) {
      return CHAIN;
    }
    if (Suggestions.isClose(word, "rule")
        && (MatcherType.ofKeyword(next).isPresent() || next.equals("("))) {
      return RULE;
    }
    return Suggestions.isClose(word, "set") && Words.isWord(next) ? SET : INVALID;
  }

  private ChainSets.Declaration namedSet(ChainSets sets) throws SyntaxException {
    // Where the word is misspelt, it was read.
    tokens.accept(SET);
    int start = tokens.previousStart();
    String name = setName();
    sets.announce(name);
    Token key = errors.expect(SET_TYPE, SetAdvice::key);
    Problem behindKey = tokens.problem();
    boolean in = tokens.accept(MATCHER_OP);
    if (!in) {
      in = replaceOperator();
    }
    if (tokens.kind() != SET_RAW_PAYLOAD) {
      throw in
          ? errors.unexpected(SetAdvice::body, SET_RAW_PAYLOAD)
          : errors.unexpected(SetAdvice::body, MATCHER_OP, SET_RAW_PAYLOAD);
    }
    Token body = tokens.take();
    if (!in) {
      setParser.reportMissingIn(behindKey);
    }
    Optional<SetKey> read = setParser.key(tokens.text(key), key.span());
    Optional<SetElements> elements =
        read.isPresent() ? setParser.body(read.get(), body) : Optional.empty();
    boolean usable = Words.isWord(name) && !Words.isReserved(name);
    return new ChainSets.Declaration(
        name, usable ? elements : Optional.empty(), new Span(start, body.end()));
  }

  /** Reads the name of a set; one that is not allowed is reported and taken all the same. */
  private String setName() throws SyntaxException {
    SyntaxException error = errors.unexpected(p -> ChainAdvice.name(p, "set"), STRING);
    Problem problem = tokens.problem();
    if (tokens.kind() == STRING) {
      String name = tokens.text(tokens.take());
      Problem next = tokens.problem();
      if (!next.isGlued() || tokens.kind() != INVALID || next.chunk().equals("{")) {
        return name;
      }
      reporter.error(errors.unexpected(p -> ChainAdvice.badName(p, p.previousStart()), SET_TYPE));
      tokens.restart(next.chunkEnd(), LexMode.INITIAL);
      return name + next.chunk();
    }
    boolean keyword = problem.gap().equals(problem.span()) && Words.isReserved(problem.word());
    if (!keyword) {
      throw error;
    }
    reporter.error(error);
    tokens.restart(problem.end(), LexMode.INITIAL);
    return problem.word();
  }

  /** Reports another operator where {@code in} should be, and reads it; false if there is none. */
  private boolean replaceOperator() {
    Problem problem = tokens.problem();
    boolean operator =
        Operators.prefix(problem.chunk()) == problem.chunk().length() || tokens.kind() == STRING;
    if (!operator || !problem.chunkAfter(problem.chunkEnd()).equals("{")) {
      return false;
    }
    if (tokens.kind() == STRING) {
      reporter.error(() -> SetParser.otherOperator(problem, null));
    } else {
      reporter.error(
          errors.unexpected(p -> SetAdvice.operator(p, null), MATCHER_OP, SET_RAW_PAYLOAD));
    }
    tokens.restart(problem.chunkEnd(), LexMode.SET);
    return true;
  }

  private Chain build(HeaderParser.Header header, Body body) {
    Chain chain =
        new Chain(
            header.name().orElseThrow(),
            header.hook().orElseThrow(),
            header.options(),
            header.policy().orElseThrow(),
            body.sets().all(),
            body.rules(),
            header.span());
    chain.warnings().forEach(reporter::report);
    return chain;
  }
}
