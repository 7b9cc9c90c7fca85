package dev.jbpfilter.cgen.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.cgen.lookup.RandomBoxes.Form;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A tuple space finds what trying one box after another finds. */
class TupleSpaceProperties {
  private static final int LOOKUPS = 200;

  @Property(tries = 150)
  void prefixes(@ForAll long seed, @ForAll boolean partly, @ForAll boolean several) {
    SplittableRandom random = new SplittableRandom(seed);
    RandomBoxes some = new RandomBoxes(random, 32, 64, 16);
    int[] constrained = several ? new int[] {0, 1, 2} : new int[] {1};
    Boxes boxes =
        some.boxes(1 + random.nextInt(several ? 60 : 300), partly, Form.PREFIX, constrained);
    check(boxes, some);
  }

  @Property(tries = 50)
  void partlyExact(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RandomBoxes some = new RandomBoxes(random, 32, 64, 16, 8);
    check(some.boxes(1 + random.nextInt(300), true, Form.EXACT, 0, 1, 2, 3), some);
  }

  private static void check(Boxes boxes, RandomBoxes some) {
    Proposal proposal = TupleSpace.propose(boxes);
    if (isUnconstrained(boxes, 0)) {
      assertThat(proposal).isInstanceOf(Proposal.Refused.class);
      return;
    }
    if (!(proposal instanceof Proposal.Fits(Structure structure))) {
      throw new AssertionError(proposal);
    }
    assertThat(structure.nanos()).isPositive();
    InterpretedStructure interpreted = new InterpretedStructure(structure, boxes.dimensions());
    for (int i = 0; i < LOOKUPS; i++) {
      long[] values = some.values();
      assertThat(interpreted.find(values))
          .as("%s of %s", structure.details(), values)
          .isEqualTo(BoxOracle.first(boxes, values));
    }
  }

  private static boolean isUnconstrained(Boxes boxes, int box) {
    for (int dimension : boxes.constrained()) {
      if (boxes.column(dimension).constrains(box)) {
        return false;
      }
    }
    return true;
  }

  @Example
  void refusals() {
    BoxesBuilder ranges = new BoxesBuilder(new int[] {32}, 9);
    ranges.span(0, 1, 2).box(0);
    assertThat(TupleSpace.propose(ranges.build()))
        .isEqualTo(new Proposal.Refused(StructureKind.TUPLE_SPACE, "ranges"));
    assertThat(TupleSpace.propose(new BoxesBuilder(new int[] {32}, 9).build()))
        .isEqualTo(new Proposal.Refused(StructureKind.TUPLE_SPACE, "nothing to look up"));
    BoxesBuilder all = new BoxesBuilder(new int[] {32}, 9);
    all.box(3).span(0, 1, 1).box(4);
    assertThat(TupleSpace.propose(all.build()))
        .isEqualTo(new Proposal.Refused(StructureKind.TUPLE_SPACE, "nothing to look up"));
  }

  @Example
  void manyShapes() {
    BoxesBuilder boxes = new BoxesBuilder(new int[] {64, 64}, 1000);
    for (int first = 1; first <= 12; first++) {
      for (int second = 1; second <= 12; second++) {
        boxes.span(0, 0, -1L >>> first).span(1, 0, -1L >>> second).box(0);
      }
    }
    assertThat(TupleSpace.propose(boxes.build()))
        .isEqualTo(new Proposal.Refused(StructureKind.TUPLE_SPACE, "more than 129 shapes"));
  }
}
