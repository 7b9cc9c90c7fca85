package dev.jbpfilter.bytecode;

import static dev.jbpfilter.bytecode.Allocations.exitWithSum;
import static dev.jbpfilter.bytecode.Allocations.inserted;
import static dev.jbpfilter.bytecode.Helpers.MAP_LOOKUP_ELEM;
import static dev.jbpfilter.bytecode.Helpers.XDP_GET_BUFF_LEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calling convention and control flow. */
class RegisterAllocatorCallsTest {

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
          exitWithSum(b, values);
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
      exitWithSum(b, others);
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
}
