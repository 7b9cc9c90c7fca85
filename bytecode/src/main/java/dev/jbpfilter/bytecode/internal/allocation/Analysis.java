package dev.jbpfilter.bytecode.internal.allocation;

import dev.jbpfilter.bytecode.CodegenException;
import dev.jbpfilter.bytecode.CodegenException.Reason;
import dev.jbpfilter.bytecode.Virt;
import java.util.ArrayList;
import java.util.List;

/** All that is known about one draft before registers are assigned. */
record Analysis(
    Draft draft,
    Numbering numbering,
    Blocks blocks,
    Operands operands,
    Intervals intervals,
    Constants constants) {
  /** Positions from one call to the next, roughly. */
  private static final int CALL_LENGTH = 16;

  private static final int SHORTEST_USEFUL_RANGE = 3;
  private static final double POINTLESS = 1000;
  private static final double CONSTANT_DISCOUNT = 0.25;

  /**
   * Analyses a draft.
   *
   * @throws IllegalArgumentException if a register is read before it is written, the frame pointer
   *     is written, or two parameters are the same
   * @throws CodegenException if so many values are live at once that no stack could hold them
   */
  static Analysis of(Draft draft) {
    Numbering numbering = new Numbering(draft);
    Blocks blocks = new Blocks(draft);
    Operands operands = Operands.registers(draft, numbering);
    Constants constants = new Constants(draft, numbering, operands);
    Liveness liveness = new Liveness(blocks, operands, variable -> !constants.isConstant(variable));
    if (liveness.undefined() != Operands.NONE) {
      int read = liveness.undefinedRead();
      String note = draft.noteAt(read);
      throw new IllegalArgumentException(
          (note == null ? "" : note + ": ")
              + numbering.register(liveness.undefined())
              + " may be read before it is written, in "
              + draft.element(read));
    }
    if (liveness.crowded() != Operands.NONE) {
      throw exhausted(draft, numbering, blocks, liveness, constants);
    }
    Intervals intervals = new Intervals(draft, blocks, operands, liveness);
    return new Analysis(draft, numbering, blocks, operands, intervals, constants);
  }

  private static CodegenException exhausted(
      Draft draft, Numbering numbering, Blocks blocks, Liveness liveness, Constants constants) {
    int block = liveness.crowded();
    List<Virt> values = new ArrayList<>();
    for (int at = liveness.liveOut().first(block); at >= 0; at = liveness.liveOut().next(at)) {
      int variable = liveness.liveOut().value(at);
      if (!constants.isConstant(variable)) {
        values.add(numbering.register(variable));
      }
    }
    // The last ones found may as well be in the registers.
    values = values.subList(LinearScan.REGISTERS, values.size()).reversed();
    int bytes = draft.frameBytes() + 8 * values.size();
    return new CodegenException(
        new Reason.StackExhausted(bytes, draft.frameBytes(), values),
        draft.noteAt(blocks.end(block) - 1));
  }

  /**
   * What it costs to spill each variable, for what it frees.
   *
   * <p>A variable that crosses calls occupies one of the four registers that survive them, and
   * those are scarce at calls only: for it the calls count, not the length. A variable whose ranges
   * are as short as those that its spilling would make frees nothing, so it weighs much more than
   * any other. A constant, or address in the frame, needs no store and no memory.
   */
  double[] weights() {
    double[] weights = new double[numbering.count()];
    for (int variable = 0; variable < weights.length; variable++) {
      if (draft.isTemporary(numbering.register(variable))) {
        weights[variable] = Double.POSITIVE_INFINITY;
        continue;
      }
      int freed =
          intervals.crossesCall(variable)
              ? CALL_LENGTH * intervals.callsCrossed(variable)
              : Math.max(1, intervals.length(variable));
      double weight = intervals.accesses(variable) / freed;
      if (intervals.longestRange(variable) < SHORTEST_USEFUL_RANGE) {
        weight *= POINTLESS;
      }
      weights[variable] = constants.isConstant(variable) ? weight * CONSTANT_DISCOUNT : weight;
    }
    return weights;
  }
}
