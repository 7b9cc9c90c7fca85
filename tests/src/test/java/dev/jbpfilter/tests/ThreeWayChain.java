package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.Compiler;
import dev.jbpfilter.cgen.analysis.InterpretedChain;
import dev.jbpfilter.cgen.analysis.Outcome;
import dev.jbpfilter.fuzz.TestPacket;
import dev.jbpfilter.fuzz.World;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Flavor;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.RulesetParser;
import dev.jbpfilter.ruleset.Source;
import dev.jbpfilter.ruleset.packet.Environment;
import dev.jbpfilter.ruleset.packet.Evaluator;

/**
 * A chain in the reference evaluator, in the interpreter and in the kernel, which have to agree.
 * Numbers drawn are 0 %.
 */
final class ThreeWayChain implements AutoCloseable {
  private final Chain chain;
  private final Evaluator evaluator;
  private final InterpretedChain interpreted;
  private final KernelChain loaded;

  private ThreeWayChain(Chain chain) {
    this.chain = chain;
    CompiledChain compiled = Compiler.compile(chain);
    evaluator = Evaluator.of(chain, Environment.fixed(1, 0));
    interpreted = InterpretedChain.of(compiled, new World());
    loaded = KernelChain.load(compiled);
  }

  /** Loads the chain of a text. */
  static ThreeWayChain of(String text) {
    return new ThreeWayChain(parse(text));
  }

  /** The only chain of a text. */
  static Chain parse(String text) {
    return RulesetParser.parse(new Source("test", text), InterfaceResolver.none())
        .ruleset()
        .orElseThrow(() -> new IllegalArgumentException(text))
        .chains()
        .getFirst();
  }

  /** What all three do with a packet; XDP programs see it whole and split. */
  Outcome run(TestPacket packet) {
    Outcome expected = Outcome.expected(chain, evaluator.evaluate(packet.input(chain.hook())));
    assertThat(packet.run(interpreted)).as("interpreted %s", packet).isEqualTo(expected);
    assertThat(loaded.run(packet)).as("in the kernel %s", packet).isEqualTo(expected);
    if (chain.hook().flavor() == Flavor.XDP) {
      TestPacket split = packet.withLinear(14);
      assertThat(split.run(interpreted)).as("interpreted %s", split).isEqualTo(expected);
      assertThat(loaded.runSplit(split)).as("in the kernel %s", split).isEqualTo(expected);
    }
    return expected;
  }

  @Override
  public void close() {
    loaded.close();
  }
}
