package dev.jbpfilter.ruleset;

import static dev.jbpfilter.ruleset.TokenKind.COUNTER;
import static dev.jbpfilter.ruleset.TokenKind.INVALID;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the rules of one chain. */
final class RuleParser {
  private static final TokenKind[] TAIL = {
    MATCHER_TYPE, SET_TYPE, LOG, COUNTER, MARK, VERDICT, REDIRECT_TOKEN
  };
  private static final TokenKind[] OPTIONS_TAIL = {LOG, COUNTER, MARK, VERDICT, REDIRECT_TOKEN};

  private final TokenStream tokens;
  private final SyntaxErrors errors;
  private final Reporter reporter;
  private final PayloadReader payloads;
  private final SetParser setParser;
  private final ChainSets sets;
  private final InterfaceResolver interfaces;
  private final @Nullable ChainChecks checks;

  RuleParser(
      TokenStream tokens,
      Reporter reporter,
      PayloadReader payloads,
      SetParser setParser,
      ChainSets sets,
      InterfaceResolver interfaces,
      @Nullable Hook hook) {
    this.tokens = tokens;
    this.reporter = reporter;
    this.payloads = payloads;
    this.setParser = setParser;
    this.sets = sets;
    this.interfaces = interfaces;
    this.errors = new SyntaxErrors(tokens);
    // What a hook supports can't be checked if the hook is not known.
    this.checks = hook == null ? null : new ChainChecks(hook, HookOptions.NONE, sets.all());
  }

  /** Reads one rule, whose keyword may be read already; empty if it had errors. */
  Optional<Rule> rule(int index) throws SyntaxException {
    int before = reporter.mistakes();
    tokens.accept(RULE);
    int start = tokens.previousStart();
    List<Matcher> matchers = new ArrayList<>();
    if (!isMatcher()) {
      throw errors.unexpected(p -> MatcherAdvice.first(p, sets), SET_TYPE, MATCHER_TYPE);
    }
    boolean complete = true;
    while (isMatcher()) {
      Optional<? extends Matcher> matcher =
          tokens.kind() == SET_TYPE ? setMatcher() : fieldMatcher();
      matcher.ifPresent(matchers::add);
      complete &= matcher.isPresent();
    }
    RuleOptions options = new RuleOptions(tokens, reporter, checks);
    options.read();
    Optional<Verdict> verdict = verdict(options);
    // A use of a set with an error of its own is not complete, but no error either.
    if (!complete || verdict.isEmpty() || reporter.mistakes() > before) {
      return Optional.empty();
    }
    Span span = new Span(start, tokens.previousEnd());
    return Optional.of(
        new Rule(
            index,
            matchers,
            options.log(),
            options.counter(),
            options.mark(),
            verdict.get(),
            span));
  }

  private boolean isMatcher() {
    return tokens.kind() == MATCHER_TYPE || tokens.kind() == SET_TYPE;
  }

  private Optional<? extends Matcher> fieldMatcher() throws SyntaxException {
    Token typeToken = tokens.take();
    MatcherType type = MatcherType.ofKeyword(tokens.text(typeToken)).orElseThrow();
    check(type, false, typeToken.span());
    boolean negated = tokens.accept(NEGATE);
    boolean explicit = tokens.kind() == MATCHER_OP;
    Operator operator =
        explicit ? Operator.ofKeyword(tokens.text(tokens.take())).orElseThrow() : Operator.EQ;
    if (tokens.kind() != RAW_PAYLOAD) {
      ValueAdvice advice = new ValueAdvice(type, operator, negated, payloads.hints());
      throw noPayload(advice::missing, negated, explicit, RAW_PAYLOAD);
    }
    Token payloadToken = tokens.take();
    String text = tokens.text(payloadToken);
    Optional<Payload> payload = payloads.read(type, operator, text);
    if (payload.isEmpty() || tokens.isLoose()) {
      ValueAdvice advice = new ValueAdvice(type, operator, negated, payloads.hints());
      return payload.isEmpty()
          ? refuse(advice, typeToken)
          : continued(advice, payload.get(), typeToken);
    }
    Span span = new Span(typeToken.start(), payloadToken.end());
    return Optional.of(new FieldMatcher(type, negated, operator, payload.get(), span));
  }

