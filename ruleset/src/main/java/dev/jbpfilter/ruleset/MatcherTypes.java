package dev.jbpfilter.ruleset;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The matcher types, without the copy that {@code values()} makes at every call. */
final class MatcherTypes {
  static final List<MatcherType> ALL = List.of(MatcherType.values());

  private static final int TABLE_SIZE = 128;

  /** By the hash of the keyword, the next free place if that is taken. */
  private static final @Nullable MatcherType[] TABLE = table();

  private MatcherTypes() {}

  /** The type whose keyword {@code text} has from {@code start} to {@code end}, if there is one. */
  static @Nullable MatcherType at(String text, int start, int end) {
    int slot = hash(text, start, end);
    MatcherType type = TABLE[slot];
    while (type != null && !isAt(type, text, start, end)) {
      slot = (slot + 1) % TABLE.length;
      type = TABLE[slot];
    }
    return type;
  }

  /** The type with the longest keyword that {@code text} goes on with at {@code start}. */
  static @Nullable MatcherType longestAt(String text, int start) {
    MatcherType longest = null;
    for (MatcherType type : ALL) {
      if (text.startsWith(type.keyword(), start)
          && (longest == null || type.keyword().length() > longest.keyword().length())) {
        longest = type;
      }
    }
    return longest;
  }

  private static boolean isAt(MatcherType type, String text, int start, int end) {
    return type.keyword().length() == end - start && text.startsWith(type.keyword(), start);
  }

  private static int hash(String text, int start, int end) {
    int hash = 0;
    for (int i = start; i < end; i++) {
      hash = 31 * hash + text.charAt(i);
    }
    return (hash ^ hash >>> 16) & (TABLE_SIZE - 1);
  }

  private static @Nullable MatcherType[] table() {
    MatcherType[] table = new MatcherType[TABLE_SIZE];
    for (MatcherType type : ALL) {
      int slot = hash(type.keyword(), 0, type.keyword().length());
      while (table[slot] != null) {
        slot = (slot + 1) % table.length;
      }
      table[slot] = type;
    }
    return table;
  }
}
