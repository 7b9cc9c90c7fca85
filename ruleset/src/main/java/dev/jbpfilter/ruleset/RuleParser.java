package dev.jbpfilter.ruleset;

import static dev.jbpfilter.ruleset.TokenKind.COMMA;
import static dev.jbpfilter.ruleset.TokenKind.COUNTER;
import static dev.jbpfilter.ruleset.TokenKind.EVERY;
import static dev.jbpfilter.ruleset.TokenKind.LOG;
import static dev.jbpfilter.ruleset.TokenKind.MARK;
import static dev.jbpfilter.ruleset.TokenKind.MATCHER_OP;
import static dev.jbpfilter.ruleset.TokenKind.MATCHER_TYPE;
import static dev.jbpfilter.ruleset.TokenKind.NEGATE;
import static dev.jbpfilter.ruleset.TokenKind.RAW_PAYLOAD;
import static dev.jbpfilter.ruleset.TokenKind.REDIRECT_DIR;
import static dev.jbpfilter.ruleset.TokenKind.REDIRECT_IFACE;
import static dev.jbpfilter.ruleset.TokenKind.REDIRECT_TOKEN;
import static dev.jbpfilter.ruleset.TokenKind.RULE;
import static dev.jbpfilter.ruleset.TokenKind.SET_RAW_PAYLOAD;
import static dev.jbpfilter.ruleset.TokenKind.SET_TYPE;
import static dev.jbpfilter.ruleset.TokenKind.STRING;
import static dev.jbpfilter.ruleset.TokenKind.VERDICT;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads the rules of one chain. */
final class RuleParser {
  private final TokenStream tokens;
  private final Reporter reporter;
  private final PayloadReader payloads;
  private final SetParser setParser;
  private final ChainSets sets;
  private final InterfaceResolver interfaces;

  RuleParser(
      TokenStream tokens,
      Reporter reporter,
      PayloadReader payloads,
      SetParser setParser,
      ChainSets sets,
      InterfaceResolver interfaces) {
    this.tokens = tokens;
    this.reporter = reporter;
    this.payloads = payloads;
    this.setParser = setParser;
    this.sets = sets;
    this.interfaces = interfaces;
  }

  /** The options of the rule that is being read. */
  private static final class Options {
    private @Nullable Log log;
    private boolean counter;
    private @Nullable Long mark;

    /** The keywords seen, also of options that were refused. */
    private final List<TokenKind> seen = new ArrayList<>();
  }

  /** Reads one rule; empty if it had semantic errors. */
  Optional<Rule> rule(int index) throws SyntaxException {
    int errors = reporter.errors();
    int start = tokens.expect(RULE).start();
    List<Matcher> matchers = new ArrayList<>();
    if (tokens.kind() != MATCHER_TYPE && tokens.kind() != SET_TYPE) {
      throw tokens.unexpected(SET_TYPE, MATCHER_TYPE);
    }
    boolean complete = true;
    while (tokens.kind() == MATCHER_TYPE || tokens.kind() == SET_TYPE) {
      boolean set = tokens.kind() == SET_TYPE;
      Optional<? extends Matcher> matcher = set ? setMatcher() : fieldMatcher();
      matcher.ifPresent(matchers::add);
      complete &= matcher.isPresent();
    }
    Options options = new Options();
    while (tokens.kind() == LOG || tokens.kind() == COUNTER || tokens.kind() == MARK) {
      option(options);
    }
    Optional<Verdict> verdict = verdict(options);
    if (!complete || verdict.isEmpty() || reporter.errors() > errors) {
      return Optional.empty();
    }
    Span span = new Span(start, tokens.previousEnd());
    return Optional.of(
        new Rule(index, matchers, options.log, options.counter, options.mark, verdict.get(), span));
  }

  private Optional<FieldMatcher> fieldMatcher() throws SyntaxException {
    Token typeToken = tokens.expect(MATCHER_TYPE);
    MatcherType type = MatcherType.ofKeyword(tokens.text(typeToken)).orElseThrow();
    boolean negated = tokens.accept(NEGATE);
    Operator operator = Operator.EQ;
    boolean explicit = tokens.kind() == MATCHER_OP;
    if (explicit) {
      operator = Operator.ofKeyword(tokens.text(tokens.take())).orElseThrow();
    }
    if (tokens.kind() != RAW_PAYLOAD) {
      throw noPayload(negated, explicit, RAW_PAYLOAD);
    }
    Token payloadToken = tokens.take();
    String text = tokens.text(payloadToken);
    Optional<Payload> payload = payloads.read(type, operator, text);
    if (payload.isEmpty()) {
      reporter.report(payloads.refusal(type, operator, text, payloadToken.span()));
      return Optional.empty();
    }
    Span span = new Span(typeToken.start(), payloadToken.end());
    return Optional.of(new FieldMatcher(type, negated, operator, payload.get(), span));
  }

