package dev.jbpfilter.tests;

import dev.jbpfilter.bytecode.interpreter.ExecutionFault;
import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.analysis.InterpretedChain;
import dev.jbpfilter.cgen.analysis.Outcome;
import dev.jbpfilter.fuzz.Agreement;
import dev.jbpfilter.fuzz.Finding;
import dev.jbpfilter.fuzz.TestPacket;
import dev.jbpfilter.fuzz.Variant;
import dev.jbpfilter.fuzz.World;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Flavor;
import dev.jbpfilter.ruleset.packet.Evaluation;
import dev.jbpfilter.ruleset.packet.Evaluator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares reference evaluator, interpreter and kernel, and remembers what they were given. */
final class ThreeWay {
  /**
   * Longer chains are not loaded in sequence: with several matchers for each rule they may be more
   * than the verifier takes, which is why they are looked up.
   */
  private static final int MOST_RULES_IN_SEQUENCE = 300;

  private final Map<String, Integer> seen = new LinkedHashMap<>();
  private final Map<String, Integer> compared = new TreeMap<>();

  /** How many packets were of which kind. */
  Map<String, Integer> seen() {
    return Collections.unmodifiableMap(seen);
  }

  /** How many packets were of a kind. */
  int seen(String kind) {
    return seen.getOrDefault(kind, 0);
  }

  /** How often each kind of program was compared with the evaluator, and where it ran. */
  Map<String, Integer> compared() {
    return Collections.unmodifiableMap(compared);
  }

  /** The first difference, of a chain compiled in some ways; empty if there is none. */
  String difference(Finding finding) {
    return difference(finding, Variant.some(finding.chain()));
  }

  /** The same for some ways. */
  String difference(Finding finding, List<Variant> variants) {
    Evaluator evaluator = Evaluator.of(finding.chain());
    List<Outcome> expected = new ArrayList<>();
    for (TestPacket packet : finding.packets()) {
      Evaluation evaluation = evaluator.evaluate(packet.input(finding.chain().hook()));
      note(evaluation);
      expected.add(Outcome.expected(finding.chain(), evaluation));
    }
    for (Variant variant : variants) {
      String difference = difference(finding, expected, variant);
      if (!difference.isEmpty()) {
        return variant.name() + ", " + difference;
      }
    }
    return "";
  }

  private String difference(Finding finding, List<Outcome> expected, Variant variant) {
    CompiledChain compiled = variant.compile(finding.chain());
    int rules = finding.chain().rules().size();
    String kind = variant.options().forced() == null ? variant.name() : "forced";
    try {
      String difference = interpreted(compiled, finding, expected);
      compared.merge(kind + " interpreted", expected.size(), Integer::sum);
      if (difference.isEmpty()
          && (variant.options().optimise() || rules <= MOST_RULES_IN_SEQUENCE)) {
        difference = loaded(compiled, finding, expected);
        compared.merge(kind + " in the kernel", expected.size(), Integer::sum);
      }
      return difference;
    } catch (ExecutionFault | BpfException e) {
      return e + System.lineSeparator() + finding;
    }
  }

  private static String interpreted(
      CompiledChain compiled, Finding finding, List<Outcome> expected) {
    InterpretedChain interpreted = InterpretedChain.of(compiled, new World());
    for (int i = 0; i < expected.size(); i++) {
      TestPacket packet = finding.packets().get(i);
      Outcome actual = packet.run(interpreted);
      if (!actual.equals(expected.get(i))) {
        return Agreement.describe("interpreted", actual, expected.get(i), finding.chain(), packet);
      }
    }
    return "";
  }

  private static String loaded(CompiledChain compiled, Finding finding, List<Outcome> expected) {
    Chain chain = finding.chain();
    try (KernelChain loaded = KernelChain.load(compiled)) {
      for (int i = 0; i < expected.size(); i++) {
        TestPacket packet = finding.packets().get(i);
        Outcome wanted = expected.get(i);
        Outcome actual = loaded.run(packet, wanted);
        if (!actual.equals(wanted)) {
          return Agreement.describe("in the kernel", actual, wanted, chain, packet);
        }
        if (chain.hook().flavor() == Flavor.XDP) {
          Outcome split = loaded.runSplit(packet, wanted);
          if (!split.equals(wanted)) {
            return Agreement.describe("in the kernel, split", split, wanted, chain, packet);
          }
        }
      }
      return loaded.countedUnread()
          ? "a counter grew in the kernel that should not" + System.lineSeparator() + finding
          : "";
    }
  }

  private void note(Evaluation evaluation) {
    count("matched", !evaluation.matchedRules().isEmpty());
    count("counted", !evaluation.countedRules().isEmpty());
    count("malformed", evaluation.malformed());
    count("logged", !evaluation.log().isEmpty());
    count("passed on", evaluation.policyCounted());
  }

  private void count(String kind, boolean is) {
    seen.merge(kind, is ? 1 : 0, Integer::sum);
  }
}
