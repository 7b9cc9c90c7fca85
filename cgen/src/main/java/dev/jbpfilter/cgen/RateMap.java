package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;

/** When each rule last logged, on the clock of log records: 0 at first, which is the boot. */
final class RateMap {
  /** Name of the map and of its pin. */
  static final String NAME = "bf_smap";

  private RateMap() {}

  /** The map for a chain with a number of rules. */
  static MapSpec spec(int rules) {
    return new MapSpec(NAME, MapType.ARRAY, Integer.BYTES, Long.BYTES, rules, 0, null);
  }
}
