package dev.jbpfilter.cli;

import dev.jbpfilter.loader.Counter;
import dev.jbpfilter.loader.LoadedChain;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.PayloadText;
import dev.jbpfilter.ruleset.Rule;
import java.io.PrintStream;

/** Prints chains with their counters, as {@code ruleset get} and {@code chain get} do. */
final class Listing {
  private final ChainText text;

  /**
   * @param payloads how to print what matchers compare with
   * @param setContent whether to print the elements of sets or only their number
   */
  Listing(PrintStream out, PayloadText payloads, boolean setContent) {
    this.text = new ChainText(out, payloads, setContent);
  }

  void print(LoadedChain loaded) {
    Chain chain = loaded.chain();
    text.line(ChainText.head(chain, InterfaceResolver.none()));
    String policy = counter(chain, loaded.policy());
    String errors = counter(chain, loaded.errors());
    text.line(ChainText.STEP, "counters policy ", policy, "; error ", errors);
    text.namedSets(chain);
    for (Rule rule : chain.rules()) {
      text.line(ChainText.STEP, "rule");
      text.rule(chain, rule, "counters " + counter(chain, loaded.rules().get(rule.index())));
    }
    text.pass();
  }

  private static String counter(Chain chain, Counter counter) {
    String count = Long.toUnsignedString(counter.packets());
    return chain.hook().flavor().seesPackets()
        ? count + " packets " + Long.toUnsignedString(counter.bytes()) + " bytes"
        : count + " calls";
  }
}