  /** Reports a bad value with what was meant to be a part of it, and reads on behind that. */
  private Optional<? extends Matcher> refuse(ValueAdvice advice, Token typeToken)
      throws SyntaxException {
    Problem problem = tokens.problem();
    int start = problem.previousStart();
    if (tokens.isGlued(typeToken, start) && Words.isLower(problem.text().charAt(start))) {
      throw errors.unexpected(
          problem.from(start - (typeToken.end() - typeToken.start())),
          p -> MatcherAdvice.named(p, sets),
          SET_TYPE,
          MATCHER_TYPE);
    }
    Optional<Advice> operator = advice.operatorAsValue(problem.from(start));
    if (operator.isPresent()) {
      reporter.error(() ->
          payloads.refusal(
              advice.value(problem.previousWord()), operator.get().span(), operator.get().hint()));
      tokens.restart(advice.endBehindOperator(problem.from(start)), LexMode.INITIAL);
      return Optional.empty();
    }
    int end = tokens.isLoose() ? advice.end(problem, start) : problem.previousEnd();
    int verdict = advice.gluedVerdict(problem.text(), start, end);
    BadValue value = advice.value(problem.text().substring(start, end));
    Span span = problem.span(start, end);
    reporter.error(() -> payloads.refusal(value, span));
    if (verdict < end || end > problem.previousEnd()) {
      tokens.restart(verdict, LexMode.INITIAL);
      tokens.skipGlued();
    }
    return Optional.empty();
  }

  /** For a good value that goes on with what is no part of a value: reports and skips that. */
  private Optional<? extends Matcher> continued(
      ValueAdvice advice, Payload payload, Token typeToken) {
    Problem problem = tokens.problem();
    int start = problem.previousStart();
    Span span = new Span(typeToken.start(), tokens.previousEnd());
    int end = advice.end(problem, start);
    if (end <= problem.start()) {
      return Optional.of(
          new FieldMatcher(advice.type(), advice.negated(), advice.operator(), payload, span));
    }
    reporter.error(errors.unexpected(p -> advice.continued(p, start), TAIL));
    tokens.restart(end, LexMode.INITIAL);
    tokens.skipGlued();
    return Optional.empty();
  }

  /** Reports a matcher that the hook does not support. */
  private void check(MatcherType type, boolean component, Span span) {
    if (checks != null) {
      checks.checkMatcher(type, component, span).ifPresent(reporter::report);
    }
  }

  private Optional<? extends Matcher> setMatcher() throws SyntaxException {
    Token keyToken = tokens.take();
    String keyText = tokens.text(keyToken);
    boolean negated = tokens.accept(NEGATE);
    Problem behindKey = tokens.problem();
    boolean in = tokens.accept(MATCHER_OP);
    boolean replaced = !in && replaceOperator(keyText, negated);
    boolean body = tokens.kind() == SET_RAW_PAYLOAD;
    if (!body && tokens.kind() != STRING) {
      String matcher = keyText + (negated ? " not" : "");
      throw noPayload(p -> SetAdvice.value(p, matcher), negated, in, SET_RAW_PAYLOAD, STRING);
    }
    Token value = tokens.take();
    if (!in && !replaced) {
      setParser.reportMissingIn(behindKey);
    }
    Span span = new Span(keyToken.start(), value.end());
    Optional<SetKey> key = setParser.key(keyText, keyToken.span());
    if (key.isEmpty()) {
      tokens.skipLoose();
      return Optional.empty();
    }
    for (MatcherType type : key.get().components()) {
      int at = keyToken.start() + keyText.indexOf(type.keyword());
      check(type, true, new Span(at, at + type.keyword().length()));
    }
    OptionalInt set = body ? anonymousSet(key.get(), value) : namedSet(key.get(), negated, in);
    return set.isPresent()
        ? Optional.of(new SetMatcher(set.getAsInt(), negated, span))
        : Optional.empty();
  }

