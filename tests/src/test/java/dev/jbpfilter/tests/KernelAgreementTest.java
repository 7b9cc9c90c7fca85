package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.fail;

import dev.jbpfilter.bytecode.interpreter.ExecutionFault;
import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.Compiler;
import dev.jbpfilter.fuzz.Agreement;
import dev.jbpfilter.fuzz.Chains;
import dev.jbpfilter.fuzz.InterpretedChain;
import dev.jbpfilter.fuzz.Outcome;
import dev.jbpfilter.fuzz.Shrinking;
import dev.jbpfilter.fuzz.TestPacket;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Flavor;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.RulesPrinter;
import dev.jbpfilter.ruleset.packet.Evaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * The three-way property: random chains do to random packets what the reference evaluator says, in
 * the interpreter and in the kernel, on every hook that can be test-run.
 *
 * <p>2000 pairs of a chain and a packet, or as many as the system property {@code agreement.pairs}
 * says; the Maven profile {@code deep} says a million. A failure prints its seed, the packet and a
 * chain made small.
 */
@AddLifecycleHook(SkipWithoutBpf.class)
class KernelAgreementTest {
  private static final int PACKETS = 40;
  private static final int PAIRS = Integer.getInteger("agreement.pairs", 2000);
  private static final int MOST_RULES = 30;

  @Property(tries = 1, shrinking = ShrinkingMode.OFF)
  void kernelAndInterpreterAgreeWithEvaluator(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Hook> hooks = hooks();
    for (int pairs = 0; pairs < PAIRS; pairs += PACKETS) {
      check(random.nextLong(), hooks.get(pairs / PACKETS % hooks.size()));
    }
  }

  /** The hooks whose programs the kernel runs on request. */
  private static List<Hook> hooks() {
    List<Hook> hooks = new ArrayList<>();
    for (Hook hook : Hook.values()) {
      if (hook.flavor().seesPackets()) {
        hooks.add(hook);
      }
    }
    return hooks;
  }

  private static void check(long seed, Hook hook) {
    SplittableRandom random = new SplittableRandom(seed);
    Chain chain = Chains.random(random, hook, false, 0, MOST_RULES);
    List<TestPacket> packets = new ArrayList<>();
    for (int i = 0; i < PACKETS; i++) {
      packets.add(TestPacket.forTestRun(random, hook));
    }
    if (!difference(chain, packets).isEmpty()) {
      Chain small = Shrinking.shrink(chain, c -> !difference(c, packets).isEmpty());
      fail("seed %d on %s: %s", seed, hook, difference(small, packets));
    }
  }

  /** The first difference; empty if there is none. */
  static String difference(Chain chain, List<TestPacket> packets) {
    Hook hook = chain.hook();
    Evaluator evaluator = Evaluator.of(chain);
    CompiledChain compiled = Compiler.compile(chain);
    InterpretedChain interpreted = InterpretedChain.of(compiled);
    try (KernelChain loaded = KernelChain.load(compiled)) {
      for (TestPacket packet : packets) {
        Outcome expected = Outcome.expected(chain, evaluator.evaluate(packet.input(hook)));
        List<Run> runs = new ArrayList<>();
        runs.add(new Run("interpreted", interpreted.run(packet)));
        runs.add(new Run("in the kernel", loaded.run(packet)));
        if (hook.flavor() == Flavor.XDP) {
          runs.add(new Run("in the kernel, split", loaded.runSplit(packet)));
        }
        for (Run run : runs) {
          if (!run.outcome.equals(expected)) {
            return Agreement.describe(run.name, run.outcome, expected, chain, packet);
          }
        }
      }
      return "";
    } catch (ExecutionFault | BpfException e) {
      return e + System.lineSeparator() + RulesPrinter.print(chain);
    }
  }

  private record Run(String name, Outcome outcome) {}
}
