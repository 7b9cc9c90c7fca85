package dev.jbpfilter.bytecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The checker finds what is wrong, and says where. */
class AllocationCheckerTest {
  private static final Element<Phys> CLOBBER_R6 = move(Phys.R6, Phys.R1);

  private static Element<Phys> move(Phys dst, Phys src) {
    return new Element.Move<>(Width.W64, 0, dst, Operand.reg(src));
  }

  /** The context lives across a call, in r6; eleven values make spills. */
  private static Allocation sample() {
    return Allocations.of(b -> {
      Virt context = b.parameter();
      Virt second = b.parameter();
      List<Virt> values = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        values.add(b.load(Size.W, context, i));
      }
      b.call(Helpers.MAP_LOOKUP_ELEM, second, values.getFirst());
      values.add(context);
      Virt sum = b.constant(0);
      values.forEach(value -> b.alu(AluOp.ADD, sum, value));
      b.exit(sum);
    });
  }

  private static Allocation with(Allocation allocation, List<Element<Phys>> elements) {
    return with(allocation, elements, allocation.origins());
  }

  private static Allocation with(
      Allocation allocation, List<Element<Phys>> elements, List<Integer> origins) {
    Code<Phys> output = allocation.output();
    return new Allocation(
        allocation.input(),
        new Code<>(output.name(), output.parameters(), elements, output.frameBytes()),
        origins,
        allocation.slots());
  }

  private static Allocation without(Allocation allocation, int index) {
    List<Element<Phys>> elements = new ArrayList<>(allocation.output().elements());
    List<Integer> origins = new ArrayList<>(allocation.origins());
    elements.remove(index);
    origins.subList(index, index + 1).clear();
    return with(allocation, elements, origins);
  }

  private static Allocation inserted(Allocation allocation, int index, Element<Phys> element) {
    List<Element<Phys>> elements = new ArrayList<>(allocation.output().elements());
    List<Integer> origins = new ArrayList<>(allocation.origins());
    elements.add(index, element);
    origins.add(index, Allocation.INSERTED);
    return with(allocation, elements, origins);
  }

  private static int find(Allocation allocation, Class<?> kind, boolean inserted) {
    for (int i = 0; i < allocation.origins().size(); i++) {
      if (kind.isInstance(allocation.output().elements().get(i))
          && inserted == (allocation.origins().get(i) == Allocation.INSERTED)) {
        return i;
      }
    }
    throw new AssertionError("no " + kind);
  }

  @Test
  void droppedReload() {
    Allocation allocation = sample();
    int reload = find(allocation, Element.Load.class, true);

    assertThatIllegalStateException()
        .isThrownBy(() -> AllocationChecker.verify(without(allocation, reload)))
        .withMessageMatching("test: element \\d+, .*: r\\d should hold v\\d+ of .*, holds .*");
  }

  @Test
  void droppedSpill() {
    Allocation allocation = sample();
    int spill = find(allocation, Element.Store.class, true);

    assertThatIllegalStateException()
        .isThrownBy(() -> AllocationChecker.verify(without(allocation, spill)))
        .withMessageContaining("should hold");
  }

  @Test
  void valueInCallerSavedRegisterAcrossCall() {
    // r6 and r5 change roles everywhere, so only the call is wrong.
    Allocation allocation = sample();
    List<Element<Phys>> elements = new ArrayList<>();
    for (Element<Phys> element : allocation.output().elements()) {
      elements.add(
          element.map(register ->
              switch (register) {
                case R6 -> Phys.R5;
                case R5 -> Phys.R6;
                default -> register;
              }));
    }

    assertThatIllegalStateException()
        .isThrownBy(() -> AllocationChecker.verify(with(allocation, elements)))
        .withMessageContaining("r5 should hold")
        .withMessageContaining("holds nothing known");
  }

  @Test
  void overwrittenRegister() {
    Allocation allocation = sample();
    int call = find(allocation, Element.Call.class, false);

    assertThatIllegalStateException()
        .isThrownBy(() -> AllocationChecker.verify(inserted(allocation, call + 1, CLOBBER_R6)))
        .withMessageContaining("r6 should hold");
  }

  @Test
  void otherRegistersThanTheCallingConvention() {
    Allocation allocation = sample();
    int call = find(allocation, Element.Call.class, false);
    List<Element<Phys>> elements = new ArrayList<>(allocation.output().elements());
    elements.set(
        call, new Element.Call<>(Helpers.MAP_LOOKUP_ELEM, List.of(Phys.R1, Phys.R3), Phys.R0));
    elements.add(call, move(Phys.R3, Phys.R2));
    List<Integer> origins = new ArrayList<>(allocation.origins());
    origins.add(call, Allocation.INSERTED);

    assertThatIllegalStateException()
        .isThrownBy(() -> AllocationChecker.verify(with(allocation, elements, origins)))
        .withMessageContaining("argument 2 should be in r2");
  }

  @Test
  void droppedElements() {
    Allocation allocation = sample();
    for (int i = 0; i < allocation.origins().size() - 1; i++) {
      if (allocation.origins().get(i) != Allocation.INSERTED) {
        Allocation corrupted = without(allocation, i);
        assertThatIllegalStateException()
            .isThrownBy(() -> AllocationChecker.verify(corrupted))
            .withMessageMatching(".*(is missing|should hold).*");
      }
    }
  }

  @Test
  void changedAndForeignElements() {
    Allocation allocation = sample();
    int add = find(allocation, Element.Alu.class, false);
    List<Element<Phys>> elements = new ArrayList<>(allocation.output().elements());
    elements.set(add, new Element.Negate<>(Width.W64, Phys.R0));

    assertThatIllegalStateException()
        .isThrownBy(() -> AllocationChecker.verify(with(allocation, elements)))
        .withMessageContaining("does not fit Alu");
    assertThatIllegalStateException()
        .isThrownBy(() ->
            AllocationChecker.verify(
                inserted(allocation, 0, new Element.Negate<>(Width.W64, Phys.R0))))
        .withMessageContaining("may not be inserted");
    assertThatIllegalStateException()
        .isThrownBy(() ->
            AllocationChecker.verify(
                inserted(
                    allocation, 0, new Element.Load<>(Size.DW, false, Phys.R0, Phys.FRAME, -400))))
        .withMessageContaining("accesses no spill slot");
    assertThatIllegalStateException()
        .isThrownBy(
            () -> AllocationChecker.verify(inserted(allocation, 0, move(Phys.FRAME, Phys.R1))))
        .withMessageContaining("read-only");
  }

  @Test
  void slotsThatOverlapVariablesOfTheCode() {
    Allocation allocation = sample();
    Code<Virt> input = allocation.input();
    Code<Virt> larger = new Code<>(input.name(), input.parameters(), input.elements(), 8);

    assertThatIllegalStateException()
        .isThrownBy(() ->
            AllocationChecker.verify(
                new Allocation(
                    larger, allocation.output(), allocation.origins(), allocation.slots())))
        .withMessageContaining("slot at -8");
  }

  @Test
  void disagreementOnOnePathOnly() {
    Allocation allocation =
        Allocations.of(b -> {
          Virt context = b.parameter();
          Virt kept = b.load(Size.W, context, 0);
          b.ifThen(Condition.EQ, kept, 1, () -> b.store(Size.W, kept, 0, b.load(Size.W, kept, 0)));
          b.exit(kept);
        });
    int store = find(allocation, Element.Store.class, false);
    Phys register = allocation.output().elements().get(store).uses().getFirst();

    assertThatIllegalStateException()
        .isThrownBy(() ->
            AllocationChecker.verify(inserted(allocation, store + 1, move(register, Phys.R9))))
        .withMessageContaining("should hold v2");
  }

  @Test
  void fixedRegisters() {
    Allocation exchange =
        Allocations.of(b -> {
          Virt base = b.parameter();
          Virt old = b.parameter();
          b.with(new Atomic.CompareExchange<>(Size.W, base, 0, old, base));
          b.exit(b.add(old, base));
        });
    int index = find(exchange, Atomic.CompareExchange.class, false);
    Allocation packet =
        Allocations.of(b -> {
          Virt context = b.parameter();
          Virt result = b.fresh();
          b.with(new LoadPacket<>(Size.B, result, context, null, 0));
          b.exit(result);
        });

    assertThatIllegalStateException()
        .isThrownBy(() ->
            AllocationChecker.verify(
                replaced(
                    exchange,
                    index,
                    new Atomic.CompareExchange<>(Size.W, Phys.R1, 0, Phys.R2, Phys.R1))))
        .withMessageContaining("the value to compare with should be in r0");
    assertThatIllegalStateException()
        .isThrownBy(() ->
            AllocationChecker.verify(
                replaced(packet, 1, new LoadPacket<>(Size.B, Phys.R0, Phys.R1, null, 0))))
        .withMessageContaining("the context should be in r6");
  }

  private static Allocation replaced(Allocation allocation, int index, Element<Phys> element) {
    List<Element<Phys>> elements = new ArrayList<>(allocation.output().elements());
    elements.set(index, element);
    return with(allocation, elements);
  }

  /** Whatever changes what the code does, the checker finds. */
  @Test
  void randomCorruptions() {
    SplittableRandom random = new SplittableRandom(1);
    int harmful = 0;
    for (int seed = 0; seed < 1000; seed++) {
      Allocation allocation =
          RegisterAllocator.allocate(RandomCode.function(seed, seed % 14, 5 + seed % 40));
      Allocation corrupted = corrupt(allocation, random);
      boolean differs = false;
      for (int run = 0; run < 4; run++) {
        differs |= !Allocations.trace(allocation, run).equals(Allocations.trace(corrupted, run));
      }
      if (differs) {
        harmful++;
        assertThatIllegalStateException()
            .as("seed %s", seed)
            .isThrownBy(() -> AllocationChecker.verify(corrupted));
      }
    }
    assertThat(harmful).isGreaterThan(150);
  }

  private static Allocation corrupt(Allocation allocation, SplittableRandom random) {
    List<Element<Phys>> elements = allocation.output().elements();
    while (true) {
      int index = random.nextInt(elements.size());
      Element<Phys> element = elements.get(index);
      boolean inserted = allocation.origins().get(index) == Allocation.INSERTED;
      Phys first = Phys.of(random.nextInt(10));
      Phys second = Phys.of(random.nextInt(10));
      boolean fixed = element instanceof Element.Call || element instanceof Element.Exit;
      switch (random.nextInt(3)) {
        case 0 -> {
          if (inserted) {
            return without(allocation, index);
          }
        }
        case 1 -> {
          return inserted(allocation, index, move(first, second));
        }
        default -> {
          if (!fixed && (element.def() != null || !element.uses().isEmpty())) {
            List<Element<Phys>> changed = new ArrayList<>(elements);
            changed.set(
                index,
                element.map(register ->
                    register == first ? second : register == second ? first : register));
            return with(allocation, changed);
          }
        }
      }
    }
  }

  @Test
  void acceptsWhatIsRight() {
    assertThatCode(() -> AllocationChecker.verify(sample())).doesNotThrowAnyException();
  }
}