  /** Reports another operator where {@code in} should be, and reads it; false if there is none. */
  private boolean replaceOperator(String key, boolean negated) {
    Problem problem = tokens.problem();
    String word = problem.chunk();
    boolean set = tokens.kind() == STRING && problem.chunkAfter(problem.chunkEnd()).equals("{");
    if (!set && (tokens.kind() != INVALID || Operators.prefix(word) < word.length())) {
      return false;
    }
    String matcher = key + (negated ? " not" : "");
    if (set) {
      reporter.error(() -> SetParser.otherOperator(problem, matcher));
    } else {
      reporter.error(
          noPayload(p -> SetAdvice.operator(p, matcher), negated, false, SET_RAW_PAYLOAD, STRING));
    }
    tokens.restart(problem.chunkEnd(), LexMode.SET);
    return true;
  }

  /**
   * The set whose name was just read.
   *
   * @param good whether nothing was wrong before it
   */
  private OptionalInt namedSet(SetKey key, boolean negated, boolean good) {
    Problem problem = tokens.problem();
    int start = problem.previousStart();
    int end = tokens.isLoose() ? SetAdvice.valueEnd(problem, start) : problem.previousEnd();
    String name = problem.text().substring(start, end);
    OptionalInt set =
        good
            ? sets.find(
                name,
                key,
                problem.span(start, end),
                () -> SetAdvice.elementsHint(key, negated, name))
            : OptionalInt.empty();
    if (end > problem.previousEnd()) {
      tokens.restart(end, LexMode.INITIAL);
    }
    return set;
  }

  /** The error where a payload is missing: what else may stand there depends on what did before. */
  private SyntaxException noPayload(
      Function<Problem, Advice> adviser, boolean negated, boolean operator, TokenKind... payload) {
    List<TokenKind> expected = new ArrayList<>();
    if (!operator) {
      if (!negated) {
        expected.add(NEGATE);
      }
      expected.add(MATCHER_OP);
    }
    expected.addAll(List.of(payload));
    return errors.unexpected(adviser, expected.toArray(TokenKind[]::new));
  }

  private OptionalInt anonymousSet(SetKey key, Token body) throws SyntaxException {
    Optional<SetElements> elements = setParser.body(key, body);
    return elements.isPresent()
        ? OptionalInt.of(sets.addAnonymous(elements.get(), body.span()))
        : OptionalInt.empty();
  }

  private Optional<Verdict> verdict(RuleOptions options) throws SyntaxException {
    TokenKind[] expected = options.isEmpty() ? TAIL : OPTIONS_TAIL;
    return switch (tokens.kind()) {
      case VERDICT -> Optional.of(Verdict.Basic.valueOf(tokens.text(tokens.take())));
      case REDIRECT_TOKEN -> redirect(tokens.take().span());
      default -> {
        SyntaxException error =
            errors.unexpected(p -> RuleAdvice.tail(p, sets, expected), expected);
        if (tokens.kind() != STRING || !tokens.isLikeVerdict()) {
          throw error;
        }
        reporter.error(error);
        Problem word = tokens.problem();
        boolean redirect = Words.equalsIgnoreCase(word.chunk(), "REDIRECT");
        tokens.restart(word.chunkEnd(), redirect ? LexMode.REDIRECT_IFACE : LexMode.INITIAL);
        yield redirect ? redirect(word.chunkSpan()) : Optional.empty();
      }
    };
  }

  private Optional<Verdict> redirect(Span keyword) throws SyntaxException {
    Token target = errors.expect(REDIRECT_IFACE, RuleAdvice::target);
    Token direction = errors.expect(REDIRECT_DIR, RuleAdvice::direction);
    String word = tokens.text(target);
    OptionalLong named = interfaces.index(word);
    long index = named.isPresent() ? named.getAsLong() : NumberText.decimal(word);
    boolean in = tokens.text(direction).equals(Direction.IN.keyword());
    boolean found = PayloadKind.INTERFACE.isInBounds(index);
    Verdict.Redirect verdict =
        new Verdict.Redirect(found ? index : 1, in ? Direction.IN : Direction.OUT);
    Span span = keyword.to(direction.span());
    if (checks != null) {
      checks.checkVerdict(verdict, span).ifPresent(reporter::report);
    }
    if (!found) {
      reporter.error(() ->
          Diagnostic.error(
              target.span(),
              "interface " + Printable.quote(word) + " not found",
              payloads.hints().interfaceHint(word).orElse(null)));
      return Optional.empty();
    }
    return Optional.of(verdict);
  }
}
