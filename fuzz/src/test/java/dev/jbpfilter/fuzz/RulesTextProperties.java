package dev.jbpfilter.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.ParseResult;
import dev.jbpfilter.ruleset.RulesPrinter;
import dev.jbpfilter.ruleset.Ruleset;
import dev.jbpfilter.ruleset.RulesetParser;
import dev.jbpfilter.ruleset.Source;
import dev.jbpfilter.ruleset.testing.RandomChains;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;

/** What the printer writes, the parser reads back; and the parser survives anything. */
class RulesTextProperties {

  @Property(tries = 10_000, shrinking = ShrinkingMode.OFF)
  void parsingUndoesPrinting(@ForAll Random random) {
    Ruleset ruleset = new RandomChains(random).ruleset();
    String text = RulesPrinter.print(ruleset);
    ParseResult result = RulesetParser.parse(new Source("random", text), InterfaceResolver.none());
    assertThat(result.errors()).as(text).isEmpty();
    assertThat(result.ruleset().orElseThrow().withoutSpans())
        .as(text)
        .isEqualTo(ruleset.withoutSpans());
  }

  /** Ten thousand valid texts, ten ways to damage each. */
  @Property(tries = 10_000, shrinking = ShrinkingMode.OFF)
  void damagedTextsGiveDiagnostics(@ForAll Random random) {
    Damage damage = new Damage(random, Dictionary.RULES);
    String text = FuzzSeeds.rules(random);
    int accepted = 0;
    for (int i = 0; i < 10; i++) {
      String strict = random.nextInt(8) == 0 ? RulesFuzzer.STRICT : "";
      String damaged = strict + damage.apply(text);
      accepted += Fuzzing.check(RulesFuzzer::check, damaged, damaged) ? 1 : 0;
    }
    Statistics.label("accepted")
        .collect(accepted > 0)
        .coverage(coverage ->
            coverage.check(true).percentage(percentage -> percentage > 10 && percentage < 90));
  }
}
