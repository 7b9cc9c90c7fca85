package dev.jbpfilter.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;

/** Parsing in one call, with an interface {@code lo} of index 1 and {@code eth0} of index 2. */
public final class Texts {
  public static final InterfaceResolver INTERFACES =
      name ->
          switch (name) {
            case "lo" -> OptionalLong.of(1);
            case "eth0" -> OptionalLong.of(2);
            case "eth0.1" -> OptionalLong.of(7);
            default -> OptionalLong.empty();
          };

  private Texts() {}

  public static ParseResult parse(String text) {
    return RulesetParser.parse(new Source("test", text), INTERFACES);
  }

  /** The ruleset of a text that must be accepted. */
  public static Ruleset accept(String text) {
    ParseResult result = parse(text);
    assertThat(result.errors()).as(text).isEmpty();
    return result.ruleset().orElseThrow();
  }

  /** The only chain of a text that must be accepted. */
  public static Chain chain(String text) {
    List<Chain> chains = accept(text).chains();
    assertThat(chains).hasSize(1);
    return chains.getFirst();
  }

  /** The only rule of a chain that must be accepted. */
  public static Rule rule(String text) {
    List<Rule> rules = chain(text).rules();
    assertThat(rules).hasSize(1);
    return rules.getFirst();
  }

  /** The first error of a text that must be refused. */
  public static Diagnostic refuse(String text) {
    ParseResult result = parse(text);
    assertThat(result.ruleset()).as(text).isEmpty();
    assertThat(result.errors()).as(text).isNotEmpty();
    return result.errors().getFirst();
  }
}
