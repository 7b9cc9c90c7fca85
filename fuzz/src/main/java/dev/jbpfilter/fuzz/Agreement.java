package dev.jbpfilter.fuzz;

import dev.jbpfilter.cgen.analysis.InterpretedChain;
import dev.jbpfilter.cgen.analysis.Outcome;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.RulesPrinter;
import dev.jbpfilter.ruleset.Verdict;
import dev.jbpfilter.ruleset.packet.Evaluation;
import dev.jbpfilter.ruleset.packet.Evaluator;
import dev.jbpfilter.ruleset.packet.SocketCall;
import java.util.List;

/** Whether a chain's programs, in the interpreter, do what the reference evaluator says. */
public final class Agreement {
  private Agreement() {}

  /**
   * Runs a chain that sees packets on one after another; a fault of the program is a difference.
   *
   * @return the first difference, empty if there is none
   */
  public static String ofPackets(Finding finding) {
    for (Variant variant : Variant.some(finding.chain())) {
      String difference = ofPackets(finding, variant);
      if (!difference.isEmpty()) {
        return difference;
      }
    }
    return "";
  }

  /** The same for the chain compiled in one way. */
  public static String ofPackets(Finding finding, Variant variant) {
    Chain chain = finding.chain();
    World world = new World();
    Evaluator evaluator = Evaluator.of(chain, world);
    InterpretedChain interpreted = InterpretedChain.of(variant.compile(chain), world);
    Hook hook = chain.hook();
    for (TestPacket packet : finding.packets()) {
      world.next(packet.random());
      Evaluation evaluation = evaluator.evaluate(packet.input(hook));
      Outcome expected = Outcome.expected(chain, evaluation);
      Outcome actual = packet.run(interpreted);
      if (!actual.equals(expected)) {
        return describe(variant.name(), actual, expected, chain, packet);
      }
      long target =
          evaluation.verdict() instanceof Verdict.Redirect redirect ? redirect.ifindex() : 0;
      if (interpreted.redirectedTo() != target) {
        return describe("redirected", interpreted.redirectedTo(), target, chain, packet);
      }
    }
    return "";
  }

  /** The same for socket calls. */
  public static String ofCalls(Chain chain, List<SocketCall> calls) {
    for (Variant variant : Variant.some(chain)) {
      String difference = ofCalls(chain, calls, variant);
      if (!difference.isEmpty()) {
        return difference;
      }
    }
    return "";
  }

  private static String ofCalls(Chain chain, List<SocketCall> calls, Variant variant) {
    World world = new World();
    Evaluator evaluator = Evaluator.of(chain, world);
    InterpretedChain interpreted = InterpretedChain.of(variant.compile(chain), world);
    for (SocketCall call : calls) {
      world.next(call.hashCode());
      Outcome expected = Outcome.expected(chain, evaluator.evaluate(call));
      Outcome actual = interpreted.run(call);
      if (!actual.equals(expected)) {
        return describe(variant.name(), actual, expected, call + "\n" + RulesPrinter.print(chain));
      }
    }
    return "";
  }

  /** A difference, with what is needed to see it again. */
  public static String describe(
      String what, Object actual, Object expected, Chain chain, TestPacket packet) {
    return describe(what, actual, expected, new Finding(chain, List.of(packet)).toString());
  }

  private static String describe(String what, Object actual, Object expected, String where) {
    return String.format("%s%n  %s%nexpected%n  %s%nfor%n%s", what, actual, expected, where);
  }
}
