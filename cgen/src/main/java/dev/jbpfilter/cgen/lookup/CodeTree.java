package dev.jbpfilter.cgen.lookup;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Operand;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Binary search of the bounds by branches. The verifier walks every branch once: what comparisons
 * tell it is told of a copy, to which an operation was applied, and which nobody needs behind.
 */
record CodeTree(Narrowing narrowing) implements Structure {
  private static final int MOST_INTERVALS = 512;

  static Proposal propose(Intervals intervals) {
    return intervals.size() > MOST_INTERVALS
        ? new Proposal.Refused(StructureKind.CODE_TREE, intervals.size() + " intervals")
        : new Proposal.Fits(new CodeTree(Narrowing.low(intervals)));
  }

  @Override
  public StructureKind kind() {
    return StructureKind.CODE_TREE;
  }

  private int depth() {
    return Integer.SIZE - Integer.numberOfLeadingZeros(narrowing.inner().size() - 1);
  }

  @Override
  public double nanos() {
    return CostModel.OPERATION
        + narrowing.nanos()
        + depth() * (CostModel.COMPARE + CostModel.MISPREDICTED / 2);
  }

  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public String details() {
    return Counted.of(narrowing.inner().size(), "interval") + ", depth " + depth();
  }

  @Override
  public StoredStructure store(Tables tables) {
    return (out, result) -> new Emission(out, narrowing, result).emit();
  }

  /** One tree that is being emitted. Intervals of the same result share a leaf. */
  private static final class Emission {
    private final CodeBuilder code;
    private final Intervals intervals;
    private final Width width;
    private final Virt value;
    private final Virt result;
    private final Map<Integer, Label> leaves = new LinkedHashMap<>();

    Emission(LookupCode out, Narrowing narrowing, Virt result) {
      this.code = out.code();
      this.intervals = narrowing.inner();
      this.result = result;
      this.width = narrowing.width();
      Virt bits = narrowing.emit(out, result, code.label("never"));
      this.value = code.fresh();
      code.with(new Element.Move<>(width, 0, value, Operand.reg(bits)));
      code.alu(AluOp.AND, width, value, Operand.imm(-1));
    }

    void emit() {
      Label done = code.label("found");
      search(0, intervals.size() - 1);
      leaves.forEach((found, leaf) -> {
        code.bind(leaf);
        Narrowing.setResult(code, result, found);
        code.jump(done);
      });
      code.bind(done);
    }

    /** Emits a search for the interval of a value that lies in one of some intervals. */
    private void search(int first, int last) {
      if (first == last) {
        code.jump(leaf(first));
        return;
      }
      int middle = (first + last + 1) >>> 1;
      Label upper = middle == last ? leaf(last) : code.label("upper");
      branchIfNotBelow(intervals.start(middle), upper);
      search(first, middle - 1);
      if (middle < last) {
        code.bind(upper);
        search(middle, last);
      }
    }

    private Label leaf(int interval) {
      return leaves.computeIfAbsent(intervals.result(interval), r -> code.label("leaf"));
    }

    private void branchIfNotBelow(long bound, Label target) {
      if (width == Width.W32 || bound == (int) bound) {
        code.branch(Condition.GE, width, value, (int) bound, target);
      } else {
        code.branch(Condition.GE, value, code.constant(bound), target);
      }
    }
  }
}
