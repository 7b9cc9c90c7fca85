package dev.jbpfilter.cgen;

import dev.jbpfilter.cgen.lookup.Boxes;
import dev.jbpfilter.cgen.lookup.Choice;
import java.util.List;
import java.util.Map;

/**
 * How the first matching rule of a region is found: for each class of packets by a lookup among
 * those rules that end the chain for the packet's sake alone. All others are tried in sequence
 * behind it, as far as they come before the one that was found.
 *
 * @param endings what outcomes mean
 * @param none the outcome if no rule is found
 * @param dimensions the fields that lookups compare
 * @param classes the rules of each class of packets, as boxes
 * @param choices how boxes are looked up; nothing for no boxes
 * @param sequential the rules that are not looked up
 */
record Dispatch(
    Endings endings,
    int none,
    List<Field> dimensions,
    Map<ProtocolClass, Boxes> classes,
    Map<Boxes, Choice> choices,
    List<Run> sequential) {

  /**
   * Rules that follow each other, of which none is looked up.
   *
   * @param behindOthers whether rules that are looked up come before them
   */
  record Run(boolean behindOthers, List<FilterRule> rules) {}
}
