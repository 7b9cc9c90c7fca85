package dev.jbpfilter.cgen.lookup;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Operand;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;

/**
 * Compares a value with each of a few intervals, all others having the same result. There are no
 * branches: each comparison gives 1 or 0, with which the interval's result is multiplied.
 *
 * @param usual what holds outside the intervals that are compared
 * @param compared how many these are
 */
record Compares(Narrowing narrowing, int usual, int compared) implements Structure {
  private static final int MOST_COMPARED = 8;

  /** Operations for one interval; two or three of them run at once. */
  private static final int OPERATIONS = 6;

  /** The same, if differences do not fit. */
  private static final int WIDE_OPERATIONS = 9;

  static Proposal propose(Intervals intervals) {
    if (intervals.size() > 2 * MOST_COMPARED + 1) {
      return new Proposal.Refused(StructureKind.COMPARES, intervals.size() + " intervals");
    }
    int usual = 0;
    int fewest = Integer.MAX_VALUE;
    for (int interval = 0; interval < intervals.size(); interval++) {
      int others = others(intervals, intervals.result(interval));
      if (others < fewest) {
        fewest = others;
        usual = intervals.result(interval);
      }
    }
    return fewest > MOST_COMPARED
        ? new Proposal.Refused(StructureKind.COMPARES, fewest + " intervals of other results")
        : new Proposal.Fits(new Compares(Narrowing.low(intervals), usual, fewest));
  }

  private static int others(Intervals intervals, int result) {
    int others = 0;
    for (int interval = 0; interval < intervals.size(); interval++) {
      others += intervals.result(interval) == result ? 0 : 1;
    }
    return others;
  }

  @Override
  public StructureKind kind() {
    return StructureKind.COMPARES;
  }

  @Override
  public double nanos() {
    boolean wide = narrowing.inner().bits() == Long.SIZE;
    int operations = compared * (wide ? WIDE_OPERATIONS : OPERATIONS);
    return CostModel.OPERATION + operations * CostModel.PARALLEL_OPERATION;
  }

  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public String details() {
    return Counted.of(compared, "interval");
  }

  @Override
  public StoredStructure store(Tables tables) {
    return this::emit;
  }

  private void emit(LookupCode out, Virt result) {
    CodeBuilder code = out.code();
    Narrowing.setResult(code, result, usual);
    Intervals intervals = narrowing.inner();
    Virt value = narrowing.emit(out, result, code.label("never"));
    BranchFree compare = new BranchFree(code, intervals.bits());
    for (int interval = 0; interval < intervals.size(); interval++) {
      int other = intervals.result(interval) ^ usual;
      if (other != 0) {
        Virt inside = compare.inside(value, intervals.start(interval), intervals.end(interval));
        code.alu(AluOp.MUL, Width.W32, inside, Operand.imm(other));
        code.alu(AluOp.XOR, Width.W32, result, Operand.reg(inside));
      }
    }
  }
}
