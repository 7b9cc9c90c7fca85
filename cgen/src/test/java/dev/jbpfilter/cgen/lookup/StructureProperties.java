package dev.jbpfilter.cgen.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.cgen.lookup.RandomBoxes.Form;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Each structure finds what trying one box after another finds. */
class StructureProperties {
  private static final int LOOKUPS = 100;

  @Property(tries = 100)
  void sequence(@ForAll long seed, @ForAll Form form, @ForAll boolean partly) {
    SplittableRandom random = new SplittableRandom(seed);
    RandomBoxes some = new RandomBoxes(random, 32, 16, 8, 64);
    Boxes boxes = some.boxes(random.nextInt(20), partly, form, 0, 1, 2, 3);
    check(Sequence.propose(boxes), boxes, some);
  }

  @Property(tries = 100)
  void directTable(@ForAll long seed, @ForAll Form form) {
    SplittableRandom random = new SplittableRandom(seed);
    RandomBoxes some = new RandomBoxes(random, 32, 1 + random.nextInt(16));
    Boxes boxes = some.boxes(1 + random.nextInt(300), false, form, 1);
    if (boxes.constrained().length == 1) {
      check(DirectTable.propose(boxes.intervals()), boxes, some);
    }
  }

  /** Checks a proposal that has to fit. */
  private static void check(Proposal proposal, Boxes boxes, RandomBoxes some) {
    assertThat(proposal).isInstanceOf(Proposal.Fits.class);
    if (proposal instanceof Proposal.Fits(Structure structure)) {
      assertThat(structure.nanos()).isNotNegative();
      InterpretedStructure interpreted = new InterpretedStructure(structure, boxes.dimensions());
      for (int i = 0; i < LOOKUPS; i++) {
        long[] values = some.values();
        assertThat(interpreted.find(values))
            .as("%s of %s", structure.details(), values)
            .isEqualTo(BoxOracle.first(boxes, values));
      }
    }
  }
}
