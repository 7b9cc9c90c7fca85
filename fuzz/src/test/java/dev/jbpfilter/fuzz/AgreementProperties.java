package dev.jbpfilter.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.cgen.Compiler;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.packet.Evaluator;
import dev.jbpfilter.ruleset.packet.PacketInput;
import java.util.HexFormat;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The compiled program, in the interpreter, does what the reference evaluator says. */
class AgreementProperties {
  private static final int FRAMES = 60;

  @Provide
  Arbitrary<Chain> chains() {
    return Chains.xdp(0, 30);
  }

  /** More rules that count and continue than one tail can defer. */
  @Provide
  Arbitrary<Chain> longChains() {
    return Chains.xdp(200, 300);
  }

  @Property(tries = 400)
  void interpreterAgreesWithEvaluator(@ForAll("chains") Chain chain, @ForAll long seed) {
    check(chain, seed);
  }

  @Property(tries = 40)
  void longChainsToo(@ForAll("longChains") Chain chain, @ForAll long seed) {
    check(chain, seed);
  }

  private static void check(Chain chain, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Evaluator evaluator = Evaluator.of(chain);
    InterpretedChain interpreted = InterpretedChain.of(Compiler.compile(chain));
    for (int i = 0; i < FRAMES; i++) {
      byte[] frame = Frames.random(random);
      Outcome expected = Outcome.expected(chain, evaluator.evaluate(PacketInput.ofFrame(frame)));
      for (int linear : new int[] {frame.length, 14 + random.nextInt(frame.length - 13)}) {
        assertThat(interpreted.run(frame, linear))
            .as("first %d bytes of %s", linear, HexFormat.of().formatHex(frame))
            .isEqualTo(expected);
      }
    }
  }
}
