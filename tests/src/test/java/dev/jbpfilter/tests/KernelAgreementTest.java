package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.Compiler;
import dev.jbpfilter.fuzz.Chains;
import dev.jbpfilter.fuzz.Frames;
import dev.jbpfilter.loader.kernel.TestRun;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Ruleset;
import dev.jbpfilter.ruleset.RulesPrinter;
import dev.jbpfilter.ruleset.packet.Evaluator;
import dev.jbpfilter.ruleset.packet.PacketInput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.JqwikException;
import org.junit.jupiter.api.Test;

/** Random chains on random frames: the kernel does what the reference evaluator says. */
@RequiresBpf
class KernelAgreementTest {
  private static final int CHAINS = Integer.getInteger("jbpfilter.agreement.chains", 200);
  private static final int FRAMES = Integer.getInteger("jbpfilter.agreement.frames", 40);

  /** Fixed in the ordinary run, so that it repeats; any other number explores. */
  private static final long SEED = Long.getLong("jbpfilter.agreement.seed", 20261123);

  @Test
  void kernelAgreesWithEvaluator() throws JqwikException {
    SplittableRandom random = new SplittableRandom(SEED);
    Arbitrary<Chain> chains = Chains.xdp(30);
    var generator = chains.generator(CHAINS, true);
    for (int i = 0; i < CHAINS; i++) {
      Chain chain = generator.next(new java.util.Random(random.nextLong())).value();
      CompiledChain compiled = Compiler.compile(chain);
      Evaluator evaluator = Evaluator.of(chain);
      try (KernelChain loaded = KernelChain.load(compiled)) {
        for (int j = 0; j < FRAMES; j++) {
          byte[] frame = Frames.random(random);
          Outcome expected =
              Outcome.expected(chain, evaluator.evaluate(PacketInput.ofFrame(frame)));
          check(chain, frame, "linear", loaded.run(TestRun.of(frame)), expected);
          int linear = 14 + random.nextInt(frame.length - 13);
          check(chain, frame, "split at " + linear, loaded.run(split(frame, linear)), expected);
        }
      }
    }
  }

  /** A frame whose first buffer ends early (context field data_end of BPF_PROG_TEST_RUN). */
  private static TestRun split(byte[] frame, int linear) {
    ByteBuffer context = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    context.putInt(4, linear);
    return TestRun.of(frame).withContext(context.array());
  }

  private static void check(
      Chain chain, byte[] frame, String form, Outcome actual, Outcome expected) {
    if (!actual.equals(expected)) {
      assertThat(actual)
          .as(
              "%s frame %s on%n%s",
              form,
              HexFormat.of().formatHex(frame),
              RulesPrinter.print(new Ruleset(List.of(chain))))
          .isEqualTo(expected);
    }
  }
}
