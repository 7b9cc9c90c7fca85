package dev.jbpfilter.cgen.lookup;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A {@link StaticHash} for each shape of boxes: the lengths of the prefixes that they have in the
 * dimensions. Shapes are visited by ascending lowest outcome, and no more once that is above what
 * has been found.
 *
 * <p>What is found is combined by computing: branches would leave the verifier with many states.
 */
final class TupleSpace implements Structure {
  /** As many as prefixes of an IPv6 address can have, so that networks can always be looked up. */
  private static final int MOST_SHAPES = 129;

  private final List<Part> parts;

  /** What is found if no part has it. */
  private final int otherwise;

  private final int boxes;

  private TupleSpace(List<Part> parts, int otherwise, int boxes) {
    this.parts = parts;
    this.otherwise = otherwise;
    this.boxes = boxes;
  }

  /** Finds shapes, of which most boxes have one that others have. */
  private static final class Shapes {
    final Boxes boxes;
    final int[] of;
    final List<int[]> shapes = new ArrayList<>();
    final int[] counts = new int[MOST_SHAPES + 1];
    private final int[] shape;

    /** The first box that holds everything, or the number of boxes: what follows never counts. */
    final int end;

    Shapes(Boxes boxes) {
      this.boxes = boxes;
      this.of = new int[boxes.size()];
      this.shape = new int[boxes.dimensions()];
      int box = 0;
      while (box < of.length && !isUnconstrained(box)) {
        box++;
      }
      this.end = box;
    }

    private boolean isUnconstrained(int box) {
      for (int dimension = 0; dimension < shape.length; dimension++) {
        if (boxes.column(dimension).constrains(box)) {
          return false;
        }
      }
      return true;
    }

    /** Why there are none; empty if there are. */
    String find() {
      for (int box = 0; box < end; box++) {
        for (int dimension = 0; dimension < shape.length; dimension++) {
          shape[dimension] = boxes.column(dimension).prefix(box);
          if (shape[dimension] < 0) {
            return "ranges";
          }
        }
        int number = 0;
        while (number < shapes.size() && !Arrays.equals(shapes.get(number), shape)) {
          number++;
        }
        if (number == MOST_SHAPES) {
          return "more than " + MOST_SHAPES + " shapes";
        }
        if (number == shapes.size()) {
          shapes.add(shape.clone());
        }
        of[box] = number;
        counts[number]++;
      }
      return shapes.isEmpty() ? "nothing to look up" : "";
    }

    /** A part for each shape, in the order in which boxes first had it. */
    List<Part> parts() {
      List<int[]> members = new ArrayList<>();
      for (int number = 0; number < shapes.size(); number++) {
        members.add(new int[counts[number]]);
      }
      int[] filled = new int[shapes.size()];
      for (int box = 0; box < end; box++) {
        members.get(of[box])[filled[of[box]]++] = box;
      }
      List<Part> parts = new ArrayList<>();
      for (int number = 0; number < shapes.size(); number++) {
        int[] some = members.get(number);
        StaticHash hash = StaticHash.of(boxes, some, shapes.get(number));
        parts.add(new Part(boxes.outcome(some[0]), hash));
      }
      return parts;
    }
  }

  static Proposal propose(Boxes boxes) {
    Shapes shapes = new Shapes(boxes);
    String why = shapes.find();
    if (!why.isEmpty()) {
      return new Proposal.Refused(StructureKind.TUPLE_SPACE, why);
    }
    int otherwise = shapes.end < boxes.size() ? boxes.outcome(shapes.end) : boxes.none();
    return new Proposal.Fits(new TupleSpace(shapes.parts(), otherwise, shapes.end));
  }

  @Override
  public StructureKind kind() {
    return StructureKind.TUPLE_SPACE;
  }

  @Override
  public double nanos() {
    return Part.nanos(parts, 8 * CostModel.PARALLEL_OPERATION) + CostModel.MISPREDICTED;
  }

  @Override
  public long bytes() {
    return Part.bytes(parts);
  }

  @Override
  public String details() {
    return Counted.of(parts.size(), "shape") + " of " + Counted.of(boxes, "box", "boxes");
  }

  @Override
  public StoredStructure store(Tables tables) {
    List<StoredStructure> stored = Part.store(parts, tables);
    return (code, result) -> emit(stored, code, result);
  }

  private void emit(List<StoredStructure> stored, LookupCode out, Virt result) {
    CodeBuilder code = out.code();
    Label done = code.label("found");
    Virt lowest = unsigned(code, otherwise);
    for (int i = 0; i < stored.size(); i++) {
      if (i > 0) {
        // In a number that was computed: of the result itself the verifier learns nothing.
        Virt distance = code.subtract(lowest, unsigned(code, parts.get(i).least()));
        code.branch(Condition.SLE, Width.W64, distance, 0, done);
      }
      Virt found = code.fresh();
      stored.get(i).emit(out, found);
      code.alu(AluOp.SUB, found, lowest);
      Virt lower = code.shiftRightSigned(found, Long.SIZE - 1);
      code.alu(AluOp.AND, found, lower);
      code.alu(AluOp.ADD, lowest, found);
    }
    code.bind(done);
    code.move(result, code.lowerHalf(lowest));
  }

  private static Virt unsigned(CodeBuilder code, int number) {
    return code.constant(Integer.toUnsignedLong(number));
  }
}
