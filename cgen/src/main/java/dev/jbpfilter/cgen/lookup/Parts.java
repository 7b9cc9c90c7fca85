package dev.jbpfilter.cgen.lookup;

import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Operand;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * A structure for the boxes of each set of dimensions; the least of their outcomes counts. Parts
 * are asked in the order of their least outcomes, up to one whose least is above what was found.
 */
record Parts(List<Part> parts, int none) implements Structure {
  private static final int MOST_PARTS = 16;

  /** Fewer are held as a whole, or there is no memory for tables. */
  private static final int FEWEST_HALVED = 2048;

  /** Empty if all boxes constrain the same dimensions. */
  static Optional<Proposal> propose(Boxes boxes, Limits limits) {
    Map<Long, IntList> shapes = shapes(boxes);
    if (shapes.size() < 2) {
      return Optional.empty();
    }
    if (shapes.size() > MOST_PARTS) {
      return Optional.of(refused(shapes.size() + " sets of dimensions"));
    }
    List<int[]> parts = new ArrayList<>();
    shapes.values().forEach(part -> parts.add(part.toArray()));
    return Optional.of(of(boxes, parts, limits, limits.memory()));
  }

  /** For boxes that no structure holds as a whole: the first half of them, and the others. */
  static Proposal halves(Boxes boxes, Limits limits) {
    if (boxes.size() < FEWEST_HALVED) {
      return refused("no structure");
    }
    int middle = boxes.size() / 2;
    List<int[]> halves = List.of(range(0, middle), range(middle, boxes.size()));
    // What is fastest for the first half must not leave nothing to the second.
    return of(boxes, halves, limits, limits.memory() / 2);
  }

  /**
   * A structure for each part; they need not be in order.
   *
   * @param most bytes that the tables of one part may take
   */
  private static Proposal of(Boxes boxes, List<int[]> numbers, Limits limits, long most) {
    List<Part> parts = new ArrayList<>();
    long memory = limits.memory();
    for (int[] part : numbers) {
      Boxes some = boxes.subset(part);
      Limits own = new Limits(Math.min(memory, most), limits.forced());
      Optional<Choice> choice = Planner.choose(some, own);
      if (choice.isEmpty()) {
        return refused("no structure for a part of " + some.size());
      }
      Structure structure = choice.get().structure();
      memory -= structure.bytes();
      parts.add(new Part(some.outcome(0), structure));
    }
    parts.sort(Part.ORDER);
    return new Proposal.Fits(new Parts(List.copyOf(parts), boxes.none()));
  }

  private static int[] range(int from, int to) {
    int[] numbers = new int[to - from];
    Arrays.setAll(numbers, i -> from + i);
    return numbers;
  }

  private static Proposal refused(String why) {
    return new Proposal.Refused(StructureKind.PARTS, why);
  }

  /** Which boxes constrain which dimensions, as a bit for each. */
  private static Map<Long, IntList> shapes(Boxes boxes) {
    Map<Long, IntList> shapes = new HashMap<>();
    for (int box = 0; box < boxes.size(); box++) {
      long shape = 0;
      for (int dimension = 0; dimension < boxes.dimensions(); dimension++) {
        if (boxes.column(dimension).constrains(box)) {
          shape |= 1L << dimension;
        }
      }
      shapes.computeIfAbsent(shape, s -> new IntList()).add(box);
    }
    return shapes;
  }

  @Override
  public StructureKind kind() {
    return StructureKind.PARTS;
  }

  @Override
  public double nanos() {
    return Part.nanos(parts, 2 * CostModel.COMPARE);
  }

  @Override
  public long bytes() {
    return Part.bytes(parts);
  }

  @Override
  public String details() {
    StringJoiner text = new StringJoiner(", ");
    for (Part part : parts) {
      text.add(part.structure().kind().label() + " (" + part.structure().details() + ")");
    }
    return text.toString();
  }

  @Override
  public StoredStructure store(Tables tables) {
    List<StoredStructure> stored = Part.store(parts, tables);
    return (out, result) -> emit(stored, out, result);
  }

  private void emit(List<StoredStructure> stored, LookupCode out, Virt result) {
    CodeBuilder code = out.code();
    Label done = code.label("found");
    stored.getFirst().emit(out, result);
    for (int i = 1; i < stored.size(); i++) {
      Label next = code.label("next_part");
      code.branch(Condition.LT, Width.W32, result, parts.get(i).least(), done);
      Virt found = code.fresh();
      stored.get(i).emit(out, found);
      code.with(new Element.Branch<>(Condition.GE, Width.W32, found, Operand.reg(result), next));
      code.move(result, found);
      code.bind(next);
    }
    code.bind(done);
  }
}
