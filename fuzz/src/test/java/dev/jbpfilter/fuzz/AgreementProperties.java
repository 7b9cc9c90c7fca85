package dev.jbpfilter.fuzz;

import static org.assertj.core.api.Assertions.fail;

import dev.jbpfilter.bytecode.interpreter.ExecutionFault;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.RulesPrinter;
import dev.jbpfilter.ruleset.packet.SocketCall;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * The compiled program, in the interpreter, does what the reference evaluator says, on every hook,
 * with chance and time under control.
 */
class AgreementProperties {
  private static final int INPUTS = 60;

  @Property(tries = 600, shrinking = ShrinkingMode.OFF)
  void interpreterAgreesWithEvaluator(@ForAll long seed, @ForAll Hook hook) {
    check(seed, hook, 0, 30);
  }

  /** More rules that count and continue than one tail can defer. */
  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void longChainsToo(@ForAll long seed, @ForAll Hook hook) {
    check(seed, hook, 150, 250);
  }

  private static void check(long seed, Hook hook, int minRules, int maxRules) {
    SplittableRandom random = new SplittableRandom(seed);
    Chain chain = Chains.random(random, hook, true, minRules, maxRules);
    Function<Chain, String> difference;
    if (hook.flavor().seesPackets()) {
      List<TestPacket> packets = new ArrayList<>();
      for (int i = 0; i < INPUTS; i++) {
        packets.add(TestPacket.random(random, hook));
      }
      difference = c -> Agreement.ofPackets(new Finding(c, packets));
    } else {
      List<SocketCall> calls = new ArrayList<>();
      for (int i = 0; i < INPUTS; i++) {
        calls.add(Calls.random(random, hook));
      }
      difference = c -> Agreement.ofCalls(c, calls);
    }
    if (!problem(chain, difference).isEmpty()) {
      Chain small = Shrinking.shrink(chain, c -> !problem(c, difference).isEmpty());
      fail("seed %d, %s: %s", seed, hook, problem(small, difference));
    }
  }

  private static String problem(Chain chain, Function<Chain, String> difference) {
    try {
      return difference.apply(chain);
    } catch (ExecutionFault e) {
      return e.getMessage() + "\n" + RulesPrinter.print(chain);
    }
  }
}
