package dev.jbpfilter.bytecode;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the checker makes of addresses in the frame. */
class AllocationCheckerFrameTest {
  private static final Element<Phys> EXIT = new Element.Exit<>(Phys.R0);

  private static Element<Phys> move(Phys dst, Phys src) {
    return new Element.Move<>(Width.W64, 0, dst, Operand.reg(src));
  }

  /** Two addresses in the frame, of which the allocation below leaves out what is asked for. */
  private static Allocation addresses(List<Element<Phys>> output, List<Integer> origins) {
    Code<Virt> input =
        CodeBuilder.function(
            "test",
            b -> {
              Virt first = b.add(Virt.FRAME, b.stackVariable(16));
              b.store(Size.B, first, 0, 7);
              b.exit(first);
            });
    return new Allocation(input, new Code<>("test", List.of(), output, 16), origins, List.of());
  }

  private static Element<Phys> addition(Phys dst, int value) {
    return new Element.Alu<>(AluOp.ADD, Width.W64, dst, Operand.imm(value));
  }

  private static Element<Phys> mark(Phys base) {
    return new Element.Store<>(Size.B, base, 0, Operand.imm(7));
  }

  @Test
  void addressesInTheFrameMayBeMadeAgain() {
    Allocation allocation =
        addresses(
            List.of(
                move(Phys.R1, Phys.FRAME),
                addition(Phys.R1, -16),
                mark(Phys.R1),
                move(Phys.R0, Phys.FRAME),
                addition(Phys.R0, -16),
                EXIT),
            List.of(-1, -1, 2, -1, -1, 3));

    assertThatCode(() -> AllocationChecker.verify(allocation)).doesNotThrowAnyException();
  }

  @Test
  void addressOfAnotherPlace() {
    Allocation allocation =
        addresses(
            List.of(move(Phys.R0, Phys.FRAME), addition(Phys.R0, -8), mark(Phys.R0), EXIT),
            List.of(-1, -1, 2, 3));

    assertThatIllegalStateException()
        .isThrownBy(() -> AllocationChecker.verify(allocation))
        .withMessageContaining("r0 should hold v1");
  }

  @Test
  void numberAddedToSomethingElse() {
    Allocation allocation =
        addresses(
            List.of(
                move(Phys.R0, Phys.FRAME),
                addition(Phys.R0, -16),
                addition(Phys.R0, -16),
                mark(Phys.R0),
                EXIT),
            List.of(0, 1, -1, 2, 3));

    assertThatIllegalStateException()
        .isThrownBy(() -> AllocationChecker.verify(allocation))
        .withMessageContaining("may not be inserted");
  }

  /** Its second element would add the number twice. */
  @Test
  void addressMadeAgainInTheMiddleOfItself() {
    Allocation allocation =
        addresses(
            List.of(
                move(Phys.R1, Phys.FRAME),
                move(Phys.R0, Phys.FRAME),
                addition(Phys.R0, -16),
                addition(Phys.R0, -16),
                mark(Phys.R0),
                EXIT),
            List.of(0, -1, -1, 1, 2, 3));

    assertThatIllegalStateException()
        .isThrownBy(() -> AllocationChecker.verify(allocation))
        .withMessageContaining("r0 should hold v1");
  }

  @Test
  void onlyHalfOfAnAddressIsMissing() {
    Allocation second =
        addresses(List.of(move(Phys.R0, Phys.FRAME), mark(Phys.R0), EXIT), List.of(0, 2, 3));

    assertThatIllegalStateException()
        .isThrownBy(() -> AllocationChecker.verify(second))
        .withMessageContaining("is missing");
  }
}
