package dev.jbpfilter.bytecode;

import static dev.jbpfilter.bytecode.Predicate.is;
import static dev.jbpfilter.bytecode.Predicate.is32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.jbpfilter.bytecode.testing.SamplePrograms;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditions and loops, by what they do and how they are listed. */
class ControlFlowTest {

  @Test
  void ifThenSkipsItsBody() {
    assertThat(
            Dsl.listing(b -> {
              Virt x = b.parameter();
              b.ifThen(is(x, Condition.EQ, 1), () -> b.exit(2));
              b.exit(x);
            }))
        .isEqualTo("if v1 != 1 goto end.0; v2 = 2; exit v2; end.0:; exit v1");
  }

  @ParameterizedTest
  @CsvSource({"1, 10", "2, 20"})
  void ifThenElseRunsOne(int x, int expected) {
    assertThat(
            Dsl.run(b -> {
              Virt result = b.fresh();
              b.ifThenElse(
                  is(b.constant(x), Condition.EQ, 1),
                  () -> b.move(result, 10),
                  () -> b.move(result, 20));
              b.exit(result);
            }))
        .isEqualTo(expected);
  }

  @Test
  void nothingFollowsIfBothEnd() {
    assertThat(
            Dsl.listing(b -> {
              Virt x = b.parameter();
              b.ifThenElse(is(x, Condition.SET, 4), () -> b.exit(x), () -> b.exit(7));
            }))
        .isEqualTo(
            "if v1 & 4 goto holds.1; goto else.0; holds.1:; exit v1; else.0:; v2 = 7; exit v2");
  }

  /** All combinations of three facts, against Java. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void compositionsMeanWhatTheySay(int facts) {
    boolean p = (facts & 1) != 0;
    boolean q = (facts & 2) != 0;
    boolean r = (facts & 4) != 0;
    int expected =
        (p && (q || !r) ? 1 : 0)
            + (!(p && q) || r ? 2 : 0)
            + ((p || q) && (q || r) ? 4 : 0)
            + (!(p || q || r) ? 8 : 0);

    assertThat(
            Dsl.run(b -> {
              Virt x = b.constant(facts);
              Predicate one = is(x, Condition.SET, 1);
              Predicate two = is(b.and(x, 2), Condition.NE, 0);
              Predicate three = is32(x, Condition.GE, 4);
              Virt result = b.constant(0);
              add(b, result, 1, one.and(two.or(three.not())));
              add(b, result, 2, one.and(two).not().or(three));
              add(b, result, 4, one.or(two).and(two.or(three)));
              add(b, result, 8, one.or(two).or(three).not());
              add(b, result, 16, new Predicate.All(List.of()));
              add(b, result, 32, new Predicate.Any(List.of()));
              add(b, result, 64, new Predicate.Any(List.of()).not());
              b.exit(result);
            }))
        .isEqualTo(expected + 16 + 64);
  }

  private static void add(CodeBuilder b, Virt result, int bit, Predicate predicate) {
    b.ifThen(predicate, () -> b.alu(AluOp.OR, result, bit));
  }

  /** The second part would read where there is nothing. */
  @Test
  void deferredCodeRunsOnlyIfItDecides() {
    assertThat(
            Dsl.run(b -> {
              Virt nowhere = b.constant(0);
              Predicate wrong = is(nowhere, Condition.NE, 0);
              b.ifThen(
                  wrong.and(() -> is(b.load(Size.W, nowhere, 0), Condition.EQ, 1)),
                  () -> b.exit(1));
              b.ifThen(
                  wrong.not().or(() -> is(b.load(Size.W, nowhere, 0), Condition.EQ, 1)),
                  () -> b.exit(2));
              b.exit(3);
            }))
        .isEqualTo(2);
  }

  @Test
  void forRangeCounts() {
    assertThat(
            Dsl.listing(b -> {
              Virt sum = b.constant(0);
              b.forRange(1, 4, i -> b.alu(AluOp.ADD, sum, i));
              b.exit(sum);
            }))
        .isEqualTo(
            "v1 = 0; v2 = 1; loop.0:; v1 += v2; next.1:; v2 += 1; if v2 s< 4 goto loop.0; end.2:; "
                + "exit v1");
  }

  @ParameterizedTest
  @CsvSource({"0, 10, 45", "-3, 3, -3", "5, 5, 0", "6, 5, 0", "7, 8, 7"})
  void forRangeSums(int first, int end, int expected) {
    assertThat(
            Dsl.run(b -> {
              Virt sum = b.constant(0);
              b.forRange(first, end, i -> b.alu(AluOp.ADD, sum, i));
              b.exit(sum);
            }))
        .isEqualTo(expected);
    assertThat(
            Dsl.run(b -> {
              Virt sum = b.constant(0);
              b.forRange(first, b.constant(end), i -> b.alu(AluOp.ADD, sum, i));
              b.exit(sum);
            }))
        .isEqualTo(expected);
  }

  @Test
  void repeatRunsSoManyTimes() {
    assertThat(
            Dsl.run(b -> {
              Virt power = b.constant(1);
              b.repeat(10, () -> b.alu(AluOp.ADD, power, power));
              b.exit(power);
            }))
        .isEqualTo(1024);
  }

  /** The odd numbers up to the first that is over 10. */
  @Test
  void bodiesMayGoOnOrLeave() {
    assertThat(
            Dsl.run(b -> {
              Virt sum = b.constant(0);
              b.forRange(
                  0,
                  100,
                  (i, loop) -> {
                    b.branchUnless(is(i, Condition.SET, 1), loop.next());
                    b.branch(is(i, Condition.GT, 10), loop.end());
                    b.alu(AluOp.ADD, sum, i);
                  });
              b.exit(sum);
            }))
        .isEqualTo(1 + 3 + 5 + 7 + 9);
  }

  @Test
  void whileLoopIsBoundedByMayGoto() {
    assertThat(
            Dsl.listing(b -> {
              Virt x = b.parameter();
              b.whileLoop(is(x, Condition.NE, 0), loop -> b.alu(AluOp.RSH, x, 1));
              b.exit(x);
            }))
        .isEqualTo(
            "loop.0:; may_goto end.1; if v1 == 0 goto end.1; v1 >>= 1; goto loop.0; end.1:; "
                + "exit v1");
  }

  @Test
  void whileLoopRunsAsLongAsItsPredicateHolds() {
    assertThat(Dsl.run(SamplePrograms::greatestCommonDivisor)).isEqualTo(21);
  }

  @Test
  void notesOfBodiesEnd() {
    assertThat(
            Dsl.listing(b -> {
              b.note("outer");
              b.note("inner", () -> b.note("innermost", () -> b.constant(1)));
              b.exit(2);
            }))
        .isEqualTo("; outer; ; inner; ; innermost; v1 = 1; ; inner; ; outer; v2 = 2; exit v2");
  }

  @Test
  void controlMustNotFallOffTheEnd() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dsl.run(b -> b.ifThen(is(b.constant(1), Condition.EQ, 1), () -> {})))
        .withMessageContaining("falls off the end");
  }
}
