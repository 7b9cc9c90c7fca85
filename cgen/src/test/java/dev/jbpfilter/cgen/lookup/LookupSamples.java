package dev.jbpfilter.cgen.lookup;

import dev.jbpfilter.bytecode.ObjectSpec;
import dev.jbpfilter.cgen.lookup.RandomBoxes.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;

/** Programs of all structures, small and large, for tests that have a kernel. */
public final class LookupSamples {
  private static final int LOOKUPS = 200;
  private static final long MEMORY = 64 << 20;
  private static final List<Integer> WIDTHS = List.of(16, 32, 64);

  private final List<Sample> samples = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(1);

  private LookupSamples() {}

  /** A structure that is built when it is needed. */
  public record Sample(String name, Supplier<Program> program) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** A program that looks values up, and what it has to find. */
  public record Program(ObjectSpec object, List<Lookup> lookups) {}

  /** The values of a lookup, as the program reads them, and what it has to find. */
  public static final class Lookup {
    private final byte[] frame;
    private final int found;

    private Lookup(byte[] frame, int found) {
      this.frame = frame;
      this.found = found;
    }

    /** The packet. */
    public byte[] frame() {
      return frame.clone();
    }

    /** What trying one box after another finds. */
    public int found() {
      return found;
    }
  }

  /** All of them. A new structure is a line here. */
  public static List<Sample> all() {
    LookupSamples all = new LookupSamples();
    all.ofOne("compares", boxes -> Compares.propose(boxes.intervals()), WIDTHS, 1, 4);
    all.ofOne("code tree", boxes -> CodeTree.propose(boxes.intervals()), WIDTHS, 8, 128);
    all.ofOne("direct table", boxes -> DirectTable.propose(boxes.intervals()), List.of(16), 1000);
    all.ofOne("trie", boxes -> trie(boxes.intervals()), WIDTHS, 1, 8, 1000, 30_000);
    all.ofOne("search", boxes -> IntervalSearch.propose(boxes.intervals()), WIDTHS, 1, 8, 1000);
    all.ofOne("search", boxes -> IntervalSearch.propose(boxes.intervals()), WIDTHS, 100_000);
    all.ofMany("sequence", boxes -> Sequence.propose(boxes), List.of(Form.values()), 1, 20);
    return List.copyOf(all.samples);
  }

  private static Proposal trie(Intervals intervals) {
    return Trie.propose(intervals, MEMORY);
  }

  /** Samples over one dimension of so many bits, by numbers of boxes. */
  private void ofOne(
      String name, Function<Boxes, Proposal> propose, List<Integer> widths, int... sizes) {
    for (int bits : widths) {
      for (int size : sizes) {
        SplittableRandom own = random.split();
        String title = name + ", " + size + " of " + bits + " bits";
        samples.add(new Sample(title, () -> networks(propose, own, bits, size)));
      }
    }
  }

  /** Samples over several dimensions with spans of some forms, by numbers of boxes. */
  private void ofMany(
      String name, Function<Boxes, Proposal> propose, List<Form> forms, int... sizes) {
    for (Form form : forms) {
      for (int size : sizes) {
        SplittableRandom own = random.split();
        String title = name + ", " + size + " of several dimensions, " + form;
        samples.add(
            new Sample(
                title,
                () -> {
                  RandomBoxes some = new RandomBoxes(own, 32, 16, 8, 64);
                  Boxes boxes = some.boxes(size, true, form, 0, 1, 2, 3);
                  return program(propose.apply(boxes), boxes, some::values);
                }));
      }
    }
  }

  /** Networks and single values, all of which are alike in some of the highest bits of 64. */
  private static Program networks(
      Function<Boxes, Proposal> propose, SplittableRandom random, int bits, int size) {
    BoxesBuilder builder = new BoxesBuilder(new int[] {bits}, 0xffff_ffff);
    long[] corners = new long[size];
    for (int box = 0; box < size; box++) {
      long any = random.nextLong() >>> (Long.SIZE - bits);
      long value = bits == Long.SIZE ? any >>> 8 | 0x2a00_0000_0000_0000L : any;
      long rest = random.nextInt(3) == 0 ? 0 : (1L << (1 + random.nextInt(bits / 3))) - 1;
      builder.span(0, value & ~rest, value | rest).box(box);
      corners[box] = random.nextBoolean() ? value & ~rest : value | rest;
    }
    Boxes boxes = builder.build();
    return program(
        propose.apply(boxes),
        boxes,
        () -> {
          long corner = corners[random.nextInt(size)] + random.nextInt(3) - 1;
          long value = random.nextInt(8) == 0 ? random.nextLong() : corner;
          return new long[] {value & Column.max(bits)};
        });
  }

  private static Program program(Proposal proposal, Boxes boxes, Supplier<long[]> values) {
    Structure structure =
        switch (proposal) {
          case Proposal.Fits fits -> fits.structure();
          case Proposal.Refused refused -> throw new IllegalStateException(refused.toString());
        };
    InterpretedStructure program = new InterpretedStructure(structure, boxes.dimensions());
    List<Lookup> lookups = new ArrayList<>();
    for (int i = 0; i < LOOKUPS; i++) {
      long[] looked = values.get();
      lookups.add(new Lookup(program.frame(looked), BoxOracle.first(boxes, looked)));
    }
    return new Program(program.object(), lookups);
  }
}
