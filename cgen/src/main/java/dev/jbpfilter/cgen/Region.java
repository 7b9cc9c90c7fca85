package dev.jbpfilter.cgen;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rules that follow each other and are evaluated together.
 *
 * @param rules by ascending index
 * @param dispatch how those of them are found that can be looked up; null if all are tried in
 *     sequence
 */
record Region(List<FilterRule> rules, @Nullable Dispatch dispatch) {
  Region {
    rules = List.copyOf(rules);
  }

  /** How many rules are tried in sequence. */
  int inSequence() {
    if (dispatch == null) {
      return rules.size();
    }
    int count = 0;
    for (Dispatch.Run run : dispatch.sequential()) {
      count += run.rules().size();
    }
    return count;
  }
}
