package dev.jbpfilter.cgen.lookup;

import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * For each class of each dimension's values a bit for each box. The first bit that is set in those
 * of all dimensions is the box. Where there are many boxes, a bit in an aggregate says for each
 * word of 64 bits whether it has any, and only words are looked at that have some in all dimensions
 * (Baboescu and Varghese, 2001).
 */
final class BitVectors implements Structure {
  /** How many instructions the verifier may have to follow. */
  private static final int MOST_FOLLOWED = 10_000;

  private static final double FIRST_BIT = 8 * CostModel.PARALLEL_OPERATION;

  private final Boxes boxes;
  private final List<FieldClasses> fields;
  private final List<Structure> structures;
  private final BitVectorLayout layout;
  private final double nanos;

  private BitVectors(
      Boxes boxes, List<FieldClasses> fields, List<Structure> structures, BitVectorLayout layout) {
    this.boxes = boxes;
    this.fields = fields;
    this.structures = structures;
    this.layout = layout;
    nanos = computeNanos();
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
    BitVectorLayout layout = new BitVectorLayout(BoxSets.words(boxes.size()));
    if ((long) layout.words() * BitVectorCode.instructions(fields.size()) > MOST_FOLLOWED) {
      return refuse(boxes.size() + " boxes");
    }
    long vectors = vectorBytes(fields, layout);
    List<Structure> structures = SingleDimension.chooseAll(fields, memory - vectors);
    return structures.isEmpty()
        ? refuse("needs more than " + (vectors >> 10) + " KiB")
        : new Proposal.Fits(new BitVectors(boxes, fields, structures, layout));
  }

  private static Proposal refuse(String why) {
    return new Proposal.Refused(StructureKind.BIT_VECTORS, why);
  }

  /** Bytes of all but the structures for single dimensions. */
  private static long vectorBytes(List<FieldClasses> fields, BitVectorLayout layout) {
    long bytes = layout.outcomeBytes();
    for (FieldClasses field : fields) {
      bytes += (long) field.count() * (layout.rowBytes() + layout.aggregateBytes());
    }
    return bytes;
  }

  @Override
  public StructureKind kind() {
    return StructureKind.BIT_VECTORS;
  }

  @Override
  public double nanos() {
    return nanos;
  }

  private double computeNanos() {
    long classes = 0;
    double nanos = 0;
    for (int i = 0; i < fields.size(); i++) {
      classes += fields.get(i).count();
      nanos += structures.get(i).nanos();
    }
    double visit = loads(classes * layout.rowBytes()) + FIRST_BIT;
    // Whether a bit is found, no processor foresees.
    nanos += visit + CostModel.overlappedLoad(layout.outcomeBytes()) + CostModel.MISPREDICTED;
    if (layout.words() > 1) {
      double visits = BitVectorSample.visits(boxes, fields, layout);
      // How often the loop goes round, no processor foresees.
      nanos +=
          loads(classes * layout.aggregateBytes())
              + visits * (FIRST_BIT + CostModel.MISPREDICTED)
              + (visits - 1) * visit;
    }
    return nanos;
  }

  /** Loads for all dimensions, which do not wait for each other. */
  private double loads(long bytes) {
    return fields.size() * CostModel.overlappedLoad(bytes);
  }

  @Override
  public long bytes() {
    long bytes = vectorBytes(fields, layout);
    for (Structure structure : structures) {
      bytes += structure.bytes();
    }
    return bytes;
  }

  /** As {@code 200 bits by direct table, 12 classes; trie, 90 classes}. */
  @Override
  public String details() {
    StringBuilder text = new StringBuilder().append(boxes.size()).append(" bits by ");
    for (int i = 0; i < fields.size(); i++) {
      text.append(i > 0 ? "; " : "")
          .append(structures.get(i).kind().label())
          .append(", ")
          .append(fields.get(i).count())
          .append(" classes");
    }
    return text.toString();
  }

  @Override
  public StoredStructure store(Tables tables) {
    List<StoredStructure> stored = new ArrayList<>();
    for (Structure structure : structures) {
      stored.add(structure.store(tables));
    }
    BitVectorTables vectors = new BitVectorTables(tables, layout, boxes, fields);
    return (out, result) -> emit(stored, vectors, out, result);
  }

  private void emit(
      List<StoredStructure> stored, BitVectorTables vectors, LookupCode out, Virt result) {
    CodeBuilder code = out.code();
    Label none = code.label("none");
    Label done = code.label("found");
    Virt[] classes = new Virt[fields.size()];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = code.fresh();
      stored.get(i).emit(out, classes[i]);
      // Never so, but the verifier takes it for possible.
      code.branch(Condition.GE, Width.W64, classes[i], fields.get(i).count(), none);
    }
    new BitVectorCode(out, layout, vectors, classes, result, done).emit();
    code.bind(none);
    code.move(result, boxes.none());
    code.bind(done);
  }
}
