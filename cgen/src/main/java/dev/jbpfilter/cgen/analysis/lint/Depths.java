package dev.jbpfilter.cgen.analysis.lint;

import dev.jbpfilter.cgen.ParseDepth;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Which rules alone have packets parsed as far as they are. */
final class Depths {
  private final Map<ParseDepth, Integer> rules = new EnumMap<>(ParseDepth.class);

  Depths(List<RuleShape> shapes) {
    for (RuleShape shape : shapes) {
      rules.merge(shape.depth(), 1, Integer::sum);
    }
  }

  /** Whether packets would be parsed less far without a rule, one of those that are left. */
  boolean dependOn(RuleShape shape) {
    int others = -1;
    for (Map.Entry<ParseDepth, Integer> entry : rules.entrySet()) {
      others += entry.getKey().compareTo(shape.depth()) >= 0 ? entry.getValue() : 0;
    }
    return others == 0 && shape.depth() != ParseDepth.NONE;
  }

  /** Takes a rule away. */
  void remove(RuleShape shape) {
    rules.merge(shape.depth(), -1, Integer::sum);
  }
}
