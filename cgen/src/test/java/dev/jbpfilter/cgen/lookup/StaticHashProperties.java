package dev.jbpfilter.cgen.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.cgen.lookup.RandomBoxes.Form;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A static hash finds what trying one box after another finds. */
class StaticHashProperties {
  private static final int LOOKUPS = 200;

  /** Sets of dimensions that make words of all kinds. */
  private static final int[][] CONSTRAINED = {
    {0}, {1}, {2}, {3}, {0, 1}, {0, 1, 2}, {3, 0}, {3, 1, 2}, {0, 1, 2, 3, 4}, {5}
  };

  @Property(tries = 150)
  void exact(@ForAll long seed, @ForAll @IntRange(max = 9) int which) {
    SplittableRandom random = new SplittableRandom(seed);
    RandomBoxes some = new RandomBoxes(random, 32, 16, 8, 64, 64, 1);
    Boxes boxes = some.boxes(1 + random.nextInt(300), false, Form.EXACT, CONSTRAINED[which]);
    check(StaticHash.propose(boxes), boxes, some, random);
  }

  @Property(tries = 50)
  void samePrefix(@ForAll long seed, @ForAll @IntRange(min = 1, max = 64) int length) {
    SplittableRandom random = new SplittableRandom(seed);
    RandomBoxes some = new RandomBoxes(random, 64, 32);
    BoxesBuilder builder = new BoxesBuilder(new int[] {64, 32}, 1000);
    for (int box = 0; box < 200; box++) {
      long low = some.value(0) & -1L << (64 - length);
      builder.span(0, low, low | ~(-1L << (64 - length)));
      long port = some.value(1) & ~0xff;
      builder.span(1, port, port | 0xff).box(box);
    }
    Boxes boxes = builder.build();
    check(StaticHash.propose(boxes), boxes, some, random);
  }

  private static void check(
      Proposal proposal, Boxes boxes, RandomBoxes some, SplittableRandom random) {
    assertThat(proposal).isInstanceOf(Proposal.Fits.class);
    if (proposal instanceof Proposal.Fits(Structure structure)) {
      assertThat(structure.nanos()).isPositive();
      InterpretedStructure interpreted = new InterpretedStructure(structure, boxes.dimensions());
      for (int i = 0; i < LOOKUPS; i++) {
        long[] values = some.values();
        int box = random.nextInt(boxes.size());
        for (int dimension : boxes.constrained()) {
          Column column = boxes.column(dimension);
          if (random.nextInt(8) > 0) {
            values[dimension] =
                random.nextBoolean()
                    ? column.low(column.firstSpan(box))
                    : column.high(column.firstSpan(box));
          }
        }
        assertThat(interpreted.find(values))
            .as("%s of %s", structure.details(), values)
            .isEqualTo(BoxOracle.first(boxes, values));
      }
      assertThat(structure.bytes())
          .isGreaterThanOrEqualTo(
              interpreted.object().maps().getFirst().valueSize() - boxes.dimensions() * 64L);
    }
  }
}
