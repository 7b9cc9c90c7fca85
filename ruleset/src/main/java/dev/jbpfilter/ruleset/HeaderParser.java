package dev.jbpfilter.ruleset;

import static dev.jbpfilter.ruleset.TokenKind.CHAIN;
import static dev.jbpfilter.ruleset.TokenKind.HOOK;
import static dev.jbpfilter.ruleset.TokenKind.INVALID;
import static dev.jbpfilter.ruleset.TokenKind.RAW_HOOKOPT;
import static dev.jbpfilter.ruleset.TokenKind.STRING;
import static dev.jbpfilter.ruleset.TokenKind.VERDICT;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what precedes the sets and rules of a chain. What is wrong is reported, and the rest is
 * read as if it were right, so that one mistake in a header does not hide others behind it.
 */
final class HeaderParser {
  private final TokenStream tokens;
  private final SyntaxErrors errors;
  private final Reporter reporter;
  private final boolean strict;
  private final HookOptionsBuilder options;

  /** Where each option stands. */
  private final Map<String, Span> optionSpans = new HashMap<>();

  private final int start;
  private int end;
  private @Nullable String name;
  private @Nullable Hook hook;
  private Span hookSpan = Span.NONE;

  /** Where the hook ends in the text of the tokens. */
  private int hookEnd;

  private @Nullable Policy policy;

  /** Whether the policy stood before the hook. */
  private boolean policyFirst;

  /** What could be read; all of it if no error was reported. */
  record Header(
      Optional<String> name,
      Optional<Hook> hook,
      HookOptions options,
      Optional<Policy> policy,
      Span span) {}

  private HeaderParser(TokenStream tokens, Reporter reporter, ParseOptions parse) {
    this.tokens = tokens;
    this.strict = parse.strict();
    this.options = new HookOptionsBuilder(parse.interfaces(), strict);
    this.errors = new SyntaxErrors(tokens);
    this.reporter = reporter;
    this.start = tokens.peek().start();
    this.end = start;
  }

  /**
   * Reads a header.
   *
   * @param keywordRead whether the word {@code chain} was read, maybe misspelt
   */
  static Header read(
      TokenStream tokens, Reporter reporter, ParseOptions parse, boolean keywordRead) {
    HeaderParser parser = new HeaderParser(tokens, reporter, parse);
    try {
      if (!keywordRead) {
        parser.keyword();
      }
      parser.name();
      parser.hook();
      parser.optionsAndPolicy();
    } catch (SyntaxException e) {
      reporter.error(e);
      tokens.recover(true);
    }
    parser.checkOptions();
    return new Header(
        Optional.ofNullable(parser.name),
        Optional.ofNullable(parser.hook),
        parser.options.build(),
        Optional.ofNullable(parser.policy),
        new Span(parser.start, parser.end));
  }

  private void report(SyntaxException error) {
    reporter.error(error);
  }

  private void keyword() throws SyntaxException {
    if (tokens.kind() == CHAIN) {
      tokens.take();
      return;
    }
    SyntaxException error = errors.unexpected(p -> ChainAdvice.chain(p, strict), CHAIN);
    Problem problem = tokens.problem();
    if (ChainAdvice.foreign(problem).isPresent()) {
      // Nothing that could be said about the rest of a text in another language would help.
      tokens.skipAll();
      throw error;
    }
    if (tokens.kind() == INVALID && problem.chunk().endsWith("chain")) {
      report(error);
      tokens.restart(problem.chunkEnd() - "chain".length(), LexMode.INITIAL);
      tokens.take();
      return;
    }
    boolean misspelt =
        tokens.kind() == STRING
            && Suggestions.isClose(problem.chunk(), "chain")
            && Words.isWord(problem.chunkAfter(problem.chunkEnd()));
    if (!misspelt) {
      throw error;
    }
    report(error);
    tokens.restart(problem.chunkEnd(), LexMode.INITIAL);
  }

  private void name() throws SyntaxException {
    Problem problem = tokens.problem();
    SyntaxException error = errors.unexpected(p -> ChainAdvice.name(p, "chain"), STRING);
    switch (tokens.kind()) {
      case STRING -> {
        Token token = tokens.take();
        name = tokens.text(token);
        Problem next = tokens.problem();
        if (next.isGlued() && tokens.kind() == INVALID && !next.chunk().equals("{")) {
          report(errors.unexpected(p -> ChainAdvice.badName(p, p.previousStart()), HOOK));
          tokens.restart(next.chunkEnd(), LexMode.INITIAL);
        } else {
          Words.chainNameProblem(name).ifPresent(message -> reporter.error(token.span(), message));
        }
      }
      case HOOK -> report(error);
      case INVALID -> {
        if (problem.chunk().length() == 1) {
          throw error;
        }
        report(error);
        tokens.restart(problem.chunkEnd(), LexMode.INITIAL);
      }
      default -> {
        // A keyword in the same line is a badly chosen name.
        if (problem.gap().start() != problem.start() || tokens.kind() == TokenKind.END) {
          throw error;
        }
        report(error);
        tokens.restart(problem.end(), LexMode.INITIAL);
      }
    }
  }

  private void hook() throws SyntaxException {
    Problem problem = tokens.problem();
    SyntaxException error = errors.unexpected(ChainAdvice::hook, HOOK);
    switch (tokens.kind()) {
      case HOOK -> knownHook();
      case VERDICT -> {
        report(error);
        if (problem.chunkAfter(problem.end()).startsWith(Words.HOOK_PREFIX)) {
          policy(tokens.take());
          policyFirst = true;
          hook();
        }
      }
      case STRING -> {
        report(error);
        hook = Suggestions.sameHook(problem.chunk()).orElse(null);
        hookSpan = problem.chunkSpan();
        hookEnd = problem.chunkEnd();
        tokens.restart(hookEnd, LexMode.HOOK_OPTIONS);
      }
      case CHAIN -> {
        tokens.take();
        if (tokens.kind() != HOOK) {
          tokens.restart(problem.start(), LexMode.INITIAL);
          throw error;
        }
        report(error);
        knownHook();
      }
      default -> throw error;
    }
  }

