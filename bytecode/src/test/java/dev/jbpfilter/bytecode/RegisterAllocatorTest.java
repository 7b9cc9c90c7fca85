package dev.jbpfilter.bytecode;

import static dev.jbpfilter.bytecode.Allocations.inserted;
import static dev.jbpfilter.bytecode.Helpers.MAP_LOOKUP_ELEM;
import static dev.jbpfilter.bytecode.Helpers.XDP_GET_BUFF_LEN;
import static dev.jbpfilter.bytecode.Helpers.XDP_LOAD_BYTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.bytecode.CodegenException.Reason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegisterAllocatorTest {

  /**
   * The shape of a filter: context and eight fields live through the rules, one temporary, then a
   * tail with two calls across which context, verdict and rule are live.
   */
  private static Code<Virt> filter(int rules, int fields, boolean ruleBeforeTest) {
    return CodeBuilder.function(
        "filter",
        b -> {
          Virt context = b.parameter();
          Virt data = b.load(Size.W, context, 0);
          List<Virt> live = new ArrayList<>();
          for (int i = 0; i < fields; i++) {
            live.add(b.load(Size.W, data, 4 * i));
          }
          Virt rule = b.fresh();
          Virt verdict = b.fresh();
          Label tail = b.label("tail");
          for (int i = 0; i < rules; i++) {
            b.note("rule " + i);
            Label next = b.label("next");
            if (ruleBeforeTest) {
              b.move(rule, i);
            }
            for (Virt field : live) {
              Virt masked = b.and(field, 0xff);
              b.branch(Condition.NE, Width.W32, masked, i, next);
            }
            if (!ruleBeforeTest) {
              b.move(rule, i);
            }
            b.move(verdict, 1);
            b.jump(tail);
            b.bind(next);
          }
          b.move(rule, rules);
          b.move(verdict, 2);
          b.bind(tail);
          int key = b.stackVariable(4);
          b.store(Size.W, Virt.FRAME, key, rule);
          Virt counters = b.constant(new Constant.MapFd("counters"));
          Virt counter = b.call(MAP_LOOKUP_ELEM, counters, b.add(Virt.FRAME, key));
          b.ifThen(Condition.NE, counter, 0, () -> b.store(Size.DW, counter, 0, rule));
          Virt length = b.call(XDP_GET_BUFF_LEN, context);
          b.store(Size.DW, Virt.FRAME, key, length);
          b.call(XDP_LOAD_BYTES, context, rule);
          b.exit(verdict);
        });
  }

  @ParameterizedTest
  @CsvSource({"8, false", "7, true"})
  void filterNeedsNoSpill(int fields, boolean ruleBeforeTest) {
    Allocation allocation = Allocations.of(filter(20, fields, ruleBeforeTest));

    assertThat(allocation.slots()).isEmpty();
    assertThat(allocation.output().frameBytes()).isEqualTo(8);
    // The context leaves r1 and is an argument twice, the rule once, the verdict is returned.
    assertThat(inserted(allocation)).hasSize(5);
  }

  @Test
  void oneValueTooManySpillsOne() {
    Allocation allocation = Allocations.of(filter(20, 9, false));

    assertThat(allocation.slots()).hasSize(1);
    assertThat(allocation.slots().getFirst().offset()).isEqualTo(-16);
    assertThat(allocation.output().frameBytes()).isEqualTo(16);
  }

  @Test
  void allTenRegistersHoldValues() {
    Allocation allocation =
        Allocations.of(b -> {
          List<Virt> values = values(b, 10);
          Virt first = values.removeFirst();
          values.forEach(value -> b.alu(AluOp.ADD, first, value));
          b.exit(first);
        });

    assertThat(allocation.slots()).isEmpty();
    assertThat(allocation.output().elements()).hasSize(20);
  }

  /** So many values, live at the same time and no constants. */
  private static List<Virt> values(CodeBuilder b, int count) {
    List<Virt> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(b.load(Size.W, Virt.FRAME, -8));
    }
    return values;
  }

  private static void useAll(CodeBuilder b, List<Virt> values) {
    Virt sum = b.constant(0);
    values.forEach(value -> b.alu(AluOp.ADD, sum, value));
    b.exit(sum);
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 20, 60})
  void moreValuesThanRegistersSpill(int count) {
    Allocation allocation =
        Allocations.of(b -> {
          b.stackVariable(8);
          List<Virt> values = values(b, count);
          b.call(XDP_GET_BUFF_LEN, values.getFirst());
          useAll(b, values);
        });

    assertThat(allocation.slots()).hasSizeBetween(count - 10, count - 4);
    assertThat(allocation.output().frameBytes()).isEqualTo(8 + 8 * allocation.slots().size());
  }

  @Test
  void stackExhaustionNamesSizeAndPlace() {
    Code<Virt> code =
        CodeBuilder.function(
            "test",
            b -> {
              b.stackVariable(400);
              b.note("rule 7");
              useAll(b, values(b, 40));
            });

    assertThatThrownBy(() -> RegisterAllocator.allocate(code))
        .isInstanceOfSatisfying(
            CodegenException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(new Reason.StackExhausted(520));
              assertThat(e.note()).isEqualTo("rule 7");
            });
  }

  @Test
  void spilledValuesOfDifferentTimesShareSlots() {
    Allocation allocation =
        Allocations.of(b -> {
          b.stackVariable(8);
          for (int round = 0; round < 3; round++) {
            Virt sum = b.constant(0);
            for (Virt value : values(b, 13)) {
              b.alu(AluOp.ADD, sum, value);
            }
            b.store(Size.DW, sum, 0, sum);
          }
          b.exit(0);
        });

    assertThat(allocation.slots()).hasSizeLessThanOrEqualTo(5);
    assertThat(allocation.slots().getFirst().registers()).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void constantsAreMadeAgainInsteadOfSpilled() {
    Allocation allocation =
        Allocations.of(b -> {
          b.stackVariable(8);
          Virt map = b.constant(new Constant.MapFd("counters"));
          Virt large = b.constant(1L << 40);
          Virt small = b.constant(5);
          List<Virt> values = values(b, 10);
          b.call(MAP_LOOKUP_ELEM, map, large, small);
          b.call(MAP_LOOKUP_ELEM, map, large, small);
          b.store(Size.DW, map, 0, large);
          values.subList(4, 10).clear();
          useAll(b, values);
        });

    assertThat(allocation.slots()).isEmpty();
    assertThat(inserted(allocation))
        .contains(new Element.LoadImm64<>(Phys.R1, new Constant.MapFd("counters")))
        .contains(new Element.LoadImm64<>(Phys.R2, new Constant.Value(1L << 40)));
  }

  @Test
  void permutedParametersBecomeArguments() {
    Allocation allocation =
        Allocations.of(b -> {
          Virt[] p = new Virt[5];
          for (int i = 0; i < 5; i++) {
            p[i] = b.parameter();
          }
          Virt result = b.call(MAP_LOOKUP_ELEM, p[1], p[2], p[0], p[4], p[3]);
          b.exit(result);
        });

    // Two cycles take a move per argument and one more each.
    assertThat(inserted(allocation)).hasSize(7);
  }

  @Test
  void argumentsMayRepeatAndSurvive() {
    Allocation allocation =
        Allocations.of(b -> {
          Virt first = b.parameter();
          Virt second = b.parameter();
          Virt r = b.call(MAP_LOOKUP_ELEM, second, first, second, Virt.FRAME, second);
          Virt s = b.call(MAP_LOOKUP_ELEM, r, second, r);
          b.exit(b.add(s, second));
        });

    assertThat(allocation.slots()).isEmpty();
  }

  @Test
  void argumentMayBeOverwrittenByTheResult() {
    Allocation allocation =
        Allocations.of(b -> {
          Virt value = b.parameter();
          for (int i = 0; i < 3; i++) {
            b.with(new Element.Call<>(XDP_GET_BUFF_LEN, List.of(value), value));
          }
          b.exit(value);
        });

    // The value crosses no call: one move between r0 and r1 for each of the calls and the exit.
    assertThat(inserted(allocation)).hasSize(4);
  }

  @Test
  void unusedResultsDisturbNobody() {
    Allocation allocation =
        Allocations.of(b -> {
          Virt context = b.parameter();
          List<Virt> values = new ArrayList<>();
          for (int i = 0; i < 3; i++) {
            values.add(b.call(XDP_GET_BUFF_LEN, context));
          }
          b.call(XDP_GET_BUFF_LEN, context);
          b.call(XDP_GET_BUFF_LEN, context);
          values.add(context);
          useAll(b, values);
        });

    assertThat(allocation.slots()).isEmpty();
  }

  @Test
  void unreadResultDoesNotOverwriteItsVariablesRegister() {
    // The result of the second call is never read, while other values are live.
    Allocations.of(b -> {
      Virt context = b.parameter();
      Virt result = b.call(XDP_GET_BUFF_LEN, context);
      List<Virt> others = new ArrayList<>(List.of(context, b.add(result, 1), b.add(result, 2)));
      b.with(new Element.Call<>(XDP_GET_BUFF_LEN, List.of(context), result));
      b.move(result, 3);
      others.add(result);
      useAll(b, others);
    });
  }

  @Test
  void loopsKeepValuesAcrossCallsAndSwapThem() {
    Allocation allocation =
        Allocations.of(b -> {
          Virt first = b.parameter();
          Virt second = b.parameter();
          Label head = b.label("head");
          b.bind(head);
          Virt saved = b.copy(first);
          b.move(first, second);
          b.move(second, saved);
          Virt result = b.call(MAP_LOOKUP_ELEM, first, second);
          b.branch(Condition.NE, Width.W32, result, 0, head);
          b.exit(b.subtract(first, second));
        });

    assertThat(allocation.slots()).isEmpty();
  }

  @Test
  void criticalEdgesIntoLoopAndTail() {
    Allocations.of(b -> {
      Virt a = b.parameter();
      Virt c = b.copy(a);
      Label head = b.label("head");
      Label tail = b.label("tail");
      b.branch(Condition.LT, Width.W32, a, 3, tail);
      b.branch(Condition.LT, Width.W32, a, 7, head);
      b.move(c, 9);
      b.bind(head);
      b.alu(AluOp.ADD, c, 1);
      b.branch(Condition.EQ, Width.W32, c, 1, tail);
      b.branch(Condition.NE, Width.W32, c, 2, head);
      b.bind(tail);
      b.exit(b.add(a, c));
    });
  }

  @Test
  void loopBackToTheFirstElement() {
    Allocations.of(b -> {
      Virt p = b.parameter();
      Virt q = b.parameter();
      Label start = b.label("start");
      b.bind(start);
      b.alu(AluOp.ADD, p, q);
      b.branch(Condition.LT, Width.W32, p, 100, start);
      b.call(MAP_LOOKUP_ELEM, q, p);
      b.branch(Condition.LT, Width.W32, q, 100, start);
      b.exit(p);
    });
  }

  @Test
  void copiesOf32BitsStay() {
    Allocation allocation =
        Allocations.of(b -> {
          Virt value = b.parameter();
          b.with(new Element.Move<>(Width.W32, 0, value, Operand.reg(value)));
          b.move(value, value);
          b.exit(value);
        });

    assertThat(allocation.origins()).contains(0).doesNotContain(1);
  }

  @Test
  void unreachableCodeIsDroppedButItsLastNoteStays() {
    Allocation allocation =
        Allocations.of(b -> {
          Label next = b.label("next");
          Virt p = b.parameter();
          b.branch(Condition.EQ, Width.W32, p, 1, next);
          b.exit(p);
          b.alu(AluOp.ADD, b.fresh(), b.fresh());
          b.note("dropped");
          b.bind(b.label("nobody"));
          b.exit(b.fresh());
          b.note("rule 2");
          b.bind(next);
          b.exit(2);
          b.note("end");
        });

    assertThat(allocation.output().elements())
        .contains(new Element.Note<>("rule 2"))
        .doesNotContain(new Element.Note<>("dropped"), new Element.Note<>("end"));
  }

  @Test
  void readBeforeWriteNamesRegisterAndNote() {
    Code<Virt> code =
        CodeBuilder.function(
            "test",
            b -> {
              Virt p = b.parameter();
              Virt v = b.fresh();
              b.note("rule 3");
              b.ifThen(Condition.EQ, p, 1, () -> b.move(v, 1));
              b.exit(v);
            });

    assertThatIllegalArgumentException()
        .isThrownBy(() -> RegisterAllocator.allocate(code))
        .withMessageContaining("rule 3: v2 may be read before it is written")
        .withMessageContaining("Exit");
  }

  @Test
  void writesOnlyWhereRead() {
    Allocations.of(b -> {
      Virt p = b.parameter();
      Virt v = b.fresh();
      Label skip = b.label("skip");
      b.branch(Condition.EQ, Width.W32, p, 1, skip);
      b.move(v, 4);
      b.store(Size.W, p, 0, v);
      b.bind(skip);
      b.exit(p);
    });
  }

  @Test
  void framePointerIsReadOnlyAndNoParameter() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Allocations.of(b -> {
              b.alu(AluOp.SUB, Virt.FRAME, 8);
              b.exit(0);
            }))
        .withMessageContaining("frame pointer");
    Virt twice = new Virt(4);
    List<Element<Virt>> exit = List.of(new Element.Exit<>(twice));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> RegisterAllocator.allocate(new Code<>("f", List.of(twice, twice), exit, 0)))
        .withMessageContaining("parameter v4");
  }

  @Test
  void registerNumbersMayBeSparse() {
    Virt high = new Virt(2_000_000_000);
    List<Element<Virt>> elements = new ArrayList<>();
    for (int i = 1; i <= 12; i++) {
      elements.add(new Element.Load<>(Size.W, false, new Virt(i * 1_000_000), high, i));
    }
    for (int i = 1; i <= 12; i++) {
      elements.add(
          new Element.Alu<>(AluOp.XOR, Width.W64, high, Operand.reg(new Virt(i * 1_000_000))));
    }
    elements.add(new Element.Exit<>(high));

    Allocation allocation = Allocations.of(new Code<>("f", List.of(high), elements, 3));

    assertThat(allocation.slots()).isNotEmpty();
    assertThat(allocation.slots().getFirst().offset()).isEqualTo(-16);
  }
}
