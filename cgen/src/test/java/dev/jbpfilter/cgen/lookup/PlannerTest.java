package dev.jbpfilter.cgen.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final Limits USUAL = new Limits(64 << 20, null);
  private static final int LOOKUPS = 200;

  /** Masks that no prefix has, with so many addresses that there would be too many classes. */
  private static Boxes flagsAndAddresses(int count) {
    BoxesBuilder boxes = new BoxesBuilder(new int[] {32, 8}, -1);
    SplittableRandom random = new SplittableRandom(1);
    for (int box = 0; box < count; box++) {
      long address = Integer.toUnsignedLong(random.nextInt());
      boxes.span(0, address, address);
      boxes.span(1, 1, 5 + box % 7).span(1, 30, 40);
      boxes.box(box);
    }
    return boxes.build();
  }

  @Test
  void whatNoStructureHoldsAsAWholeIsHalved() {
    Boxes boxes = flagsAndAddresses(20_000);
    Structure structure = Planner.choose(boxes, USUAL).orElseThrow().structure();
    assertThat(structure.kind()).isEqualTo(StructureKind.PARTS);
    InterpretedStructure interpreted = new InterpretedStructure(structure, boxes.dimensions());
    SplittableRandom random = new SplittableRandom(2);
    int found = 0;
    for (int i = 0; i < LOOKUPS; i++) {
      long[] values = {boxes.column(0).low(random.nextInt(boxes.size())), random.nextInt(60)};
      int first = BoxOracle.first(boxes, values);
      assertThat(interpreted.find(values)).isEqualTo(first);
      found += first == boxes.none() ? 0 : 1;
    }
    assertThat(found).isBetween(LOOKUPS / 10, LOOKUPS - LOOKUPS / 10);
  }

  /** Of bit vectors, half as many boxes take a quarter: one half must leave the other enough. */
  @Test
  void halvesShareTheMemory() {
    BoxesBuilder builder = new BoxesBuilder(new int[] {32, 32}, -1);
    SplittableRandom random = new SplittableRandom(3);
    for (int box = 0; box < 8192; box++) {
      for (int dimension = 0; dimension < 2; dimension++) {
        long low = random.nextLong(1L << 31);
        builder.span(dimension, low, low + random.nextLong(1L << 31));
      }
      builder.box(box);
    }
    Limits limits = new Limits(10 << 20, null);
    assertThat(Planner.choose(builder.build(), limits))
        .hasValueSatisfying(choice ->
            assertThat(choice.structure().bytes()).isBetween(limits.memory() / 2, limits.memory()));
  }

  @Test
  void tablesKeepToTheirMemory() {
    Boxes boxes = flagsAndAddresses(1000);
    Choice usual = Planner.choose(boxes, USUAL).orElseThrow();
    long bytes = usual.structure().bytes();
    assertThat(bytes).isPositive();
    Optional<Choice> less = Planner.choose(boxes, new Limits(bytes - 1, null));
    less.ifPresent(choice -> assertThat(choice.structure().bytes()).isLessThan(bytes));
    assertThat(Planner.choose(boxes, new Limits(0, null))).isEmpty();
    assertThat(Planner.choose(flagsAndAddresses(100), new Limits(0, null)))
        .hasValueSatisfying(
            choice -> assertThat(choice.structure().kind()).isEqualTo(StructureKind.SEQUENCE));
  }

  @Test
  void aKindThatIsForcedIsTakenWhereItFits() {
    Boxes boxes = flagsAndAddresses(100);
    assertThat(Planner.choose(boxes, new Limits(1 << 20, StructureKind.BIT_VECTORS)))
        .hasValueSatisfying(
            choice -> assertThat(choice.structure().kind()).isEqualTo(StructureKind.BIT_VECTORS));
    assertThat(Planner.choose(boxes, new Limits(1 << 20, StructureKind.TRIE)))
        .hasValueSatisfying(
            choice -> assertThat(choice.structure().kind()).isNotEqualTo(StructureKind.TRIE));
  }
}
