package dev.jbpfilter.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.ParseResult;
import dev.jbpfilter.ruleset.RulesPrinter;
import dev.jbpfilter.ruleset.Ruleset;
import dev.jbpfilter.ruleset.RulesetParser;
import dev.jbpfilter.ruleset.Source;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What the printer writes, the parser reads back; and the parser survives anything. */
class RulesTextProperties {

  @Provide
  Arbitrary<Chain> chains() {
    return Chains.xdp(0, 12);
  }

  @Property(tries = 500)
  void parsingUndoesPrinting(@ForAll("chains") Chain chain) {
    String text = RulesPrinter.print(new Ruleset(List.of(chain)));
    ParseResult result = parse(text);
    assertThat(result.errors()).as(text).isEmpty();
    assertThat(result.ruleset().orElseThrow().chains().getFirst().withoutSpans())
        .isEqualTo(chain.withoutSpans());
  }

  @Property(tries = 1000)
  void damagedTextGivesDiagnostics(@ForAll("chains") Chain chain, @ForAll long seed) {
    StringBuilder text = new StringBuilder(RulesPrinter.print(new Ruleset(List.of(chain))));
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i <= random.nextInt(4); i++) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, (char) random.nextInt(1, 300));
        default -> text.setCharAt(at, (char) random.nextInt(32, 127));
      }
    }
    ParseResult result = parse(text.toString());
    assertThat(result.ruleset().isPresent()).isEqualTo(result.errors().isEmpty());
  }

  private static ParseResult parse(String text) {
    return RulesetParser.parse(new Source("random", text), InterfaceResolver.none());
  }
}