  private Optional<SetMatcher> setMatcher() throws SyntaxException {
    Token keyToken = tokens.expect(SET_TYPE);
    boolean negated = tokens.accept(NEGATE);
    boolean in = tokens.accept(MATCHER_OP);
    boolean body = tokens.kind() == SET_RAW_PAYLOAD;
    if (!body && tokens.kind() != STRING) {
      throw noPayload(negated, in, SET_RAW_PAYLOAD, STRING);
    }
    Token value = tokens.take();
    Span span = new Span(keyToken.start(), value.end());
    if (!in) {
      reporter.error(span, SetParser.ONLY_IN);
    }
    Optional<SetKey> key = setParser.key(tokens.text(keyToken), keyToken.span());
    if (key.isEmpty()) {
      return Optional.empty();
    }
    OptionalInt set =
        body
            ? anonymousSet(key.get(), value)
            : sets.find(tokens.text(value), key.get(), value.span());
    return set.isPresent()
        ? Optional.of(new SetMatcher(set.getAsInt(), negated, span))
        : Optional.empty();
  }

  /** The error where a payload is missing: what else may stand there depends on what did before. */
  private SyntaxException noPayload(boolean negated, boolean operator, TokenKind... payload) {
    List<TokenKind> expected = new ArrayList<>();
    if (!operator) {
      if (!negated) {
        expected.add(NEGATE);
      }
      expected.add(MATCHER_OP);
    }
    expected.addAll(List.of(payload));
    return tokens.unexpected(expected.toArray(TokenKind[]::new));
  }

  private OptionalInt anonymousSet(SetKey key, Token body) {
    Optional<SetElements> elements = setParser.body(key, tokens, body);
    return elements.isPresent()
        ? OptionalInt.of(sets.addAnonymous(elements.get(), body.span()))
        : OptionalInt.empty();
  }

  private void option(Options options) throws SyntaxException {
    Token keyword = tokens.take();
    switch (keyword.kind()) {
      case LOG -> options.log = log();
      case MARK -> options.mark = mark();
      default -> options.counter = true;
    }
    if (options.seen.contains(keyword.kind())) {
      reporter.error(keyword.span(), RuleText.duplicateOption(tokens.text(keyword)));
    }
    options.seen.add(keyword.kind());
  }

  private Log log() throws SyntaxException {
    int headers = Log.ALL_HEADERS;
    if (tokens.kind() == STRING) {
      headers = logHeader();
      while (tokens.accept(COMMA)) {
        headers |= logHeader();
      }
    }
    long interval = 0;
    if (tokens.accept(EVERY)) {
      Token rate = tokens.expect(STRING);
      interval = RateText.parse(tokens.text(rate));
      if (interval == 0) {
        reporter.error(rate.span(), RuleText.invalidRate(tokens.text(rate)));
      }
    }
    return new Log(headers, interval);
  }

  private int logHeader() throws SyntaxException {
    Token header = tokens.expect(STRING);
    String word = tokens.text(header);
    int bit = NameTable.LOG_HEADERS.value(word);
    if (bit < 0) {
      reporter.report(
          Diagnostic.error(
              header.span(),
              "unknown packet header '" + word + "'",
              Suggestions.closest(word, NameTable.LOG_HEADERS.names())
                  .orElse("the headers are link, internet and transport")));
      return Layer.LINK.logBit();
    }
    return bit;
  }

  private Long mark() throws SyntaxException {
    Token number = tokens.expect(STRING);
    String word = tokens.text(number);
    long mark = NumberText.cBase(word);
    Optional<String> problem = RuleText.markProblem(mark, word);
    problem.ifPresent(message -> reporter.error(number.span(), message));
    return problem.isPresent() ? 0L : mark;
  }

  private Optional<Verdict> verdict(Options options) throws SyntaxException {
    return switch (tokens.kind()) {
      case VERDICT -> Optional.of(Verdict.Basic.valueOf(tokens.text(tokens.take())));
      case REDIRECT_TOKEN -> redirect();
      default ->
          // After an option, another matcher is as wrong as anything else.
          throw options.seen.isEmpty()
              ? tokens.unexpected(
                  MATCHER_TYPE, SET_TYPE, LOG, COUNTER, MARK, VERDICT, REDIRECT_TOKEN)
              : tokens.unexpected(LOG, COUNTER, MARK, VERDICT, REDIRECT_TOKEN);
    };
  }

  private Optional<Verdict> redirect() throws SyntaxException {
    tokens.expect(REDIRECT_TOKEN);
    Token target = tokens.expect(REDIRECT_IFACE);
    Token direction = tokens.expect(REDIRECT_DIR);
    String word = tokens.text(target);
    OptionalLong named = interfaces.index(word);
    long index = named.isPresent() ? named.getAsLong() : NumberText.decimal(word);
    if (!PayloadKind.INTERFACE.isInBounds(index)) {
      reporter.report(
          Diagnostic.error(
              target.span(),
              "interface '" + word + "' not found",
              interfaces.unavailable().orElse(null)));
      return Optional.empty();
    }
    boolean in = tokens.text(direction).equals(Direction.IN.keyword());
    return Optional.of(new Verdict.Redirect(index, in ? Direction.IN : Direction.OUT));
  }
}
