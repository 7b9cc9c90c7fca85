package dev.jbpfilter.ruleset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads rules text. Errors do not stop the reading: each construct that can't be read is reported
 * and left out.
 *
 * <pre>{@code
 * ParseResult result = RulesetParser.parse(new Source("rules", text), InterfaceResolver.none());
 * }</pre>
 */
public final class RulesetParser {
  private final TokenStream tokens;
  private final Reporter reporter = new Reporter();
  private final ChainParser chainParser;

  private RulesetParser(Source source, InterfaceResolver interfaces) {
    this.tokens = new TokenStream(source.text());
    this.chainParser = new ChainParser(tokens, reporter, new PayloadReader(interfaces), interfaces);
  }

  /**
   * Reads a whole text.
   *
   * @param interfaces asked for the index of every interface that the text names
   */
  public static ParseResult parse(Source source, InterfaceResolver interfaces) {
    RulesetParser parser = new RulesetParser(source, interfaces);
    List<Chain> chains = parser.chains();
    Reporter reporter = parser.reporter;
    return new ParseResult(
        reporter.errors() == 0 ? new Ruleset(chains) : null,
        reporter.diagnostics(),
        reporter.omitted());
  }

  private List<Chain> chains() {
    List<Chain> chains = new ArrayList<>();
    do {
      Optional<Chain> chain = chainParser.chain();
      chain.ifPresent(chains::add);
    } while (tokens.kind() != TokenKind.END);
    return chains;
  }
}
