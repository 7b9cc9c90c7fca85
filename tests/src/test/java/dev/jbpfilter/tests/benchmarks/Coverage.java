package dev.jbpfilter.tests.benchmarks;

import dev.jbpfilter.tests.benchmarks.RuleValues.Network;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The addresses that some networks have. */
final class Coverage {
  /** First to last address, as unsigned numbers, of networks that are not within others. */
  private final TreeMap<Long, Long> outermost = new TreeMap<>();

  private Coverage() {}

  static Coverage of(List<Network> networks) {
    Coverage coverage = new Coverage();
    for (Network network : networks) {
      // Networks of one first address are within each other.
      coverage.outermost.merge(
          Integer.toUnsignedLong(network.first()),
          Integer.toUnsignedLong(network.last()),
          Long::max);
    }
    long end = -1;
    for (var entries = coverage.outermost.entrySet().iterator(); entries.hasNext(); ) {
      Map.Entry<Long, Long> entry = entries.next();
      if (entry.getValue() <= end) {
        entries.remove();
      } else {
        end = entry.getValue();
      }
    }
    return coverage;
  }

  boolean contains(int address) {
    long number = Integer.toUnsignedLong(address);
    Map.Entry<Long, Long> before = outermost.floorEntry(number);
    return before != null && number <= before.getValue();
  }
}
