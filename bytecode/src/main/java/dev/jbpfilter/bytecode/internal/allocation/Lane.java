package dev.jbpfilter.bytecode.internal.allocation;

/**
 * Which variable occupies one register, or one stack slot, at which position.
 *
 * <p>There is one bit per position that is occupied and one bit per position where a range begins.
 * Whether an interval fits is a matter of looking at the words of the first under its ranges, and
 * no others: a variable of many short ranges must not pay for the distance to its neighbours.
 *
 * <p>The owner of a range is noted where it begins, and again for each word whose first bit it
 * covers. So the owner of an occupied position is found within its word: at the last beginning up
 * to it, or else at the start of the word. Ranges never overlap.
 */
final class Lane {
  private final Intervals intervals;
  private final long[] occupied;
  private final long[] beginnings;
  private final int[] owners;
  private final int[] wordOwners;

  Lane(Intervals intervals) {
    this.intervals = intervals;
    int words = (intervals.positions() >> 6) + 1;
    occupied = new long[words];
    beginnings = new long[words];
    owners = new int[intervals.positions()];
    wordOwners = new int[words];
  }

  /** Whether no range of a variable meets an occupied position. */
  boolean isFree(int variable) {
    for (int at = intervals.first(variable); at >= 0; at = intervals.next(at)) {
      if (!isFree(intervals.start(at), intervals.end(at))) {
        return false;
      }
    }
    return true;
  }

  /** Whether no position in {@code [start, end)} is occupied. */
  boolean isFree(int start, int end) {
    return next(occupied, start, end) < 0;
  }

  void occupy(int variable) {
    for (int at = intervals.first(variable); at >= 0; at = intervals.next(at)) {
      occupy(intervals.start(at), intervals.end(at), variable);
    }
  }

  /** Occupies {@code [start, end)}, which is free. */
  void occupy(int start, int end, int variable) {
    for (int word = start >> 6; word <= (end - 1) >> 6; word++) {
      occupied[word] |= mask(word, start, end);
      // Where the range does not cover the first bit, a beginning comes before it in the word.
      if (word << 6 >= start) {
        wordOwners[word] = variable;
      }
    }
    beginnings[start >> 6] |= 1L << start;
    owners[start] = variable;
  }

  void release(int variable) {
    for (int at = intervals.first(variable); at >= 0; at = intervals.next(at)) {
      int start = intervals.start(at);
      int end = intervals.end(at);
      for (int word = start >> 6; word <= (end - 1) >> 6; word++) {
        occupied[word] &= ~mask(word, start, end);
      }
      beginnings[start >> 6] &= ~(1L << start);
    }
  }

  /**
   * Collects the variables that keep a variable out. One that is in the way at several places may
   * appear repeatedly, but not twice in a row.
   *
   * @param most stops after so many
   */
  void conflicts(int variable, int most, IntList result) {
    result.clear();
    for (int at = intervals.first(variable); at >= 0; at = intervals.next(at)) {
      int start = intervals.start(at);
      int end = intervals.end(at);
      int position = next(occupied, start, start + 1) >= 0 ? start : next(beginnings, start, end);
      while (position >= 0) {
        int owner = owner(position);
        if (result.isEmpty() || result.get(result.size() - 1) != owner) {
          if (result.size() == most) {
            return;
          }
          result.add(owner);
        }
        position = next(beginnings, position + 1, end);
      }
    }
  }

  private int owner(int position) {
    int word = position >> 6;
    long before = beginnings[word] & mask(word, 0, position + 1);
    return before == 0
        ? wordOwners[word]
        : owners[(word << 6) + 63 - Long.numberOfLeadingZeros(before)];
  }

  /** The first position of a set in {@code [start, end)}; −1 if there is none. */
  private static int next(long[] set, int start, int end) {
    for (int word = start >> 6; word <= (end - 1) >> 6; word++) {
      long bits = set[word] & mask(word, start, end);
      if (bits != 0) {
        return (word << 6) + Long.numberOfTrailingZeros(bits);
      }
    }
    return -1;
  }

  /** The bits of a word that lie in {@code [start, end)}, which meets the word. */
  private static long mask(int word, int start, int end) {
    long mask = -1;
    if (start >> 6 == word) {
      mask <<= start;
    }
    if ((end - 1) >> 6 == word) {
      mask &= -1L >>> -end;
    }
    return mask;
  }
}
