package dev.jbpfilter.bytecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.jbpfilter.bytecode.interpreter.Interpreter;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Switches, by what they do and how they are listed. */
class SwitchTest {

  @Test
  void fewCasesAreAskedInTheOrderGiven() {
    assertThat(
            Dsl.listing(b -> {
              Virt x = b.parameter();
              b.switchOn(
                  x,
                  s ->
                      s.on(17, () -> b.exit(1))
                          .onRange(4, 6, () -> b.move(x, 2))
                          .otherwise(() -> b.move(x, 3)));
              b.exit(x);
            }))
        .isEqualTo(
            "if v1 == 17 goto case.0; if v1 < 4 goto below.4; if v1 <= 6 goto case.1; below.4:; "
                + "goto otherwise.2; case.0:; v2 = 1; exit v2; case.1:; v1 = 2; goto end.3; "
                + "otherwise.2:; v1 = 3; goto end.3; end.3:; exit v1");
  }

  @Test
  void manyCasesAreATree() {
    int cases = 1000;
    Code<Virt> code =
        CodeBuilder.function(
            "f",
            b -> {
              Virt x = b.parameter();
              b.switchOn(
                  x,
                  s -> {
                    for (int i = 0; i < cases; i++) {
                      s.on(3L * i, () -> b.exit(1));
                    }
                  });
              b.exit(0);
            });

    // A leaf has 2 or 3 of the cases, and a comparison leads to every leaf but one.
    long branches = code.elements().stream().filter(Element.Branch.class::isInstance).count();
    assertThat(branches).isBetween(1000L + 1000 / 3 - 1, 1000L + 1000 / 2);
    ObjectSpec object =
        Dsl.object(b -> {
          Virt x = b.constant(3 * 700);
          b.switchOn(
              x,
              s -> {
                for (int i = 0; i < cases; i++) {
                  int result = i;
                  s.on(3L * i, () -> b.exit(result));
                }
              });
          b.exit(-1);
        });
    // Nine or ten comparisons on the way, three at the leaf.
    assertThat(Interpreter.of(object).run(Dsl.FRAME, 16)).isEqualTo(700);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "5, 2", "9, 2", "10, 0", "4294967295, 3"})
  void halvesAreComparedAlone(long value, int expected) {
    assertThat(
            Dsl.run(b -> {
              Virt x = b.constant(value | 7L << 32);
              Virt result = b.constant(0);
              b.switchOn(
                  Width.W32,
                  x,
                  s ->
                      s.on(0, () -> b.move(result, 1))
                          .onRange(5, 9, () -> b.move(result, 2))
                          .onRange(0xffff_ff00L, 0xffff_ffffL, () -> b.move(result, 3)));
              b.exit(result);
            }))
        .isEqualTo(expected);
  }

  @Test
  void theWholeRangeNeedsNoComparison() {
    assertThat(
            Dsl.listing(b -> {
              Virt x = b.parameter();
              b.switchOn(x, s -> s.onRange(0, -1, () -> b.exit(x)).otherwise(() -> b.exit(0)));
            }))
        .startsWith("goto case.0; case.0:; exit v1; ");
  }

  /** Random disjoint ranges; bounds, their neighbours and others, against a map. */
  @ParameterizedTest
  @EnumSource
  void agreesWithAMap(Width width) {
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 30; round++) {
      Map<Long, Long> ranges = ranges(random, width, 1 + random.nextInt(14));
      for (Map.Entry<Long, Long> range : ranges.entrySet()) {
        for (long value :
            List.of(
                range.getKey(),
                range.getValue(),
                range.getKey() - 1,
                range.getValue() + 1,
                random.nextLong())) {
          long compared = width == Width.W64 ? value : value & 0xffff_ffffL;
          assertThat(Dsl.run(b -> select(b, width, value, ranges)))
              .as("%s in %s", Long.toUnsignedString(compared), ranges)
              .isEqualTo(index(ranges, compared));
        }
      }
    }
  }

  private static Map<Long, Long> ranges(SplittableRandom random, Width width, int count) {
    Map<Long, Long> ranges = new TreeMap<>(Long::compareUnsigned);
    TreeMap<Long, Boolean> bounds = new TreeMap<>(Long::compareUnsigned);
    while (bounds.size() < 2 * count) {
      long bound = random.nextLong() >>> random.nextInt(64);
      bounds.put(width == Width.W64 ? bound : bound & 0xffff_ffffL, true);
    }
    while (!bounds.isEmpty()) {
      long first = bounds.pollFirstEntry().getKey();
      long last = bounds.pollFirstEntry().getKey();
      ranges.put(first, random.nextInt(3) == 0 ? first : last);
    }
    return ranges;
  }

  private static int index(Map<Long, Long> ranges, long value) {
    int index = 1;
    for (Map.Entry<Long, Long> range : ranges.entrySet()) {
      if (Long.compareUnsigned(range.getKey(), value) <= 0
          && Long.compareUnsigned(value, range.getValue()) <= 0) {
        return index;
      }
      index++;
    }
    return 0;
  }

  private static void select(CodeBuilder b, Width width, long value, Map<Long, Long> ranges) {
    Virt result = b.constant(0);
    Consumer<SwitchCases> cases =
        s -> {
          int index = 1;
          for (Map.Entry<Long, Long> range : ranges.entrySet()) {
            int number = index++;
            s.onRange(range.getKey(), range.getValue(), () -> b.move(result, number));
          }
        };
    b.switchOn(width, b.constant(value), cases);
    b.exit(result);
  }

  @Test
  void wrongCases() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(s -> s.onRange(5, 9, () -> {}).onEach(List.of(1L, 7L), () -> {})))
        .withMessage("case 7 overlaps case 5 to 9");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(s -> s.onRange(9, 5, () -> {})))
        .withMessage("case 9 to 5 of W32");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(s -> s.on(1L << 32, () -> {})))
        .withMessage("case 4294967296 of W32");
    assertThatIllegalStateException()
        .isThrownBy(() -> with(s -> s.otherwise(() -> {}).otherwise(() -> {})));
  }

  private static void with(Consumer<SwitchCases> cases) {
    Dsl.run(b -> {
      b.switchOn(Width.W32, b.constant(1), cases);
      b.exit(0);
    });
  }
}
