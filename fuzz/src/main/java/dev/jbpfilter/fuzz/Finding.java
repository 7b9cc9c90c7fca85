package dev.jbpfilter.fuzz;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.ParseResult;
import dev.jbpfilter.ruleset.RulesPrinter;
import dev.jbpfilter.ruleset.RulesetParser;
import dev.jbpfilter.ruleset.Source;
import java.util.ArrayList;
import java.util.List;

/**
 * A chain and packets on which evaluator, interpreter and kernel once disagreed. As text it is the
 * chain's rules after a line {@code # packet …} for each packet.
 */
public record Finding(Chain chain, List<TestPacket> packets) {
  private static final String PACKET = "# packet ";

  /** Copies the list. */
  public Finding {
    packets = List.copyOf(packets);
  }

  /**
   * What {@link #toString()} wrote.
   *
   * @throws IllegalArgumentException if it did not
   */
  public static Finding parse(String text) {
    List<TestPacket> packets = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (line.startsWith(PACKET)) {
        packets.add(TestPacket.parse(line.substring(PACKET.length())));
      }
    }
    ParseResult result = RulesetParser.parse(new Source("finding", text), InterfaceResolver.none());
    Chain chain =
        result
            .ruleset()
            .orElseThrow(() -> new IllegalArgumentException(result.errors().toString()))
            .chains()
            .getFirst();
    return new Finding(chain, packets);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (TestPacket packet : packets) {
      text.append(PACKET).append(packet).append('\n');
    }
    return text.append(RulesPrinter.print(chain)).toString();
  }
}
