package dev.jbpfilter.bytecode;

import static dev.jbpfilter.bytecode.Allocations.exitWithSum;
import static dev.jbpfilter.bytecode.Allocations.inserted;
import static dev.jbpfilter.bytecode.Allocations.liveValues;
import static dev.jbpfilter.bytecode.Helpers.MAP_LOOKUP_ELEM;
import static dev.jbpfilter.bytecode.Helpers.XDP_GET_BUFF_LEN;
import static dev.jbpfilter.bytecode.Helpers.XDP_LOAD_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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

  /** Over 100 000 elements; what takes quadratic time somewhere takes minutes. */
  @Test
  @Timeout(30)
  void largeFilter() {
    Code<Virt> code = filter(4000, 8, false);
    Allocation allocation = RegisterAllocator.allocate(code);
    AllocationChecker.verify(allocation);

    assertThat(code.elements()).hasSizeGreaterThan(100_000);
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
          List<Virt> values = liveValues(b, 10);
          Virt first = values.removeFirst();
          values.forEach(value -> b.alu(AluOp.ADD, first, value));
          b.exit(first);
        });

    assertThat(allocation.slots()).isEmpty();
    assertThat(allocation.output().elements()).hasSize(20);
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 20, 60})
  void moreValuesThanRegistersSpill(int count) {
    Allocation allocation =
        Allocations.of(b -> {
          b.stackVariable(8);
          List<Virt> values = liveValues(b, count);
          b.call(XDP_GET_BUFF_LEN, values.getFirst());
          exitWithSum(b, values);
        });

    assertThat(allocation.slots()).hasSizeBetween(count - 10, count - 4);
    assertThat(allocation.output().frameBytes()).isEqualTo(8 + 8 * allocation.slots().size());
  }

  @Test
  void spilledValuesOfDifferentTimesShareSlots() {
    Allocation allocation =
        Allocations.of(b -> {
          b.stackVariable(8);
          for (int round = 0; round < 3; round++) {
            Virt sum = b.constant(0);
            for (Virt value : liveValues(b, 13)) {
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
          List<Virt> values = liveValues(b, 10);
          b.call(MAP_LOOKUP_ELEM, map, large, small);
          b.call(MAP_LOOKUP_ELEM, map, large, small);
          b.store(Size.DW, map, 0, large);
          values.subList(4, 10).clear();
          exitWithSum(b, values);
        });

    assertThat(allocation.slots()).isEmpty();
    assertThat(inserted(allocation))
        .contains(new Element.LoadImm64<>(Phys.R1, new Constant.MapFd("counters")))
        .contains(new Element.LoadImm64<>(Phys.R2, new Constant.Value(1L << 40)));
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

  /** Twelve values are live in a block that is rarely reached; the rules after it read nine. */
  @Test
  void pressureElsewhereCostsTheRulesNothing() {
    Label rules = new Label(1000, "rules");
    Allocation allocation =
        Allocations.of(b -> {
          b.stackVariable(8);
          List<Virt> fields = liveValues(b, 9);
          b.ifThen(
              Condition.EQ,
              fields.getFirst(),
              1,
              () -> {
                List<Virt> others = liveValues(b, 3);
                Virt sum = b.add(others.get(0), others.get(1));
                b.alu(AluOp.ADD, sum, others.get(2));
                b.alu(AluOp.ADD, sum, others.get(0));
                b.alu(AluOp.ADD, sum, others.get(1));
                b.store(Size.DW, Virt.FRAME, -8, sum);
              });
          b.bind(rules);
          for (int rule = 0; rule < 10; rule++) {
            for (Virt field : fields) {
              b.ifThen(Condition.EQ, field, rule, () -> b.exit(2));
            }
          }
          b.exit(1);
        });

    List<Element<Phys>> elements = allocation.output().elements();
    int start = elements.indexOf(new Element.Bind<Phys>(rules));
    int loads = 0;
    for (int i = start; i < elements.size(); i++) {
      loads += elements.get(i) instanceof Element.Load ? 1 : 0;
    }
    assertThat(allocation.slots()).hasSizeBetween(2, 4);
    assertThat(loads).isLessThanOrEqualTo(allocation.slots().size());
  }

  /** Six values are live across calls out of line, but the context costs one move on the way. */
  @Test
  void callsOutOfLineDoNotPushTheContextOut() {
    Allocation allocation =
        Allocations.of(b -> {
          b.stackVariable(8);
          Virt context = b.parameter();
          Label slow = b.label("slow");
          Virt field = b.load(Size.W, context, 0);
          b.branch(Condition.EQ, Width.W32, field, 1, slow);
          for (int rule = 0; rule < 30; rule++) {
            b.ifThen(Condition.EQ, field, rule, () -> b.exit(2));
          }
          b.branch(Condition.EQ, Width.W32, b.load(Size.W, context, 4), 1, slow);
          b.exit(b.call(XDP_GET_BUFF_LEN, context));
          b.bind(slow);
          List<Virt> values = liveValues(b, 5);
          for (int i = 0; i < 6; i++) {
            b.call(XDP_LOAD_BYTES);
          }
          b.call(XDP_LOAD_BYTES, context);
          exitWithSum(b, values);
        });

    assertThat(allocation.slots()).hasSize(2);
    assertThat(allocation.output().elements().getFirst())
        .isEqualTo(new Element.Move<>(Width.W64, 0, Phys.R6, Operand.reg(Phys.R1)));
    assertThat(allocation.output().elements().get(1)).isInstanceOf(Element.Load.class);
  }

  @Test
  void elementsInARowShareOneLoadAndOneStore() {
    Allocation allocation =
        Allocations.of(b -> {
          b.stackVariable(8);
          Virt idle = b.load(Size.DW, Virt.FRAME, -8);
          List<Virt> busy = liveValues(b, 10);
          Virt sum = b.constant(0);
          for (int i = 0; i < 5; i++) {
            busy.forEach(value -> b.alu(AluOp.ADD, sum, value));
          }
          b.alu(AluOp.ADD, idle, 1);
          b.alu(AluOp.MUL, idle, 3);
          b.alu(AluOp.ADD, idle, 1);
          busy.forEach(value -> b.alu(AluOp.ADD, sum, value));
          b.exit(b.add(sum, idle));
        });

    long ofIdle =
        allocation.slots().stream()
            .filter(slot -> slot.registers().contains(new Virt(1)))
            .flatMap(slot -> inserted(allocation).stream().filter(e -> accesses(e, slot.offset())))
            .count();
    assertThat(ofIdle).isEqualTo(4);
  }

  private static boolean accesses(Element<Phys> element, int offset) {
    return (element instanceof Element.Load<Phys> load && load.offset() == offset)
        || (element instanceof Element.Store<Phys> store && store.offset() == offset);
  }

  @Test
  void copiesOfConstantsAreConstants() {
    Allocation allocation =
        Allocations.of(b -> {
          b.stackVariable(8);
          Virt constant = b.constant(203);
          List<Virt> values = liveValues(b, 12);
          Virt copy = b.copy(constant);
          b.call(XDP_GET_BUFF_LEN, copy);
          values.add(constant);
          values.add(copy);
          exitWithSum(b, values);
        });

    assertThat(allocation.slots()).hasSizeLessThanOrEqualTo(9);
  }

  /** A short-lived value must not sit where alone a long-lived one fits. */
  @Test
  void shortLivedValueMakesRoom() {
    Allocation allocation =
        Allocations.of(b -> {
          Virt context = b.parameter();
          List<Virt> fields = new ArrayList<>();
          for (int i = 0; i < 5; i++) {
            fields.add(b.load(Size.W, context, i));
          }
          Virt data = b.load(Size.W, context, 8);
          fields.add(b.load(Size.W, data, 0));
          b.store(Size.W, data, 0, 1);
          List<Virt> results = new ArrayList<>(List.of(context));
          for (int i = 0; i < 3; i++) {
            results.add(b.load(Size.W, context, i));
          }
          Virt sum = fields.removeFirst();
          fields.forEach(field -> b.alu(AluOp.ADD, sum, field));
          b.call(XDP_GET_BUFF_LEN, sum);
          exitWithSum(b, results);
        });

    assertThat(allocation.slots()).isEmpty();
  }
}
