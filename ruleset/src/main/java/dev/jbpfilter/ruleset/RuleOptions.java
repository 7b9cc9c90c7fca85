package dev.jbpfilter.ruleset;

import static dev.jbpfilter.ruleset.TokenKind.COMMA;
import static dev.jbpfilter.ruleset.TokenKind.COUNTER;
import static dev.jbpfilter.ruleset.TokenKind.EVERY;
import static dev.jbpfilter.ruleset.TokenKind.LOG;
import static dev.jbpfilter.ruleset.TokenKind.MARK;
import static dev.jbpfilter.ruleset.TokenKind.STRING;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the options of one rule. */
final class RuleOptions {
  private final TokenStream tokens;
  private final SyntaxErrors errors;
  private final Reporter reporter;
  private final @Nullable ChainChecks checks;

  private @Nullable Log log;
  private boolean counter;
  private @Nullable Long mark;

  /** The keywords seen, also of options that were refused. */
  private final List<TokenKind> seen = new ArrayList<>();

  /**
   * @param checks what the hook supports, if the hook is known
   */
  RuleOptions(TokenStream tokens, Reporter reporter, @Nullable ChainChecks checks) {
    this.tokens = tokens;
    this.errors = new SyntaxErrors(tokens);
    this.reporter = reporter;
    this.checks = checks;
  }

  /** Reads options as long as there are some. */
  void read() throws SyntaxException {
    while (tokens.kind() == LOG || tokens.kind() == COUNTER || tokens.kind() == MARK) {
      option();
    }
  }

  /** Whether no option was written. */
  boolean isEmpty() {
    return seen.isEmpty();
  }

  @Nullable Log log() {
    return log;
  }

  boolean counter() {
    return counter;
  }

  @Nullable Long mark() {
    return mark;
  }

  private void option() throws SyntaxException {
    Token keyword = tokens.take();
    switch (keyword.kind()) {
      case LOG -> log = readLog();
      case MARK -> mark = readMark(keyword);
      default -> counter = true;
    }
    if (seen.contains(keyword.kind())) {
      reporter.error(keyword.span(), RuleText.duplicateOption(tokens.text(keyword)));
    }
    seen.add(keyword.kind());
  }

  private Log readLog() throws SyntaxException {
    int headers = Log.ALL_HEADERS;
    if (tokens.kind() == STRING && !tokens.isLikeVerdict()) {
      int start = tokens.peek().start();
      headers = logHeader();
      while (tokens.accept(COMMA)) {
        headers |= logHeader();
      }
      Span span = new Span(start, tokens.previousEnd());
      Log log = new Log(headers, 0);
      if (checks != null) {
        checks.checkLog(log, span).ifPresent(reporter::report);
      }
    }
    long interval = 0;
    if (tokens.accept(EVERY)) {
      interval = interval();
    }
    return new Log(headers, interval);
  }

  private long interval() throws SyntaxException {
    Token rate = errors.expect(STRING, RuleAdvice::rate);
    long interval = RateText.parse(tokens.text(rate));
    Problem problem = tokens.problem();
    boolean glued = problem.isGlued() && tokens.isLoose();
    if (interval != 0 && !glued) {
      return interval;
    }
    int start = problem.previousStart();
    int end = Problem.chunkEnd(problem.text(), start);
    String unit = problem.chunkAfter(end);
    String text = problem.text().substring(start, end);
    Optional<String> hint = RateHints.hint(text + unit).or(() -> RateHints.hint(text));
    Span span = problem.span(start, end);
    reporter.error(() -> Diagnostic.error(span, RuleText.invalidRate(text), hint.orElse(null)));
    tokens.restart(end, LexMode.INITIAL);
    tokens.skipLoose();
    return 0;
  }

  private int logHeader() throws SyntaxException {
    Token header = errors.expect(STRING, RuleAdvice::header);
    String word = tokens.text(header);
    int bit = NameTable.LOG_HEADERS.value(word);
    if (bit < 0) {
      reporter.error(() ->
          Diagnostic.error(
              header.span(),
              "unknown packet header " + Printable.quote(word),
              RuleAdvice.headerHint(word)));
      tokens.skipLoose();
      return Layer.LINK.logBit();
    }
    return bit;
  }

  private Long readMark(Token keyword) throws SyntaxException {
    Token number = errors.expect(STRING, RuleAdvice::mark);
    String word = tokens.text(number);
    long mark = NumberText.cBase(word);
    Span span = keyword.span().to(number.span());
    if (checks != null) {
      checks.checkMark(span).ifPresent(reporter::report);
    }
    Problem problem = tokens.problem();
    if (tokens.isLoose() && problem.isGlued()) {
      word = problem.text().substring(problem.previousStart(), problem.chunkEnd());
      mark = NumberText.INVALID;
    }
    Optional<String> refusal = RuleText.markProblem(mark, word);
    if (refusal.isEmpty()) {
      return mark;
    }
    String text = word;
    Span wordSpan = new Span(number.start(), number.start() + word.length());
    reporter.error(
        () -> Diagnostic.error(wordSpan, refusal.get(), RuleAdvice.markHint(text, problem)));
    tokens.skipLoose();
    return 0L;
  }
}
