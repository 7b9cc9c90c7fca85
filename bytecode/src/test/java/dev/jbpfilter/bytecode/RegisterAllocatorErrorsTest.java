package dev.jbpfilter.bytecode;

import static dev.jbpfilter.bytecode.Allocations.exitWithSum;
import static dev.jbpfilter.bytecode.Allocations.liveValues;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.bytecode.CodegenException.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What cannot be allocated, and how that is said. */
class RegisterAllocatorErrorsTest {

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
  void stackExhaustionNamesSizeAndPlace() {
    Code<Virt> code =
        CodeBuilder.function(
            "test",
            b -> {
              b.stackVariable(400);
              b.note("rule 7");
              exitWithSum(b, liveValues(b, 40));
            });

    assertThatThrownBy(() -> RegisterAllocator.allocate(code))
        .isInstanceOfSatisfying(
            CodegenException.class,
            e -> {
              assertThat(e.reason())
                  .isInstanceOfSatisfying(
                      Reason.StackExhausted.class,
                      r -> {
                        assertThat(r.bytes()).isEqualTo(520);
                        assertThat(r.variableBytes()).isEqualTo(400);
                        assertThat(r.values()).hasSize(15).doesNotHaveDuplicates();
                        assertThat(code.elements().toString())
                            .contains(r.values().stream().map(v -> "dst=" + v).toList());
                      });
              assertThat(e.note()).isEqualTo("rule 7");
              assertThat(e)
                  .hasMessageStartingWith(
                      "rule 7: needs 520 bytes of stack, 512 are available: 400 for variables, "
                          + "8 for each of 15 values that no register holds (v")
                  .hasMessageEndingWith(", …)");
            });
  }

  @Test
  void thousandsOfLiveValuesAreRefusedAtOnce() {
    Code<Virt> code =
        CodeBuilder.function(
            "test",
            b -> {
              b.note("rule 8");
              List<Virt> values = liveValues(b, 5000);
              b.ifThen(Condition.EQ, values.getFirst(), 1, () -> b.exit(0));
              exitWithSum(b, values);
            });

    assertThatThrownBy(() -> RegisterAllocator.allocate(code))
        .isInstanceOfSatisfying(
            CodegenException.class,
            e ->
                assertThat(e.reason())
                    .isInstanceOfSatisfying(
                        Reason.StackExhausted.class,
                        r -> assertThat(r.values()).hasSizeGreaterThan(200).contains(new Virt(1))))
        .hasMessageContaining("rule 8: needs")
        .hasMessageContaining("bytes of stack, 512 are available")
        .hasMessageContaining("0 for variables");
  }
}
