package dev.jbpfilter.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.testing.RandomChains;
import dev.jbpfilter.ruleset.testing.Rebuilding;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever chain there can be, the words of Matchers build it, and taking it apart loses nothing.
 */
class BuilderProperties {

  @Property(tries = 1000)
  void buildsEveryChain(@ForAll long seed, @ForAll boolean numbers) {
    Chain chain = new RandomChains(new SplittableRandom(seed)).chain();
    assertThat(Rebuilding.rebuild(chain, numbers)).isEqualTo(chain);
  }

  @Property(tries = 1000)
  void draftsMakeTheSameChain(@ForAll long seed) {
    Chain chain = new RandomChains(new SplittableRandom(seed)).chain();
    assertThat(chain.toBuilder().build()).isEqualTo(chain);
    assertThat(chain.withRules(chain.drafts())).isEqualTo(chain);
  }
}
