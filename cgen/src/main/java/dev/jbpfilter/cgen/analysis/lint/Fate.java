package dev.jbpfilter.cgen.analysis.lint;

import java.util.List;

/** What becomes of some packets before they get to a place in the chain. */
sealed interface Fate {
  /**
   * All of them are decided.
   *
   * @param rules the rules that do it together, ascending
   */
  record Decided(List<Integer> rules) implements Fate {
    public Decided {
      rules = List.copyOf(rules);
    }
  }

  /** A point of them, if it is a packet, gets there. */
  record Open() implements Fate {}

  /** It would be too much work to tell. */
  record Unknown() implements Fate {}
}
