package dev.jbpfilter.cgen.lookup;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Constant;
import dev.jbpfilter.bytecode.Encoder;
import dev.jbpfilter.bytecode.MapEntries;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.bytecode.RegisterAllocator;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Virt;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Structures of all kinds and sizes in programs that time them, for fitting {@link CostModel}. */
public final class CostSamples {
  private static final String VALUES = "values";
  private static final String NEXT = "next_values";
  private static final int FEWEST_VALUES = 1 << 16;
  private static final long MEMORY = 64 << 20;

  private final List<Supplier<Sample>> samples = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(1);

  private CostSamples() {}

  /**
   * A structure.
   *
   * @param kind what it is, and of how many bits or dimensions
   * @param boxes how many boxes there are
   * @param bytes of its tables
   * @param estimated nanoseconds by the {@link CostModel}
   * @param whole a program that takes the next values of a table and looks them up
   * @param empty the same without lookup
   * @param maps of both
   */
  public record Sample(
      String kind,
      int boxes,
      long bytes,
      double estimated,
      ProgramSpec whole,
      ProgramSpec empty,
      List<MapSpec> maps) {}

  /** All of them, each of which is built when it is needed. A new structure is a line here. */
  public static List<Supplier<Sample>> all() {
    CostSamples all = new CostSamples();
    all.networks("compares", b -> Compares.propose(b.intervals()), 16, 1, 4);
    all.networks("compares", b -> Compares.propose(b.intervals()), 64, 1, 4);
    all.networks("code tree", b -> CodeTree.propose(b.intervals()), 32, 8, 32, 128);
    all.networks("direct table", b -> DirectTable.propose(b.intervals()), 16, 8, 1000, 10_000);
    for (int bits : new int[] {32, 64}) {
      all.networks("trie", CostSamples::trie, bits, 8, 128, 1000, 10_000, 100_000);
      all.networks("search", CostSamples::search, bits, 8, 128, 1000, 10_000, 100_000);
    }
    all.exact(1, 8, 128, 1000, 10_000, 100_000);
    all.exact(3, 8, 1000, 10_000, 100_000);
    all.networks("tuple space", TupleSpace::propose, 32, 8, 1000, 10_000, 100_000);
    all.mixed("sequence", Sequence::propose, 8, 32, 128);
    all.mixed("cross product", CostSamples::product, 8, 64, 200, 1000);
    all.mixed("bit vectors", CostSamples::vectors, 8, 64, 200, 1000);
    return List.copyOf(all.samples);
  }

  /** The constants that are fitted, by name, as {@link CostModel} has them. */
  public static Map<String, Double> constants() {
    Map<String, Double> constants = new LinkedHashMap<>();
    constants.put("COMPARE", CostModel.COMPARE);
    constants.put("MISPREDICTED", CostModel.MISPREDICTED);
    constants.put("OPERATION", CostModel.OPERATION);
    constants.put("PARALLEL_OPERATION", CostModel.PARALLEL_OPERATION);
    constants.put("L1_LOAD", CostModel.L1_LOAD);
    constants.put("L2_LOAD", CostModel.L2_LOAD);
    constants.put("L3_LOAD", CostModel.L3_LOAD);
    constants.put("MEMORY_LOAD", CostModel.MEMORY_LOAD);
    constants.put("OVERLAPPED", CostModel.OVERLAPPED);
    return constants;
  }

  /** Which parts of a table are in the first, the second, the third cache, and in none. */
  public static double[] shares(long bytes) {
    return CostModel.shares(bytes);
  }

  private static Proposal trie(Boxes boxes) {
    return Trie.propose(boxes.intervals(), MEMORY);
  }

  private static Proposal search(Boxes boxes) {
    return IntervalSearch.propose(boxes.intervals());
  }

  private static Proposal product(Boxes boxes) {
    return CrossProduct.propose(boxes, FieldClasses.of(boxes), MEMORY);
  }

  private static Proposal vectors(Boxes boxes) {
    return BitVectors.propose(boxes, FieldClasses.of(boxes), MEMORY);
  }

  /** Networks with prefixes of six lengths in one dimension. */
  private void networks(String kind, Function<Boxes, Proposal> propose, int bits, int... sizes) {
    for (int size : sizes) {
      add(
          kind + " of " + bits + " bits",
          size,
          propose,
          new int[] {bits},
          own -> (builder, box) -> span(builder, 0, own.nextLong(), bits, own.nextInt(6)));
    }
  }

  /** Single values in one dimension or several. */
  private void exact(int dimensions, int... sizes) {
    int[] bits = dimensions == 1 ? new int[] {32} : new int[] {32, 32, 16};
    for (int size : sizes) {
      add(
          "static hash of " + dimensions,
          size,
          StaticHash::propose,
          bits,
          own ->
              (builder, box) -> {
                for (int dimension = 0; dimension < dimensions; dimension++) {
                  span(builder, dimension, own.nextLong(), bits[dimension], 0);
                }
              });
    }
  }