  private void knownHook() {
    Token token = tokens.take();
    String word = tokens.text(token);
    hookSpan = token.span();
    Problem next = tokens.problem();
    hookEnd = next.previousEnd();
    if (next.isGlued() && next.kind() == INVALID && next.chunk().length() > 1) {
      word += next.chunk();
      hookSpan = hookSpan.to(next.chunkSpan());
      hookEnd = next.chunkEnd();
      tokens.restart(next.chunkEnd(), LexMode.HOOK_OPTIONS);
    }
    end = hookSpan.end();
    hook = Hook.ofKeyword(word).orElse(null);
    if (hook == null) {
      String unknown = word;
      Span span = hookSpan;
      reporter.error(() ->
          Diagnostic.error(
              span, "unknown hook " + Printable.quote(unknown), Suggestions.forHook(unknown)));
      hook = Suggestions.sameHook(word).orElse(null);
    }
  }

  private void optionsAndPolicy() throws SyntaxException {
    while (true) {
      SyntaxException error = errors.unexpected(ChainAdvice::policy, RAW_HOOKOPT, VERDICT);
      Problem problem = tokens.problem();
      switch (tokens.kind()) {
        case RAW_HOOKOPT -> option();
        case VERDICT -> {
          policy(tokens.take());
          return;
        }
        case STRING -> {
          int optionEnd = optionEnd(problem);
          if (optionEnd > problem.start()) {
            report(errors.unexpected(p -> ChainAdvice.option(p, optionEnd), RAW_HOOKOPT, VERDICT));
            tokens.restart(optionEnd, LexMode.HOOK_OPTIONS);
            options.refuse(problem.word());
          } else {
            report(error);
            tokens.restart(problem.chunkEnd(), LexMode.INITIAL);
            skipToPolicy(problem);
            return;
          }
        }
        case HOOK -> {
          report(error);
          tokens.take();
        }
        case RULE, SET, CHAIN, END -> {
          if (!policyFirst) {
            report(error);
          }
          return;
        }
        case INVALID -> {
          int close = problem.text().indexOf(')', problem.start());
          if (problem.chunk().equals("(") && close > 0) {
            report(errors.unexpected(p -> ChainAdvice.parentheses(p, close), RAW_HOOKOPT, VERDICT));
            tokens.restart(close + 1, LexMode.HOOK_OPTIONS);
          } else if (problem.chunk().equals(";") || problem.chunk().equals("}")) {
            report(error);
            tokens.take();
          } else {
            throw error;
          }
        }
        default -> throw error;
      }
    }
  }

  /** After a word that is no policy, one may follow: {@code policy accept} says what was meant. */
  private void skipToPolicy(Problem wrong) {
    boolean named = ForeignWords.verdict(wrong.chunk()).isPresent();
    Problem next = tokens.problem();
    if (!named && (tokens.kind() == VERDICT || ForeignWords.verdict(next.chunk()).isPresent())) {
      tokens.restart(next.chunkEnd(), LexMode.INITIAL);
    }
  }

  private void option() {
    Token token = tokens.take();
    String text = tokens.text(token);
    end = token.end();
    optionSpans.put(text.substring(0, text.indexOf('=')), token.span());
    Optional<Diagnostic> problem = options.add(text, token.span());
    problem.ifPresent(reporter::report);
    if (problem.isPresent() && text.startsWith("priorities") && isNumber()) {
      // The second priority, behind a comma, is a part of the same mistake.
      tokens.take();
    }
  }

  private boolean isNumber() {
    return tokens.kind() == STRING && NumberText.decimal(tokens.text(tokens.peek())) >= 0;
  }

  /** Where what is meant as a hook option ends; where it starts if nothing is. */
  private int optionEnd(Problem problem) {
    String text = problem.text();
    int keyEnd = problem.end();
    int i = problem.skipBlanks(keyEnd);
    boolean sign = i < text.length() && (text.charAt(i) == '=' || text.charAt(i) == ':');
    if (sign) {
      int value = problem.skipBlanks(i + 1);
      boolean empty = value >= text.length() || "},;".indexOf(text.charAt(value)) >= 0;
      return empty ? i + 1 : Problem.chunkEnd(text, value);
    }
    int open = text.lastIndexOf('{', problem.start());
    boolean inBraces = open >= hookEnd && text.lastIndexOf('}', problem.start()) < open;
    return inBraces ? keyEnd : problem.start();
  }

  private void policy(Token token) {
    String word = tokens.text(token);
    for (Policy candidate : Policy.values()) {
      if (candidate.name().equals(word)) {
        policy = candidate;
        return;
      }
    }
    reporter.error(() ->
        Diagnostic.error(
            token.span(), "'" + word + "' is not a valid chain policy", ChainAdvice.POLICIES));
  }

  private void checkOptions() {
    Hook known = hook;
    if (known != null) {
      options
          .incompatibility(known)
          .ifPresent(problem -> reporter.error(() -> incompatible(problem)));
    }
  }

  private Diagnostic incompatible(HookOptions.Incompatibility problem) {
    Span span = optionSpans.getOrDefault(problem.key(), hookSpan);
    return HookOptionsBuilder.diagnostic(problem, span);
  }
}
