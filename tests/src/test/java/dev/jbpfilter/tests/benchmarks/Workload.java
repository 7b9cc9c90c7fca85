package dev.jbpfilter.tests.benchmarks;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.RulesetParser;
import dev.jbpfilter.ruleset.Source;
import dev.jbpfilter.ruleset.packet.Evaluator;
import dev.jbpfilter.ruleset.packet.PacketInput;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules of a benchmark and what they are tried on.
 *
 * @param rules sets and rules, without the chain that they belong to
 * @param packet the one that is measured over and over
 * @param stopped flows that end at some rule, over all rules and their corners
 * @param passed flows that reach the policy, many of them next to a rule's corner
 */
record Workload(String rules, Flow packet, List<Flow> stopped, List<Flow> passed) {
  Workload {
    stopped = List.copyOf(stopped);
    passed = List.copyOf(passed);
  }

  /** Rules, and flows of which the reference evaluator tells which ones a rule stops. */
  static Workload classified(String rules, Flow packet, List<Flow> candidates) {
    Evaluator evaluator = Evaluator.of(chain(Hook.XDP, rules));
    List<Flow> stopped = new ArrayList<>();
    List<Flow> passed = new ArrayList<>();
    for (Flow flow : candidates) {
      boolean atPolicy = evaluator.evaluate(PacketInput.ofFrame(flow.frame())).policyCounted();
      (atPolicy ? passed : stopped).add(flow);
    }
    return new Workload(rules, packet, stopped, passed);
  }

  /** The text of the chain on a hook. */
  String text(Hook hook) {
    return text(hook, rules);
  }

  /** The chain on a hook. */
  Chain chain(Hook hook) {
    return chain(hook, rules);
  }

  private static String text(Hook hook, String rules) {
    return "chain measured " + hook.keyword() + " ACCEPT\n" + rules;
  }

  private static Chain chain(Hook hook, String rules) {
    return RulesetParser.parse(new Source("benchmark", text(hook, rules)), InterfaceResolver.none())
        .ruleset()
        .orElseThrow(() -> new IllegalArgumentException("not rules: " + rules))
        .chains()
        .getFirst();
  }
}
