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
}
