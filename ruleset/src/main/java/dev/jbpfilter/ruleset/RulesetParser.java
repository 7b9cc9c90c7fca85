package dev.jbpfilter.ruleset;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads rules text. Errors do not stop the reading: each construct that can't be read is reported
 * and left out.
 *
 * <pre>{@code
 * ParseResult result = RulesetParser.parse(new Source("rules", text), InterfaceResolver.none());
 * }</pre>
 */
public final class RulesetParser {
  private final ParseOptions options;
  private final Reporter reporter = new Reporter();
  private final List<Chain> chains = new ArrayList<>();

  private RulesetParser(ParseOptions options) {
    this.options = options;
  }

  /**
   * Reads a whole text, without {@code include}.
   *
   * @param interfaces asked for the index of every interface that the text names
   */
  public static ParseResult parse(Source source, InterfaceResolver interfaces) {
    return parse(source, ParseOptions.of(interfaces));
  }

  /** Reads a whole text. */
  public static ParseResult parse(Source source, ParseOptions options) {
    RulesetParser parser = new RulesetParser(options);
    SourceMap map;
    if (options.strict() || !Preprocessor.isNeeded(source.text())) {
      map = SourceMap.of(source);
      parser.chains(parser.tokens(source.text(), 0));
    } else {
      Preprocessor preprocessor = new Preprocessor(options.includes());
      parser.runs(preprocessor.process(source, parser.reporter));
      map = preprocessor.map();
    }
    return new ParseResult(
        parser.reporter.errors() == 0 ? new Ruleset(parser.chains) : null,
        parser.reporter.diagnostics(),
        parser.reporter.omitted(),
        map);
  }

  private TokenStream tokens(String text, int base) {
    return new TokenStream(text, base, options.strict());
  }

  private void chains(TokenStream tokens) {
    ChainParser parser = new ChainParser(tokens, reporter, options);
    do {
      parser.chain().ifPresent(chains::add);
    } while (tokens.kind() != TokenKind.END);
  }

  private void runs(List<Preprocessor.Run> runs) {
    boolean empty = true;
    Preprocessor.Site misplaced = null;
    for (Preprocessor.Run run : runs) {
      TokenStream tokens = tokens(run.text(), run.base());
      Preprocessor.Site before = run.before();
      if (before != null && before.equals(misplaced)) {
        skipToChain(tokens);
      } else if (before != null && isInsideChain(tokens)) {
        reporter.report(misplaced(before));
        skipToChain(tokens);
      }
      if (tokens.kind() != TokenKind.END) {
        chains(tokens);
        empty = false;
      }
      if (run.after() != null && reporter.replace(run.end(), misplaced(run.after()))) {
        misplaced = run.after();
      }
    }
    if (empty && reporter.errors() == 0) {
      reporter.error(
          new SyntaxErrors(tokens("", runs.getLast().end()))
              .unexpected(p -> ChainAdvice.chain(p, options.strict()), TokenKind.CHAIN));
    }
  }

  private static boolean isInsideChain(TokenStream tokens) {
    return tokens.kind() == TokenKind.RULE || tokens.kind() == TokenKind.SET;
  }

  private static void skipToChain(TokenStream tokens) {
    while (tokens.kind() != TokenKind.CHAIN && tokens.kind() != TokenKind.END) {
      tokens.take();
      tokens.recover(false);
    }
  }

  private static Diagnostic misplaced(Preprocessor.Site directive) {
    return Diagnostic.error(
        directive.span(),
        "'" + directive.word() + "' must stand before the first chain or between chains");
  }
}
