package dev.jbpfilter.cgen.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CrossProductTest {
  private static final long MEMORY = 64 << 20;

  /** Boxes that have a value of each dimension for themselves. */
  private static Boxes diagonal(int size, int... bits) {
    BoxesBuilder builder = new BoxesBuilder(bits, -1);
    for (int box = 0; box < size; box++) {
      for (int dimension = 0; dimension < bits.length; dimension++) {
        builder.span(dimension, box, box);
      }
      builder.box(box);
    }
    return builder.build();
  }

  private static Proposal propose(Boxes boxes, long memory) {
    return CrossProduct.propose(boxes, FieldClasses.of(boxes), memory);
  }

  private static Proposal refused(String why) {
    return new Proposal.Refused(StructureKind.CROSS_PRODUCT, why);
  }

  @Test
  void startsWithTheFewestClasses() {
    BoxesBuilder builder = new BoxesBuilder(new int[] {8, 8, 8}, -1);
    for (int box = 0; box < 20; box++) {
      builder.span(0, box, box).span(1, box / 10, box / 10).span(2, box / 5, box / 5).box(box);
    }
    Proposal proposal = propose(builder.build(), MEMORY);
    assertThat(proposal).isInstanceOf(Proposal.Fits.class);
    assertThat(((Proposal.Fits) proposal).structure().details())
        .matches("[a-z ]+ x \\([a-z ]+ x [a-z ]+: 15 entries\\): 105 entries");
  }

  @Test
  void knowsItsMemory() {
    Boxes boxes = diagonal(30, 8, 8, 8);
    long fields = 0;
    for (Structure field : SingleDimension.chooseAll(FieldClasses.of(boxes), MEMORY)) {
      fields += field.bytes();
    }
    Structure structure = ((Proposal.Fits) propose(boxes, MEMORY)).structure();
    assertThat(structure.bytes()).isEqualTo(fields + 31 * 31 + 31 * 31 * 4);
    assertThat(propose(boxes, structure.bytes())).isInstanceOf(Proposal.Fits.class);
    assertThat(propose(boxes, structure.bytes() - 1)).isEqualTo(refused("31 x 31 classes"));
    // Thirty of the 31 classes of the first product are those of some box.
    assertThat(propose(boxes, fields + 30 * 31 * 4)).isEqualTo(refused("31 x 31 classes"));
    assertThat(propose(boxes, fields + 30 * 31 * 4 - 1))
        .isEqualTo(refused("at least 30 x 31 classes"));
  }

  @Test
  void refusesWhatItCannotHold() {
    assertThat(propose(diagonal(9, 8), MEMORY)).isEqualTo(refused("fewer than two dimensions"));
    assertThat(propose(diagonal(5000, 16, 16), MEMORY)).isEqualTo(refused("5001 x 5001 classes"));
    assertThat(CrossProduct.propose(diagonal(9, 8, 8), List.of(), MEMORY))
        .isEqualTo(refused("too many classes"));
  }

  @Test
  void classesHaveAnEnd() {
    assertThat(FieldClasses.of(diagonal(30_000, 16, 16))).isEmpty();
  }
}
