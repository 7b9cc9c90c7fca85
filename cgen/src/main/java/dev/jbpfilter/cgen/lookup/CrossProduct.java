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
import java.util.Optional;

/**
 * Classes of single dimensions, combined by tables of the classes' products: an entry says of which
 * class the values of two or more dimensions together are, and in the last table, what the outcome
 * is. Known as recursive flow classification (Gupta and McKeown, 1999).
 */
final class CrossProduct implements Structure {
  /** How many words of sets a table may be made from: some 50 ms. */
  private static final long MOST_WORK = 1L << 26;

  private static final long MOST_TABLE_BYTES = 32 << 20;

  private final Boxes boxes;
  private final Node root;
  private final double nanos;
  private final long bytes;
  private final String details;

  /** What gives the number of a class. */
  private sealed interface Node {
    /** By a value. */
    record Field(FieldClasses classes, Structure structure) implements Node {}

    /** By two other classes. */
    record Product(Node row, Node column, CrossProductTable table) implements Node {}
  }

  /** What can still be combined. */
  private record Operand(Node node, BoxSets sets) {}

  private CrossProduct(Boxes boxes, Node root) {
    this.boxes = boxes;
    this.root = root;
    nanos = nanos(root);
    bytes = bytes(root);
    details = details(root);
  }

