package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.Compiler;
import dev.jbpfilter.fuzz.Chains;
import dev.jbpfilter.fuzz.Frames;
import dev.jbpfilter.fuzz.InterpretedChain;
import dev.jbpfilter.fuzz.Outcome;
import dev.jbpfilter.loader.kernel.TestRun;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.RulesPrinter;
import dev.jbpfilter.ruleset.packet.Evaluator;
import dev.jbpfilter.ruleset.packet.PacketInput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Random chains on random frames: reference evaluator = interpreter = kernel. */
@AddLifecycleHook(SkipWithoutBpf.class)
class KernelAgreementTest {
  private static final int FRAMES = 40;

  @Provide
  Arbitrary<Chain> chains() {
    return Chains.xdp(0, 30);
  }

  @Property(tries = 150)
  void kernelAgreesWithEvaluator(@ForAll("chains") Chain chain, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Evaluator evaluator = Evaluator.of(chain);
    CompiledChain compiled = Compiler.compile(chain);
    InterpretedChain interpreted = InterpretedChain.of(compiled);
    try (KernelChain loaded = KernelChain.load(compiled)) {
      for (int i = 0; i < FRAMES; i++) {
        byte[] frame = Frames.random(random);
        Outcome expected = Outcome.expected(chain, evaluator.evaluate(PacketInput.ofFrame(frame)));
        int linear = 14 + random.nextInt(frame.length - 13);
        check(chain, frame, "interpreted", interpreted.run(frame, linear), expected);
        check(chain, frame, "linear", loaded.run(TestRun.of(frame)), expected);
        check(chain, frame, "split at " + linear, loaded.run(split(frame, linear)), expected);
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
              form, HexFormat.of().formatHex(frame), RulesPrinter.print(chain))
          .isEqualTo(expected);
    }
  }
}
