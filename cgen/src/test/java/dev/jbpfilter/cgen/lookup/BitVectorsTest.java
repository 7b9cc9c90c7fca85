package dev.jbpfilter.cgen.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BitVectorsTest {
  private static final long MEMORY = 64 << 20;
  private static final int NONE = -1;

  private static Structure fitting(Boxes boxes) {
    Proposal proposal = BitVectors.propose(boxes, FieldClasses.of(boxes), MEMORY);
    assertThat(proposal).isInstanceOf(Proposal.Fits.class);
    return ((Proposal.Fits) proposal).structure();
  }

  /** Boxes of one point each, 128 in a row. */
  private static Boxes points(int size) {
    BoxesBuilder builder = new BoxesBuilder(new int[] {10, 10}, NONE);
    for (int box = 0; box < size; box++) {
      builder.span(0, box % 128, box % 128).span(1, box / 128, box / 128).box(box * 3);
    }
    return builder.build();
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 64, 65, 128, 130, 256, 257, 1000, 4096, 4097, 16_384})
  void findsEachBit(int size) {
    Boxes boxes = points(size);
    InterpretedStructure interpreted = new InterpretedStructure(fitting(boxes), 2);
    for (int box = 0; box < size; box++) {
      assertThat(interpreted.find(box % 128, box / 128)).isEqualTo(box * 3);
    }
    assertThat(interpreted.find(1, 128)).isEqualTo(NONE);
    assertThat(interpreted.find(128, 1)).isEqualTo(NONE);
  }

  /** Each word has bits for both values, but only the last has a bit that is set for both. */
  @ParameterizedTest
  @ValueSource(ints = {2, 5, 64, 65, 200})
  void passesWordsThatHaveOnlyOtherBits(int words) {
    BoxesBuilder builder = new BoxesBuilder(new int[] {8, 8}, NONE);
    for (int box = 0; box < words * 64; box++) {
      builder.span(box % 2, 7, 7).span(1 - box % 2, 9, 9).box(box);
    }
    builder.span(0, 7, 7).span(1, 7, 7).box(words * 64);
    Boxes boxes = builder.build();
    InterpretedStructure interpreted = new InterpretedStructure(fitting(boxes), 2);
    assertThat(interpreted.find(7, 7)).isEqualTo(words * 64);
    assertThat(interpreted.find(7, 9)).isEqualTo(0);
    assertThat(interpreted.find(9, 7)).isEqualTo(1);
    assertThat(interpreted.find(9, 9)).isEqualTo(NONE);
  }

  @Test
  void saysWhatItIs() {
    assertThat(fitting(points(300)).details())
        .matches("300 bits by [a-z ]+, 129 classes; [a-z ]+, 4 classes");
  }

  @Test
  void refusesWhatItCannotHold() {
    Boxes one = new BoxesBuilder(new int[] {8, 8}, NONE).span(0, 1, 2).box(0).build();
    assertThat(BitVectors.propose(one, FieldClasses.of(one), MEMORY))
        .isEqualTo(new Proposal.Refused(StructureKind.BIT_VECTORS, "fewer than two dimensions"));
    assertThat(BitVectors.propose(points(200), FieldClasses.of(points(200)), 1000))
        .isEqualTo(new Proposal.Refused(StructureKind.BIT_VECTORS, "needs more than 6 KiB"));
    assertThat(BitVectors.propose(points(30_000), FieldClasses.of(points(30_000)), MEMORY))
        .isEqualTo(new Proposal.Refused(StructureKind.BIT_VECTORS, "30000 boxes"));
    assertThat(BitVectors.propose(points(200), List.of(), MEMORY))
        .isEqualTo(new Proposal.Refused(StructureKind.BIT_VECTORS, "too many classes"));
  }
}
