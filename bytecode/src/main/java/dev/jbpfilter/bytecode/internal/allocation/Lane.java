package dev.jbpfilter.bytecode.internal.allocation;

import java.util.BitSet;

/**
 * Which variable occupies one register, or one stack slot, at which position.
 *
 * <p>There is one bit per position that is occupied, one bit per position where a range begins, and
 * the owner of each such beginning. Whether an interval fits is then a matter of skipping over zero
 * words of the first; who is in the way is found by going back to the beginning. Ranges never
 * overlap.
 */
final class Lane {
  private final Intervals intervals;
  private final BitSet occupied;
  private final BitSet beginnings;
  private final int[] owners;

  Lane(Intervals intervals) {
    this.intervals = intervals;
    occupied = new BitSet(intervals.positions());
    beginnings = new BitSet(intervals.positions());
    owners = new int[intervals.positions()];
  }

  /** Whether no range of a variable meets an occupied position. */
  boolean isFree(int variable) {
    for (int at = intervals.first(variable); at >= 0; at = intervals.next(at)) {
      int next = occupied.nextSetBit(intervals.start(at));
      if (next >= 0 && next < intervals.end(at)) {
        return false;
      }
    }
    return true;
  }

  void occupy(int variable) {
    for (int at = intervals.first(variable); at >= 0; at = intervals.next(at)) {
      occupied.set(intervals.start(at), intervals.end(at));
      beginnings.set(intervals.start(at));
      owners[intervals.start(at)] = variable;
    }
  }

  void release(int variable) {
    for (int at = intervals.first(variable); at >= 0; at = intervals.next(at)) {
      occupied.clear(intervals.start(at), intervals.end(at));
      beginnings.clear(intervals.start(at));
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
    int last = -1;
    for (int at = intervals.first(variable); at >= 0; at = intervals.next(at)) {
      int position = occupied.nextSetBit(intervals.start(at));
      while (position >= 0 && position < intervals.end(at)) {
        int owner = owners[beginnings.previousSetBit(position)];
        if (owner != last) {
          if (result.size() == most) {
            return;
          }
          result.add(owner);
          last = owner;
        }
        int beginning = beginnings.nextSetBit(position + 1);
        int gap = occupied.nextClearBit(position);
        position = beginning >= 0 && beginning < gap ? beginning : occupied.nextSetBit(gap);
      }
    }
  }
}
