package dev.jbpfilter.ruleset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The chains of one text, in written order. A name may occur more than once; commands that store
 * chains refuse that.
 */
public record Ruleset(List<Chain> chains) {

  public Ruleset {
    chains = List.copyOf(chains);
  }

  /** The given chains. */
  public static Ruleset of(Chain... chains) {
    return new Ruleset(List.of(chains));
  }

  /**
   * Reads a text that is known to be right, such as a constant of the program; {@link
   * RulesetParser} is for texts of users.
   *
   * @throws IllegalArgumentException that shows the errors and where they are
   */
  public static Ruleset parse(String text) {
    ParseResult result = RulesetParser.parse(new Source("rules", text), InterfaceResolver.none());
    return result
        .ruleset()
        .orElseThrow(() -> {
          DiagnosticPrinter printer = new DiagnosticPrinter(result.sources());
          StringBuilder message = new StringBuilder();
          for (Diagnostic error : result.errors()) {
            message
                .append(message.isEmpty() ? "" : "\n")
                .append(printer.print(error).stripTrailing());
          }
          return new IllegalArgumentException(message.toString());
        });
  }

  /** The first chain of that name. */
  public Optional<Chain> chain(String name) {
    for (Chain chain : chains) {
      if (chain.name().equals(name)) {
        return Optional.of(chain);
      }
    }
    return Optional.empty();
  }

  /** The name of a chain that {@code name} may be a misspelling of. */
  public Optional<String> nameLike(String name) {
    List<String> names = new ArrayList<>();
    for (Chain chain : chains) {
      names.add(chain.name());
    }
    return Suggestions.closestWord(name, names);
  }

  /** The text of the chains, as {@link RulesPrinter} writes it. */
  @Override
  public String toString() {
    return RulesPrinter.describe(chains);
  }

  /** The same chains, as if not read from a text: what equality of meaning compares. */
  public Ruleset withoutSpans() {
    List<Chain> plain = new ArrayList<>(chains.size());
    for (Chain chain : chains) {
      plain.add(chain.withoutSpans());
    }
    return new Ruleset(plain);
  }
}