  /** Networks and ports as in firewalls: there are fewer of them than boxes. */
  private void mixed(String kind, Function<Boxes, Proposal> propose, int... sizes) {
    int[] bits = {32, 32, 16};
    for (int size : sizes) {
      long different = 4 + Math.round(Math.sqrt(size));
      add(
          kind + " of 3",
          size,
          propose,
          bits,
          own ->
              (builder, box) -> {
                int free = own.nextInt(4);
                for (int dimension = 0; dimension < bits.length; dimension++) {
                  if (dimension != free) {
                    SplittableRandom pool =
                        new SplittableRandom(own.nextLong(different) * bits.length + dimension);
                    span(builder, dimension, pool.nextLong(), bits[dimension], pool.nextInt(6));
                  }
                }
              });
    }
  }

  private static void span(BoxesBuilder builder, int dimension, long any, int bits, int length) {
    long rest = length == 0 ? 0 : Column.max(1 + length * bits / 16);
    long value = any & Column.max(bits);
    builder.span(dimension, value & ~rest, value | rest);
  }

  /** Adds the spans of a box. */
  private interface Spans {
    void add(BoxesBuilder builder, int box);
  }

  private void add(
      String kind,
      int size,
      Function<Boxes, Proposal> propose,
      int[] bits,
      Function<SplittableRandom, Spans> spans) {
    SplittableRandom own = random.split();
    samples.add(() -> {
      Spans each = spans.apply(own);
      BoxesBuilder builder = new BoxesBuilder(bits, -1);
      for (int box = 0; box < size; box++) {
        each.add(builder, box);
        builder.box(box);
      }
      Boxes boxes = builder.build();
      return switch (propose.apply(boxes)) {
        case Proposal.Fits(Structure structure) -> sample(kind, boxes, structure, own);
        case Proposal.Refused refused -> throw new IllegalStateException(refused.toString());
      };
    });
  }

  private static Sample sample(
      String kind, Boxes boxes, Structure structure, SplittableRandom random) {
    int count = Math.max(FEWEST_VALUES, Integer.highestOneBit(Math.max(1, boxes.size() - 1)) * 2);
    Tables tables = new Tables("bf_tables");
    ProgramSpec whole =
        program(
            boxes.dimensions(),
            count,
            (code, values) -> {
              Virt result = code.fresh();
              structure.store(tables).emit(new LookupCode(code, tables.map(), values::get), result);
              return result;
            });
    ProgramSpec empty = program(boxes.dimensions(), count, (code, values) -> values.getFirst());
    List<MapSpec> maps = new ArrayList<>();
    maps.add(readOnly(VALUES, values(boxes, count, random)));
    maps.add(new MapSpec(NEXT, MapType.ARRAY, Integer.BYTES, Long.BYTES, 1, 0, null));
    if (!tables.isEmpty()) {
      maps.add(tables.spec());
    }
    return new Sample(
        kind, boxes.size(), structure.bytes(), structure.nanos(), whole, empty, List.copyOf(maps));
  }

  /** Half of them at corners of boxes, half just outside of one. */
  private static byte[] values(Boxes boxes, int count, SplittableRandom random) {
    ByteBuffer all =
        ByteBuffer.allocate(count * boxes.dimensions() * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      int box = random.nextInt(boxes.size());
      int outside = random.nextBoolean() ? random.nextInt(boxes.dimensions()) : -1;
      for (int dimension = 0; dimension < boxes.dimensions(); dimension++) {
        Column column = boxes.column(dimension);
        long value = random.nextLong();
        if (column.constrains(box)) {
          int span = column.firstSpan(box);
          boolean low = random.nextBoolean();
          long past = dimension == outside ? 1 : 0;
          value = low ? column.low(span) - past : column.high(span) + past;
        }
        all.putLong(value & column.max());
      }
    }
    return all.array();
  }

  /** What follows when the values are loaded; gives what the program returns. */
  private interface Body {
    Virt emit(CodeBuilder code, List<Virt> values);
  }

  private static ProgramSpec program(int dimensions, int count, Body body) {
    return program(code -> {
      Virt next = code.constant(new Constant.MapValue(NEXT, 0));
      Virt index = code.load(Size.DW, next, 0);
      code.store(Size.DW, next, 0, code.add(index, 1));
      code.alu(AluOp.AND, index, count - 1);
      code.alu(AluOp.MUL, index, dimensions * Long.BYTES);
      Virt from = code.constant(new Constant.MapValue(VALUES, 0));
      code.alu(AluOp.ADD, from, index);
      List<Virt> values = new ArrayList<>();
      for (int dimension = 0; dimension < dimensions; dimension++) {
        values.add(code.load(Size.DW, from, dimension * Long.BYTES));
      }
      code.exit(body.emit(code, values));
    });
  }

  /** An XDP program. */
  public static ProgramSpec program(Consumer<CodeBuilder> body) {
    return Encoder.program(
        "lookup",
        ProgramType.XDP,
        AttachType.XDP,
        0,
        "GPL",
        List.of(RegisterAllocator.allocate(CodeBuilder.function("lookup", body)).output()));
  }

  /** An array that holds one value, which programs only read. */
  public static MapSpec readOnly(String name, byte[] value) {
    return new MapSpec(
        name,
        MapType.ARRAY,
        Integer.BYTES,
        value.length,
        1,
        MapSpec.READ_ONLY_FOR_PROGRAMS,
        null,
        MapEntries.of(1, new byte[Integer.BYTES], value));
  }
}
