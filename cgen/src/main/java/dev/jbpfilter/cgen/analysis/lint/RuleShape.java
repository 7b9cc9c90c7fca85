package dev.jbpfilter.cgen.analysis.lint;

import dev.jbpfilter.cgen.ParseDepth;
import dev.jbpfilter.ruleset.Rule;
import java.util.List;

/**
 * Which points a rule matches.
 *
 * @param boxes outside of them it never matches
 * @param exact whether it matches all points in them: not so if it depends on chance, or on what is
 *     not told apart
 * @param depth how far packets must be parsed for it
 */
record RuleShape(Rule rule, List<Box> boxes, boolean exact, ParseDepth depth) {
  RuleShape {
    boxes = List.copyOf(boxes);
  }

  int index() {
    return rule.index();
  }

  /** Whether every packet in the boxes that gets to the rule is decided by it. */
  boolean decides() {
    return exact && rule.verdict().isTerminal();
  }

  /** Whether a match leaves a trace besides the verdict. */
  boolean hasEffect() {
    return rule.counter() || rule.log() != null || rule.mark() != null;
  }
}
