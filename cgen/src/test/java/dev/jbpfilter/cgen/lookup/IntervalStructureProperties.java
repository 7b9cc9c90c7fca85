package dev.jbpfilter.cgen.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.cgen.lookup.RandomBoxes.Form;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The structures of one dimension find what trying one box after another finds. */
class IntervalStructureProperties {
  private static final int LOOKUPS = 100;

  /** The dimension that is constrained; another one is before it. */
  private static final int DIMENSION = 1;

  @Property(tries = 300)
  void compares(
      @ForAll long seed, @ForAll Form form, @ForAll @IntRange(min = 1, max = 64) int bits) {
    check(Compares::propose, seed, form, bits, 6);
  }

  @Property(tries = 200)
  void codeTree(
      @ForAll long seed, @ForAll Form form, @ForAll @IntRange(min = 1, max = 64) int bits) {
    check(CodeTree::propose, seed, form, bits, 300);
  }

  @Property(tries = 200)
  void trie(@ForAll long seed, @ForAll Form form, @ForAll @IntRange(min = 1, max = 64) int bits) {
    check(intervals -> Trie.propose(intervals, 64 << 20), seed, form, bits, 300);
  }

  @Property(tries = 200)
  void intervalSearch(
      @ForAll long seed, @ForAll Form form, @ForAll @IntRange(min = 1, max = 64) int bits) {
    check(IntervalSearch::propose, seed, form, bits, 300);
  }

  /** A kind of structure. */
  private interface Kind {
    Proposal propose(Intervals intervals);
  }

  /** Checks a kind with boxes, and with such of which the highest and lowest bits are alike. */
  private static void check(Kind kind, long seed, Form form, int bits, int most) {
    SplittableRandom random = new SplittableRandom(seed);
    RandomBoxes some = new RandomBoxes(random, 8, bits);
    Boxes boxes = some.boxes(1 + random.nextInt(most), false, form, DIMENSION);
    int low = random.nextInt(Long.SIZE - bits + 1);
    int high = random.nextInt(Long.SIZE - bits - low + 1);
    long prefix = high == 0 ? 0 : (random.nextLong() & Column.max(high)) << (bits + low);
    if (boxes.constrained().length == 1) {
      check(kind.propose(boxes.intervals()), boxes, () -> some.value(DIMENSION));
      Boxes moved = moved(boxes, low, high, prefix);
      check(
          kind.propose(moved.intervals()),
          moved,
          () -> {
            long value =
                prefix | (some.value(DIMENSION) << low) | (random.nextLong() & ((1L << low) - 1));
            return random.nextInt(4) == 0
                ? random.nextLong() & Column.max(low + bits + high)
                : value;
          });
    }
  }

  /** The same boxes with more bits below theirs and above. */
  private static Boxes moved(Boxes boxes, int low, int high, long prefix) {
    Column column = boxes.column(DIMENSION);
    BoxesBuilder builder =
        new BoxesBuilder(new int[] {8, low + column.bits() + high}, boxes.none());
    for (int box = 0; box < boxes.size(); box++) {
      for (int span = column.firstSpan(box); span < column.endOfSpans(box); span++) {
        long from = prefix | (column.low(span) << low);
        builder.span(DIMENSION, from, prefix | (column.high(span) << low) | ((1L << low) - 1));
      }
      builder.box(boxes.outcome(box));
    }
    return builder.build();
  }

  private static void check(Proposal proposal, Boxes boxes, LongSupplier values) {
    if (proposal instanceof Proposal.Fits(Structure structure)) {
      assertThat(structure.nanos()).isPositive();
      InterpretedStructure interpreted = new InterpretedStructure(structure, boxes.dimensions());
      for (int i = 0; i < LOOKUPS; i++) {
        long value = values.getAsLong();
        assertThat(interpreted.find(0, value))
            .as("%s of %x", structure.details(), value)
            .isEqualTo(BoxOracle.first(boxes, 0, value));
      }
    }
  }
}
