package dev.jbpfilter.bytecode.internal.allocation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Linear scan: gives each variable one register for its whole interval, or none.
 *
 * <p>Variables come in the order of the start of their intervals, which for intervals without holes
 * uses no more registers than values are live at once. Those that cross a call come before all
 * others, because only four registers serve them. A variable takes, of the registers that are free
 * over all of its ranges, the one that saves most moves; without such a wish, one that calls
 * destroy if it crosses none, with those last that arguments and results want most.
 *
 * <p>When none is free:
 *
 * <ol>
 *   <li>what is in the way of one register may just as well live in another: it is moved;
 *   <li>else what is in the way is evicted from the register where the heaviest of it is lightest,
 *       if that is lighter than the variable itself; the evicted ones try again;
 *   <li>else the variable is spilled.
 * </ol>
 *
 * <p>Weight is what spilling costs against what it frees, as {@link Analysis#weights} tells. The
 * short-lived registers that spilling itself makes weigh infinitely much. An eviction needs a
 * strictly lighter victim, and a variable that was evicted a few times is spilled instead, so the
 * scan ends after linearly many steps. Last, what was spilled is tried once more, because later
 * spills may have made room.
 */
final class LinearScan {
  static final int SPILLED = -1;
  static final int REGISTERS = 10;
  private static final int MAX_CONFLICTS = 32;
  private static final int MAX_MOVES = 4;
  private static final int MAX_EVICTIONS = 3;
  private static final int[] CALLEE_SAVED = {6, 7, 8, 9};
  private static final int[] ANY = {5, 4, 3, 2, 1, 0, 9, 8, 7, 6};

  private final Intervals intervals;
  private final Hints hints;
  private final double[] weights;
  private final Lane[] lanes = new Lane[REGISTERS];
  private final int[] assignment;
  private final byte[] evictions;
  private final BitSet spilled = new BitSet();
  private final IntList waiting = new IntList();
  private final IntList conflicts = new IntList();
  private final long[] scores = new long[REGISTERS];

  private LinearScan(Intervals intervals, Hints hints, double[] weights) {
    this.intervals = intervals;
    this.hints = hints;
    this.weights = weights;
    Arrays.setAll(lanes, register -> new Lane(intervals));
    assignment = new int[intervals.variables()];
    Arrays.fill(assignment, SPILLED);
    evictions = new byte[intervals.variables()];
  }

  /**
   * Assigns registers.
   *
   * @param weights of the variables; infinite if one must not be spilled
   */
  static LinearScan run(Intervals intervals, Hints hints, double[] weights) {
    LinearScan scan = new LinearScan(intervals, hints, weights);
    int[] order = intervals.byStart();
    for (int variable : order) {
      if (intervals.crossesCall(variable)) {
        scan.place(variable);
      }
    }
    for (int variable : order) {
      if (!intervals.crossesCall(variable)) {
        scan.place(variable);
      }
    }
    for (int v = scan.spilled.nextSetBit(0); v >= 0; v = scan.spilled.nextSetBit(v + 1)) {
      int register = scan.freeRegister(v, SPILLED);
      if (register != SPILLED) {
        scan.spilled.clear(v);
        scan.assign(v, register);
      }
    }
    return scan;
  }

  /** The register of a variable by its number, or {@link #SPILLED}. */
  int register(int variable) {
    return assignment[variable];
  }

  /** The variables that get no register. */
  BitSet spilled() {
    return spilled;
  }

  /** The spilled variables, the heaviest first. */
  List<Integer> spilledByWeight() {
    List<Integer> result = new ArrayList<>();
    for (int v = spilled.nextSetBit(0); v >= 0; v = spilled.nextSetBit(v + 1)) {
      result.add(v);
    }
    result.sort((left, right) -> Double.compare(weights[right], weights[left]));
    return result;
  }

  /** The registers, as bits, that a value could have in {@code [start, end)} besides all others. */
  int freeRegisters(int start, int end) {
    int clobbered = intervals.clobbered(start, end);
    int result = 0;
    for (int register = 0; register < REGISTERS; register++) {
      if ((clobbered >> register & 1) == 0 && lanes[register].isFree(start, end)) {
        result |= 1 << register;
      }
    }
    return result;
  }

  /** Occupies a register in {@code [start, end)}, where it is free. */
  void reserve(int register, int start, int end, int variable) {
    lanes[register].occupy(start, end, variable);
  }

  private void place(int first) {
    waiting.add(first);
    while (!waiting.isEmpty()) {
      int variable = waiting.removeLast();
      int register = freeRegister(variable, SPILLED);
      if (register == SPILLED) {
        register = makeRoom(variable);
      }
      if (register == SPILLED) {
        spilled.set(variable);
      } else {
        assign(variable, register);
      }
    }
  }

  private void assign(int variable, int register) {
    lanes[register].occupy(variable);
    assignment[variable] = register;
  }

  /**
   * Registers in the order in which they are tried, {@link Intervals#forbidden} ones among them.
   */
  private int[] candidates(int variable) {
    return intervals.crossesCall(variable) ? CALLEE_SAVED : ANY;
  }

  /** The best free register other than one; {@link #SPILLED} if there is none. */
  private int freeRegister(int variable, int except) {
    int[] candidates = candidates(variable);
    hints.score(variable, assignment, scores);
    int tried = intervals.forbidden(variable);
    while (true) {
      int best = SPILLED;
      for (int register : candidates) {
        if ((tried >> register & 1) == 0 && (best == SPILLED || scores[register] > scores[best])) {
          best = register;
        }
      }
      if (best == SPILLED || (best != except && lanes[best].isFree(variable))) {
        return best;
      }
      tried |= 1 << best;
    }
  }

  /** Frees a register for a variable; {@link #SPILLED} if the variable is the one to spill. */
  private int makeRoom(int variable) {
    int best = SPILLED;
    double lightest = weights[variable];
    int forbidden = intervals.forbidden(variable);
    for (int register : candidates(variable)) {
      if ((forbidden >> register & 1) != 0) {
        continue;
      }
      lanes[register].conflicts(variable, MAX_CONFLICTS + 1, conflicts);
      if (conflicts.size() <= MAX_MOVES && moveConflicts(register)) {
        return register;
      }
      double heaviest = heaviestConflict();
      if (heaviest < lightest) {
        lightest = heaviest;
        best = register;
      }
    }
    if (best != SPILLED) {
      lanes[best].conflicts(variable, MAX_CONFLICTS, conflicts);
      for (int i = 0; i < conflicts.size(); i++) {
        evict(conflicts.get(i), best);
      }
    }
    return best;
  }

  /** Moves what is in the way to other registers, as far as there are any. */
  private boolean moveConflicts(int register) {
    for (int i = 0; i < conflicts.size(); i++) {
      int other = conflicts.get(i);
      // It may have been moved already: conflicts may repeat.
      if (assignment[other] == register) {
        int refuge = freeRegister(other, register);
        if (refuge == SPILLED) {
          return false;
        }
        lanes[register].release(other);
        assign(other, refuge);
      }
    }
    return true;
  }

  private double heaviestConflict() {
    double heaviest = conflicts.size() > MAX_CONFLICTS ? Double.POSITIVE_INFINITY : 0;
    for (int i = 0; i < conflicts.size(); i++) {
      heaviest = Math.max(heaviest, weights[conflicts.get(i)]);
    }
    return heaviest;
  }

  private void evict(int variable, int register) {
    if (assignment[variable] != register) {
      return;
    }
    lanes[register].release(variable);
    assignment[variable] = SPILLED;
    if (++evictions[variable] > MAX_EVICTIONS) {
      spilled.set(variable);
    } else {
      waiting.add(variable);
    }
  }
}
