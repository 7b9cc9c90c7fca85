package dev.jbpfilter.bytecode.internal.allocation;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Live intervals: for each variable the ranges of {@link Blocks positions} in which its value is
 * needed, ascending, with holes between them.
 *
 * <p>A range is half open. A value written by element {@code d} and last read by element {@code u}
 * is live in {@code [late(d), early(u) + 1)}, so a result may take the register of an operand that
 * is read for the last time. A result that nobody reads still occupies its register for the moment
 * of the write, {@code [late(d), late(d) + 1)}.
 *
 * <p>An element that {@linkplain Clobbers destroys} registers, as a call does, is the exception in
 * two ways. Its result leaves {@code r0} only if somebody reads it, so an unread one occupies
 * nothing, and neither does an unread parameter. And a variable that is live on both sides, in one
 * range that holds {@code early} and {@code late} of the element, <em>crosses</em> it: its register
 * must not be one that is destroyed. Since a variable has one register for all of its interval, the
 * set of registers that are {@linkplain #forbidden} to it says all that intervals for the destroyed
 * registers would say. An operand that is overwritten by the result does not cross; that is why
 * ranges that touch in the middle of such an element stay separate, while all others that touch
 * become one.
 *
 * <p>Ranges are found from the last block to the first and within a block backwards, so each one is
 * put in front of those found before, or merged with the first of them.
 */
final class Intervals {
  private static final int CLOSED = -1;

  private final Blocks blocks;
  private final Operands operands;
  private final Buckets ranges;
  private final IntList rangeEnds = new IntList();
  private final int[] openEnds;
  private final int[] lengths;
  private final int[] longest;
  private final double[] accesses;
  private final Clobbers clobbers;
  private final int[] callsCrossed;

  /** Packet accesses that the variable is live across, but for those whose context it is. */
  private final int[] packetsCrossed;

  private final int[] forbidden;
  private final BitSet unreadResults = new BitSet();
  private final BitSet unreadParameters = new BitSet();

  Intervals(Draft draft, Blocks blocks, Operands operands, Liveness liveness) {
    this.blocks = blocks;
    this.operands = operands;
    int variables = operands.variables();
    ranges = new Buckets(variables);
    openEnds = new int[variables];
    Arrays.fill(openEnds, CLOSED);
    lengths = new int[variables];
    longest = new int[variables];
    accesses = new double[variables];
    callsCrossed = new int[variables];
    packetsCrossed = new int[variables];
    forbidden = new int[variables];
    clobbers = new Clobbers(draft);
    IntList opened = new IntList();
    for (int block = blocks.count() - 1; block >= 0; block--) {
      scan(block, liveness.liveOut(), opened);
    }
    for (int variable = 0; variable < variables; variable++) {
      measure(variable);
    }
  }

  private void scan(int block, Buckets liveOut, IntList opened) {
    opened.clear();
    for (int at = liveOut.first(block); at >= 0; at = liveOut.next(at)) {
      openEnds[liveOut.value(at)] = blocks.endPosition(block);
      opened.add(liveOut.value(at));
    }
    int frequency = blocks.frequency(block);
    for (int i = blocks.end(block) - 1; i >= blocks.start(block); i--) {
      int def = operands.def(i);
      int context = operands.context(i);
      if (context != Operands.NONE && context != def && openEnds[context] != CLOSED) {
        packetsCrossed[context]--;
      }
      if (def != Operands.NONE) {
        accesses[def] += frequency;
        if (openEnds[def] == CLOSED) {
          unreadResults.set(i);
        }
        if (openEnds[def] != CLOSED || !clobbers.at(i)) {
          close(def, Blocks.late(i));
        }
      }
      for (int at = operands.firstUse(i); at < operands.firstUse(i + 1); at++) {
        int use = operands.use(at);
        accesses[use] += frequency;
        if (openEnds[use] == CLOSED) {
          openEnds[use] = Blocks.early(i) + 1;
          opened.add(use);
        }
      }
    }
    if (block == 0) {
      int[] parameters = operands.entryDefs();
      for (int i = 0; i < parameters.length; i++) {
        if (openEnds[parameters[i]] == CLOSED) {
          unreadParameters.set(i);
        } else {
          accesses[parameters[i]] += frequency;
          close(parameters[i], Blocks.ENTRY_LATE);
        }
      }
    }
    for (int k = 0; k < opened.size(); k++) {
      if (openEnds[opened.get(k)] != CLOSED) {
        close(opened.get(k), blocks.startPosition(block));
      }
    }
  }

  /** Adds the open range of a variable, or a momentary one if there is none. */
  private void close(int variable, int start) {
    int end = openEnds[variable] == CLOSED ? start + 1 : openEnds[variable];
    openEnds[variable] = CLOSED;
    int head = ranges.first(variable);
    if (head >= 0 && ranges.value(head) == end && !inClobber(end)) {
      ranges.setValue(head, start);
    } else {
      ranges.add(variable, start);
      rangeEnds.add(end);
    }
  }

  private void measure(int variable) {
    for (int at = first(variable); at >= 0; at = next(at)) {
      int length = end(at) - start(at);
      lengths[variable] += length;
      longest[variable] = Math.max(longest[variable], length);
      callsCrossed[variable] += clobbers.callsWithin(start(at), end(at));
      packetsCrossed[variable] += clobbers.packetsWithin(start(at), end(at));
      forbidden[variable] |= clobbers.within(start(at), end(at));
    }
    if (packetsCrossed[variable] == 0) {
      forbidden[variable] = Clobbers.withoutContext(forbidden[variable]);
    }
    if (operands.isExchangeOperand(variable)) {
      forbidden[variable] |= 1;
    }
  }

  /** The registers, as bits, that do not keep their value over {@code [start, end)}. */
  int clobbered(int start, int end) {
    return clobbers.within(start, end);
  }

  private boolean inClobber(int position) {
    return position > Blocks.ENTRY_LATE
        && (position & 1) != 0
        && clobbers.at(Blocks.element(position));
  }

  /** Number of variables. */
  int variables() {
    return operands.variables();
  }

  /** Number of positions. */
  int positions() {
    return blocks.positions();
  }

  /** The place of the first range of a variable; −1 if it has none and needs no register. */
  int first(int variable) {
    return ranges.first(variable);
  }

  /** The place of the range after a place; −1 at the end. */
  int next(int place) {
    return ranges.next(place);
  }

  /** First position of a range. */
  int start(int place) {
    return ranges.value(place);
  }

  /** One after the last position of a range. */
  int end(int place) {
    return rangeEnds.get(place);
  }

  /** Sum of the lengths of all ranges. */
  int length(int variable) {
    return lengths[variable];
  }

  /** Length of the longest range. */
  int longestRange(int variable) {
    return longest[variable];
  }

  /** Expected reads and writes per run of the function. */
  double accesses(int variable) {
    return accesses[variable];
  }

  /** The registers, as bits, that the variable must not have. */
  int forbidden(int variable) {
    return forbidden[variable];
  }

  /** How many calls, and packet accesses, the variable is live across. */
  int callsCrossed(int variable) {
    return callsCrossed[variable];
  }

  /** Whether the variable is live across a call. */
  boolean crossesCall(int variable) {
    return callsCrossed[variable] > 0;
  }

  /** Whether nobody reads what an element writes. */
  boolean unreadResult(int element) {
    return unreadResults.get(element);
  }

  /** Whether nobody reads what a parameter holds on entry. */
  boolean unreadParameter(int index) {
    return unreadParameters.get(index);
  }

  /** The variables that have ranges, by ascending start, then number. */
  int[] byStart() {
    long[] keys = new long[variables()];
    int count = 0;
    for (int variable = 0; variable < variables(); variable++) {
      if (first(variable) >= 0) {
        keys[count++] = (long) start(first(variable)) << 32 | variable;
      }
    }
    Arrays.sort(keys, 0, count);
    int[] result = new int[count];
    for (int i = 0; i < count; i++) {
      result[i] = (int) keys[i];
    }
    return result;
  }
}