  /**
   * @param fields the classes of the boxes
   * @param memory how many bytes the tables may have
   */
  static Proposal propose(Boxes boxes, List<FieldClasses> fields, long memory) {
    Optional<String> objection = FieldClasses.objection(boxes, fields);
    if (objection.isPresent()) {
      return refuse(objection.get());
    }
    List<Structure> structures = SingleDimension.chooseAll(fields, memory);
    if (structures.isEmpty()) {
      return refuse("no memory for each dimension");
    }
    List<Operand> operands = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      Node node = new Node.Field(fields.get(i), structures.get(i));
      operands.add(new Operand(node, fields.get(i).sets()));
    }
    long left = memory - structures.stream().mapToLong(Structure::bytes).sum();
    while (operands.size() > 1) {
      // The two with the fewest classes make the smallest table.
      Operand column = takeSmallest(operands);
      Operand row = takeSmallest(operands);
      boolean last = operands.isEmpty();
      long entries = CrossProductTable.entries(row.sets, column.sets);
      String size = row.sets.count() + " x " + column.sets.count() + " classes";
      if (isTooMuch(entries, row.sets.words(), last ? Integer.BYTES : 1, left)) {
        return refuse(size);
      }
      if (operands.size() == 1 && entries > boxes.size()) {
        BoxSets other = operands.getFirst().sets;
        long least = fewestSets(boxes, row, column);
        if (isTooMuch(least * other.count(), other.words(), Integer.BYTES, left)) {
          return refuse("at least " + least + " x " + other.count() + " classes");
        }
      }
      BoxSets both = new BoxSets(boxes.size());
      Optional<CrossProductTable> table =
          last
              ? Optional.of(CrossProductTable.ofOutcomes(row.sets, column.sets))
              : CrossProductTable.ofSets(row.sets, column.sets, both);
      if (table.isEmpty() || table.get().bytes() > left) {
        return refuse(size);
      }
      left -= table.get().bytes();
      operands.add(new Operand(new Node.Product(row.node, column.node, table.get()), both));
    }
    return new Proposal.Fits(new CrossProduct(boxes, operands.getFirst().node));
  }

  /**
   * How many classes a product has at least: those of one value for each box. That is found in a
   * moment, and mostly tells whether it is worth the while to look at all pairs of classes.
   */
  private static int fewestSets(Boxes boxes, Operand row, Operand column) {
    int[] rows = corners(boxes, row.node);
    int[] columns = corners(boxes, column.node);
    BoxSets sets = new BoxSets(boxes.size());
    long[] set = new long[sets.words()];
    for (int box = 0; box < boxes.size(); box++) {
      sets.number(set, row.sets.intersect(rows[box], column.sets, columns[box], set));
    }
    return sets.count();
  }

  /** The class of the lowest values that each box holds. */
  private static int[] corners(Boxes boxes, Node node) {
    return switch (node) {
      case Node.Field(FieldClasses classes, Structure structure) -> {
        int[] corners = new int[boxes.size()];
        Arrays.setAll(corners, box -> classes.corner(boxes, box));
        yield corners;
      }
      case Node.Product(Node row, Node column, CrossProductTable table) -> {
        int[] corners = corners(boxes, row);
        int[] columns = corners(boxes, column);
        Arrays.setAll(corners, box -> table.number(corners[box], columns[box]));
        yield corners;
      }
    };
  }

  private static boolean isTooMuch(long entries, int words, int entryBytes, long memory) {
    return entries * entryBytes > Math.min(memory, MOST_TABLE_BYTES) || entries * words > MOST_WORK;
  }

  private static Proposal refuse(String why) {
    return new Proposal.Refused(StructureKind.CROSS_PRODUCT, why);
  }

  private static Operand takeSmallest(List<Operand> operands) {
    int smallest = 0;
    for (int i = 1; i < operands.size(); i++) {
      if (operands.get(i).sets.count() < operands.get(smallest).sets.count()) {
        smallest = i;
      }
    }
    return operands.remove(smallest);
  }

  @Override
  public StructureKind kind() {
    return StructureKind.CROSS_PRODUCT;
  }

  @Override
  public double nanos() {
    return nanos;
  }

  private static double nanos(Node node) {
    return switch (node) {
      case Node.Field(FieldClasses classes, Structure structure) -> structure.nanos();
      case Node.Product(Node row, Node column, CrossProductTable table) ->
          nanos(row)
              + nanos(column)
              + 4 * CostModel.PARALLEL_OPERATION
              + CostModel.COMPARE
              + CostModel.overlappedLoad(table.bytes());
    };
  }

  @Override
  public long bytes() {
    return bytes;
  }

  private static long bytes(Node node) {
    return switch (node) {
      case Node.Field(FieldClasses classes, Structure structure) -> structure.bytes();
      case Node.Product(Node row, Node column, CrossProductTable table) ->
          bytes(row) + bytes(column) + table.bytes();
    };
  }

  @Override
  public String details() {
    return details;
  }

  /** As {@code trie x (trie x compares: 12 entries): 340 entries}. */
  private static String details(Node node) {
    return switch (node) {
      case Node.Field(FieldClasses classes, Structure structure) -> structure.kind().label();
      case Node.Product(Node row, Node column, CrossProductTable table) ->
          part(row) + " x " + part(column) + ": " + table.entries() + " entries";
    };
  }

  private static String part(Node node) {
    return node instanceof Node.Product ? "(" + details(node) + ")" : details(node);
  }

  @Override
  public StoredStructure store(Tables tables) {
    Stored stored = store(root, tables);
    return (out, result) -> {
      CodeBuilder code = out.code();
      Label beyond = code.label("beyond");
      Label done = code.label("found");
      stored.emit(out, result, beyond);
      code.jump(done);
      code.bind(beyond);
      code.move(result, boxes.none());
      code.bind(done);
    };
  }

  /** A node whose tables are written. */
  private interface Stored {
    /**
     * Emits what finds a class or outcome.
     *
     * @param beyond where to go if an index is too large, which only the verifier takes for
     *     possible
     */
    void emit(LookupCode out, Virt result, Label beyond);
  }

  private Stored store(Node node, Tables tables) {
    return switch (node) {
      case Node.Field(FieldClasses classes, Structure structure) -> {
        StoredStructure stored = structure.store(tables);
        yield (out, result, beyond) -> stored.emit(out, result);
      }
      case Node.Product(Node row, Node column, CrossProductTable table) -> {
        Stored rows = store(row, tables);
        Stored columns = store(column, tables);
        int entries = table.write(tables, boxes);
        yield (out, result, beyond) -> {
          CodeBuilder code = out.code();
          Virt index = code.fresh();
          rows.emit(out, index, beyond);
          Virt next = code.fresh();
          columns.emit(out, next, beyond);
          code.alu(AluOp.MUL, index, table.columns());
          code.alu(AluOp.ADD, index, next);
          code.branch(Condition.GE, Width.W64, index, table.entries(), beyond);
          out.load(result, table.size(), entries, index);
        };
      }
    };
  }
}
