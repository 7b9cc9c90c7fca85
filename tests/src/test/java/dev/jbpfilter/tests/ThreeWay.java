package dev.jbpfilter.tests;

import dev.jbpfilter.bytecode.interpreter.ExecutionFault;
import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.fuzz.Agreement;
import dev.jbpfilter.fuzz.Finding;
import dev.jbpfilter.fuzz.InterpretedChain;
import dev.jbpfilter.fuzz.Outcome;
import dev.jbpfilter.fuzz.TestPacket;
import dev.jbpfilter.fuzz.Variant;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Flavor;
import dev.jbpfilter.ruleset.packet.Evaluation;
import dev.jbpfilter.ruleset.packet.Evaluator;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Compares reference evaluator, interpreter and kernel, and remembers what they were given. */
final class ThreeWay {
  private final Map<String, Integer> seen = new LinkedHashMap<>();

  /** How many packets were of which kind. */
  Map<String, Integer> seen() {
    return Collections.unmodifiableMap(seen);
  }

  /** How many packets were of a kind. */
  int seen(String kind) {
    return seen.getOrDefault(kind, 0);
  }

  /** The first difference, of a chain compiled in some ways; empty if there is none. */
  String difference(Finding finding) {
    for (Variant variant : Variant.some(finding.chain())) {
      String difference = difference(finding, variant);
      if (!difference.isEmpty()) {
        return variant.name() + ", " + difference;
      }
    }
    return "";
  }

  private String difference(Finding finding, Variant variant) {
    Chain chain = finding.chain();
    Evaluator evaluator = Evaluator.of(chain);
    CompiledChain compiled = variant.compile(chain);
    InterpretedChain interpreted = InterpretedChain.of(compiled);
    try (KernelChain loaded = KernelChain.load(compiled)) {
      for (TestPacket packet : finding.packets()) {
        Evaluation evaluation = evaluator.evaluate(packet.input(chain.hook()));
        note(evaluation);
        Outcome expected = Outcome.expected(chain, evaluation);
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        outcomes.put("interpreted", interpreted.run(packet));
        outcomes.put("in the kernel", loaded.run(packet));
        if (chain.hook().flavor() == Flavor.XDP) {
          outcomes.put("in the kernel, split", loaded.runSplit(packet));
        }
        for (Map.Entry<String, Outcome> outcome : outcomes.entrySet()) {
          if (!outcome.getValue().equals(expected)) {
            return Agreement.describe(
                outcome.getKey(), outcome.getValue(), expected, chain, packet);
          }
        }
      }
      return "";
    } catch (ExecutionFault | BpfException e) {
      return e + System.lineSeparator() + finding;
    }
  }

  private void note(Evaluation evaluation) {
    count("counted", !evaluation.countedRules().isEmpty());
    count("malformed", evaluation.malformed());
    count("logged", !evaluation.log().isEmpty());
    count("passed on", evaluation.policyCounted());
  }

  private void count(String kind, boolean is) {
    seen.merge(kind, is ? 1 : 0, Integer::sum);
  }
}
