package dev.jbpfilter.cgen.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.cgen.lookup.RandomBoxes.Form;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The structures for several dimensions find what trying one box after another finds. */
class ProductProperties {
  private static final int LOOKUPS = 100;
  private static final long MEMORY = 64 << 20;

  private static final int[][] DIMENSIONS = {{1, 2}, {0, 2}, {0, 1, 2}, {0, 1, 2, 3}, {3, 4}};

  /** What a property starts with. */
  private static final class Given {
    final SplittableRandom random;
    final RandomBoxes some;

    Given(long seed) {
      random = new SplittableRandom(seed);
      some = new RandomBoxes(random, 32, 64, 1 + random.nextInt(32), 8, 3);
    }

    /** So few boxes that all products of their classes are small enough. */
    Boxes boxes(boolean partly, Form form) {
      int[] dimensions = DIMENSIONS[random.nextInt(DIMENSIONS.length)];
      int size = 2 + random.nextInt(dimensions.length == 4 ? 30 : 200);
      return some.boxes(size, partly, form, dimensions);
    }
  }

  @Property(tries = 200)
  void fieldClasses(@ForAll long seed, @ForAll Form form, @ForAll boolean partly) {
    Given given = new Given(seed);
    Boxes boxes = given.boxes(partly, form);
    for (int dimension : boxes.constrained()) {
      FieldClasses field = FieldClasses.of(boxes, dimension).orElseThrow();
      Intervals numbers = field.numbers();
      int classes = 0;
      for (int interval = 0; interval < numbers.size(); interval++) {
        int number = numbers.result(interval);
        assertThat(number).as("ascending by first appearance").isLessThanOrEqualTo(classes);
        classes = Math.max(classes, number + 1);
        for (int box = 0; box < boxes.size(); box++) {
          boolean member = (field.sets().word(number, box / 64) >>> (box % 64) & 1) != 0;
          assertThat(member)
              .isEqualTo(boxes.column(dimension).contains(box, numbers.start(interval)))
              .isEqualTo(boxes.column(dimension).contains(box, numbers.end(interval)));
        }
      }
      assertThat(field.count()).isEqualTo(classes);
    }
  }

  @Property(tries = 200)
  void crossProduct(@ForAll long seed, @ForAll Form form, @ForAll boolean partly) {
    Given given = new Given(seed);
    Boxes boxes = given.boxes(partly, form);
    List<FieldClasses> fields = FieldClasses.of(boxes);
    if (fields.size() > 1) {
      check(CrossProduct.propose(boxes, fields, MEMORY), boxes, given.some);
    }
  }

  @Property(tries = 200)
  void bitVectors(@ForAll long seed, @ForAll Form form, @ForAll boolean partly) {
    Given given = new Given(seed);
    int size = 2 + given.random.nextInt(given.random.nextBoolean() ? 250 : 5000);
    Boxes boxes = given.some.boxes(size, partly, form, 0, 1, 2);
    List<FieldClasses> fields = FieldClasses.of(boxes);
    if (fields.size() > 1) {
      check(BitVectors.propose(boxes, fields, MEMORY), boxes, given.some);
    }
  }

  /** Checks a proposal that has to fit. */
  private static void check(Proposal proposal, Boxes boxes, RandomBoxes some) {
    assertThat(proposal).isInstanceOf(Proposal.Fits.class);
    if (proposal instanceof Proposal.Fits(Structure structure)) {
      assertThat(structure.nanos()).isPositive();
      assertThat(structure.bytes()).isBetween(1L, MEMORY);
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
