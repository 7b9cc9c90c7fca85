package dev.jbpfilter.bytecode;

import static dev.jbpfilter.bytecode.Allocations.exitWithSum;
import static dev.jbpfilter.bytecode.Allocations.inserted;
import static dev.jbpfilter.bytecode.Allocations.liveValues;
import static dev.jbpfilter.bytecode.Helpers.MAP_LOOKUP_ELEM;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Elements with fixed registers, and addresses in the frame. */
class RegisterAllocatorFixedTest {

  private static void exchange(CodeBuilder b, Virt base, Virt old, Virt src) {
    b.with(new Atomic.CompareExchange<>(Size.DW, base, 0, old, src));
  }

  private static Virt packet(CodeBuilder b, Virt context, @Nullable Virt index) {
    Virt result = b.fresh();
    b.with(new LoadPacket<>(Size.B, result, context, index, 14));
    return result;
  }

  @Test
  void comparedValueIsMadeWhereItIsWanted() {
    Allocation allocation =
        Allocations.of(b -> {
          Virt base = b.parameter();
          Virt src = b.parameter();
          Virt old = b.constant(1);
          exchange(b, base, old, src);
          b.exit(old);
        });

    assertThat(inserted(allocation)).isEmpty();
  }

  @Test
  void comparedValueMovesOnlyIfSomethingIsInItsWay() {
    Allocation allocation =
        Allocations.of(b -> {
          Virt base = b.parameter();
          Virt old = b.call(MAP_LOOKUP_ELEM);
          Virt same = b.copy(old);
          exchange(b, base, old, same);
          b.exit(b.add(old, same));
        });

    // The parameter leaves r1 before the call; the copy is the element that parts the two values.
    assertThat(inserted(allocation)).hasSize(1);
  }

  @Test
  void operandsOfAnExchangeMayBeTheSame() {
    Allocation allocation =
        Allocations.of(b -> {
          Virt one = b.parameter();
          exchange(b, one, one, one);
          exchange(b, Virt.FRAME, one, Virt.FRAME);
          b.exit(one);
        });

    // As the base it must never be in r0, so it goes there and back for each exchange.
    assertThat(inserted(allocation)).hasSize(5);
  }

  /** Base, source and seven values take the nine registers; more do not fit. */
  @ParameterizedTest
  @CsvSource({"7, 0", "8, 2", "20, 14"})
  void nothingLivesAcrossAnExchangeInR0(int values, int spilled) {
    Allocation allocation =
        Allocations.of(b -> {
          List<Virt> live = liveValues(b, values);
          Virt base = b.load(Size.W, Virt.FRAME, -8);
          Virt src = b.load(Size.W, Virt.FRAME, -8);
          Virt old = b.load(Size.W, Virt.FRAME, -8);
          exchange(b, base, old, src);
          live.add(base);
          live.add(src);
          exitWithSum(b, live);
        });

    assertThat(allocation.slots()).hasSizeLessThanOrEqualTo(spilled);
    assertThat(allocation.slots().isEmpty()).isEqualTo(spilled == 0);
  }

  @Test
  void contextStaysInR6OverPacketAccesses() {
    Allocation allocation =
        Allocations.of(b -> {
          Virt context = b.parameter();
          Virt first = packet(b, context, null);
          Virt second = packet(b, context, first);
          Virt third = packet(b, context, second);
          b.exit(third);
        });

    // One move brings the context to r6.
    assertThat(inserted(allocation)).hasSize(1);
  }

  @Test
  void threeValuesLiveAcrossPacketAccesses() {
    Allocation allocation =
        Allocations.of(b -> {
          Virt context = b.parameter();
          List<Virt> values = liveValues(b, 3);
          values.add(packet(b, context, null));
          values.add(context);
          exitWithSum(b, values);
        });

    assertThat(allocation.slots()).isEmpty();
  }

  @Test
  void anotherContextTakesR6FromNobody() {
    Allocation allocation =
        Allocations.of(b -> {
          Virt context = b.parameter();
          Virt other = b.parameter();
          List<Virt> values = liveValues(b, 3);
          values.add(packet(b, context, values.getFirst()));
          values.add(packet(b, other, null));
          values.add(packet(b, context, context));
          values.add(packet(b, other, values.getFirst()));
          exitWithSum(b, values);
        });

    assertThat(allocation.slots()).isNotEmpty();
  }

  @Test
  void indexAndContextMayHaveToSwap() {
    // The index wants r6 for the first access, where it is the context.
    Allocation allocation =
        Allocations.of(b -> {
          Virt first = b.parameter();
          Virt second = b.parameter();
          Virt sum = packet(b, first, null);
          Virt again = packet(b, second, first);
          b.exit(b.add(sum, again));
        });

    assertThat(allocation.slots()).isEmpty();
  }

  @Test
  void frameAddressesAreMadeAgainInsteadOfSpilled() {
    Allocation allocation =
        Allocations.of(b -> {
          int key = b.stackVariable(16);
          Virt address = b.add(Virt.FRAME, key);
          Virt next = b.add(Virt.FRAME, key + 8);
          List<Virt> values = liveValues(b, 4);
          values.add(b.call(MAP_LOOKUP_ELEM, address, next));
          values.add(b.call(MAP_LOOKUP_ELEM, next, address));
          List<Virt> twice = new ArrayList<>(values.subList(0, 4));
          twice.addAll(values.subList(0, 4));
          exitWithSum(b, twice);
        });

    // Four values live across the calls; the addresses are made for each anew, by two elements.
    assertThat(allocation.slots()).isEmpty();
    assertThat(inserted(allocation).stream().filter(Element.Alu.class::isInstance)).hasSize(4);
  }

  @Test
  void addressThatVariesIsNotMadeAgain() {
    Allocation allocation =
        Allocations.of(b -> {
          Virt p = b.parameter();
          Virt address = b.add(Virt.FRAME, b.stackVariable(16));
          b.ifThen(Condition.EQ, p, 1, () -> b.alu(AluOp.ADD, address, 8));
          List<Virt> values = liveValues(b, 4);
          b.call(MAP_LOOKUP_ELEM, p);
          values.add(address);
          exitWithSum(b, values);
        });

    assertThat(allocation.slots()).hasSize(1);
  }
}
