package dev.jbpfilter.cgen.lookup;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Operand;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;

/** Tries one box after another: for a few boxes of any form. */
record Sequence(Boxes boxes) implements Structure {
  /** More would take the verifier long, and packets too. */
  private static final int MOST_BOXES = 256;

  /** More spans than this are looked up in a table of bytes, if the dimension is small. */
  private static final int MOST_COMPARED_SPANS = 4;

  private static final int MOST_TABLE_BITS = 8;

  private static final int ALL_BITS = -1;

  private static final int NO_TABLE = -1;

  static Proposal propose(Boxes boxes) {
    return boxes.size() > MOST_BOXES
        ? new Proposal.Refused(StructureKind.SEQUENCE, boxes.size() + " boxes")
        : new Proposal.Fits(new Sequence(boxes));
  }

  @Override
  public StructureKind kind() {
    return StructureKind.SEQUENCE;
  }

  @Override
  public double nanos() {
    int spans = 0;
    for (int dimension : boxes.constrained()) {
      spans += boxes.column(dimension).spans();
    }
    // Most boxes end at their first compare. The fewer there are, the more often branches are
    // foreseen.
    double unforeseen = 1 + (double) boxes.size() / (boxes.size() + 1);
    return unforeseen * CostModel.MISPREDICTED + (boxes.size() + spans) * CostModel.COMPARE;
  }

  @Override
  public long bytes() {
    long bytes = 0;
    for (int dimension : boxes.constrained()) {
      Column column = boxes.column(dimension);
      for (int box = 0; box < boxes.size(); box++) {
        bytes += isTable(column, box) ? 1L << column.bits() : 0;
      }
    }
    return bytes;
  }

  @Override
  public String details() {
    return Counted.of(boxes.size(), "box", "boxes");
  }

  private static boolean isTable(Column column, int box) {
    return column.endOfSpans(box) - column.firstSpan(box) > MOST_COMPARED_SPANS
        && column.bits() <= MOST_TABLE_BITS;
  }

  @Override
  public StoredStructure store(Tables tables) {
    int[] constrained = boxes.constrained();
    int[] starts = new int[boxes.size() * constrained.length];
    for (int i = 0; i < starts.length; i++) {
      Column column = boxes.column(constrained[i % constrained.length]);
      int box = i / constrained.length;
      starts[i] = isTable(column, box) ? table(tables, column, box) : NO_TABLE;
    }
    return (out, result) -> emit(constrained, starts, out, result);
  }

  /**
   * @param tables for each box, for each dimension, where its table is
   */
  private void emit(int[] constrained, int[] tables, LookupCode out, Virt result) {
    CodeBuilder code = out.code();
    Label done = code.label("found");
    for (int box = 0; box < boxes.size(); box++) {
      Label next = code.label("next_box");
      for (int i = 0; i < constrained.length; i++) {
        Column column = boxes.column(constrained[i]);
        if (column.constrains(box)) {
          int table = tables[box * constrained.length + i];
          unless(out, out.value(constrained[i]), column, box, table, next);
        }
      }
      move(code, result, boxes.outcome(box));
      code.jump(done);
      code.bind(next);
    }
    move(code, result, boxes.none());
    code.bind(done);
  }

  /** Without a sign in the upper half. */
  private static void move(CodeBuilder code, Virt result, int outcome) {
    code.with(new Element.Move<>(Width.W32, 0, result, Operand.imm(outcome)));
  }

  /** Goes elsewhere if a box does not hold a value. */
  private static void unless(
      LookupCode out, Virt value, Column column, int box, int table, Label elsewhere) {
    CodeBuilder code = out.code();
    if (table != NO_TABLE) {
      Virt held = out.load(Size.B, table, out.bits(Width.W32, value, 0, column.bits()));
      code.branch(Condition.EQ, Width.W32, held, 0, elsewhere);
      return;
    }
    Label holds = code.label("holds");
    int last = column.endOfSpans(box) - 1;
    for (int span = column.firstSpan(box); span < last; span++) {
      compare(code, value, column, span, true, holds);
    }
    compare(code, value, column, last, false, elsewhere);
    code.bind(holds);
  }

  private static int table(Tables tables, Column column, int box) {
    int table = tables.reserve(1 << column.bits());
    for (int value = 0; value <= column.max(); value++) {
      tables.putByte(table + value, column.contains(box, value) ? 1 : 0);
    }
    return table;
  }

  /** Branches if a span's holding the value is what is wanted. */
  private static void compare(
      CodeBuilder code, Virt value, Column column, int span, boolean wanted, Label target) {
    long low = column.low(span);
    long high = column.high(span);
    // In a copy that was computed, so that what the verifier learns of it does not stay with the
    // value.
    Virt distance = code.and(value, ALL_BITS);
    if (low == high) {
      branch(code, wanted ? Condition.EQ : Condition.NE, distance, low, target);
      return;
    }
    if (low == (int) low) {
      code.alu(AluOp.SUB, distance, (int) low);
    } else {
      code.alu(AluOp.SUB, distance, code.constant(low));
    }
    branch(code, wanted ? Condition.LE : Condition.GT, distance, high - low, target);
  }

  private static void branch(
      CodeBuilder code, Condition condition, Virt left, long right, Label target) {
    if (right == (int) right) {
      code.branch(condition, Width.W64, left, (int) right, target);
    } else {
      code.branch(condition, left, code.constant(right), target);
    }
  }
}
