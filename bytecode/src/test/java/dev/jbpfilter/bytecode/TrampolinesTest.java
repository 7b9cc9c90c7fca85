package dev.jbpfilter.bytecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.bytecode.interpreter.Frame;
import dev.jbpfilter.bytecode.interpreter.Interpreter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jumps for kernels without {@code gotol}. */
final class TrampolinesTest {
  private static final KernelVersion OLD = new KernelVersion(5, 15);
  private static final Element<Phys> EXIT = new Element.Exit<>(Phys.R0);
  private static final Element<Phys> FILL = new Element.Negate<>(Width.W64, Phys.R3);
  private static final Label FAR = new Label(0, "far");
  private static final Label NEAR = new Label(1, "near");

  private static Element<Phys> branch(Condition condition, Phys left, int right, Label target) {
    return new Element.Branch<>(condition, Width.W64, left, Operand.imm(right), target);
  }

  private static Encoder.Encoded encode(List<Element<Phys>> elements, KernelVersion target) {
    return Encoder.encode(List.of(new Code<>("main", List.of(Phys.R1), elements, 0)), target);
  }

  private static Encoder.Encoded encode(List<Element<Phys>> elements) {
    Encoder.Encoded encoded = encode(elements, OLD);
    assertThat(Arrays.stream(encoded.instructions().toArray()).map(slot -> slot & 0xff))
        .doesNotContain(0x06L);
    requireReached(encoded.instructions());
    return encoded;
  }

  /** The kernel refuses code that control cannot get to. */
  private static void requireReached(Instructions code) {
    boolean[] reached = new boolean[code.count()];
    List<Integer> pending = new ArrayList<>(List.of(0));
    while (!pending.isEmpty()) {
      for (int at = pending.removeLast(); !reached[at]; at++) {
        reached[at] = true;
        int opcode = (int) code.slot(at) & 0xff;
        int target = at + 1 + (short) (code.slot(at) >> 16);
        if (opcode == 0x95) {
          break;
        }
        if (opcode == 0x05) {
          pending.add(target);
          break;
        }
        if ((opcode & 0x07) == 0x05) {
          pending.add(target);
        }
      }
    }
    for (int i = 0; i < reached.length; i++) {
      assertThat(reached[i]).as("slot %s is reached", i).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void inRangeThereIsNone(boolean back) {
    assertThat(encode(over(32_767, back)).instructions().count()).isEqualTo(32_767 + 2);
  }

  private static List<Element<Phys>> over(int slots, boolean back) {
    List<Element<Phys>> elements = new ArrayList<>(Collections.nCopies(slots, FILL));
    elements.add(back ? slots : 0, branch(Condition.SET, Phys.R1, 7, FAR));
    elements.add(back ? 0 : slots + 1, new Element.Bind<>(FAR));
    elements.add(EXIT);
    return elements;
  }

  @Test
  void oneBeyondItLeadsOverTheFarthestIsland() {
    Encoder.Encoded encoded = encode(over(32_768, false));

    // Control would fall into the island, at the end of the fourth stretch, so it is jumped over.
    assertThat(encoded.instructions().count()).isEqualTo(32_768 + 2 + 2);
    int trampoline = 1 + (short) (encoded.instructions().slot(0) >> 16);
    assertThat(trampoline).isBetween(3 * 8192, 32_768);
    assertThat(Samples.hex(encoded.instructions().slot(trampoline - 1)))
        .isEqualTo("05 00 01 00 00 00 00 00");
    assertThat(trampoline + 1 + (short) (encoded.instructions().slot(trampoline) >> 16))
        .isEqualTo(32_768 + 3);
  }

  @Test
  void oneBeyondItBackwards() {
    Encoder.Encoded encoded = encode(over(32_768, true));

    int jump = encoded.instructions().count() - 2;
    int trampoline = jump + 1 + (short) (encoded.instructions().slot(jump) >> 16);
    assertThat(encoded.instructions().count()).isEqualTo(32_768 + 2 + 2);
    assertThat(trampoline).isBetween(2, 8192 + 1);
    assertThat(trampoline + 1 + (short) (encoded.instructions().slot(trampoline) >> 16)).isZero();
  }

  @Test
  void islandsStandWhereControlDoesNotFallIn() {
    List<Element<Phys>> elements = over(40_000, false);
    elements.add(1, branch(Condition.EQ, Phys.R2, 1, NEAR));
    elements.add(30_000, EXIT);
    elements.add(30_001, new Element.Bind<>(NEAR));

    Encoder.Encoded encoded = encode(elements);

    assertThat(encoded.instructions().count()).isEqualTo(40_000 + 4 + 1);
    assertThat((short) (encoded.instructions().slot(0) >> 16)).isEqualTo((short) 30_000);
  }

  @Test
  void jumpsToOneTargetShareTrampolines() {
    List<Element<Phys>> elements = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      elements.add(branch(Condition.EQ, Phys.R1, i, FAR));
      elements.add(FILL);
    }
    elements.add(new Element.Bind<>(FAR));
    elements.add(EXIT);

    Encoder.Encoded encoded = encode(elements);

    // At most one trampoline and one jump over it in each stretch of 8192 slots.
    assertThat(encoded.instructions().count()).isBetween(100_002, 100_001 + 2 * 13);
  }

  @Test
  void tooManyTargetsAreRefused() {
    List<Element<Phys>> elements = new ArrayList<>(List.of(new Element.Note<>("table")));
    int count = 70_000;
    for (int i = 0; i < count; i++) {
      elements.add(branch(Condition.EQ, Phys.R1, i, new Label(i, "case")));
    }
    for (int i = 0; i < count; i++) {
      elements.add(new Element.Bind<>(new Label(i, "case")));
      elements.add(FILL);
    }
    elements.add(EXIT);

    assertThatThrownBy(() -> encode(elements))
        .isInstanceOf(CodegenException.class)
        .hasMessageContaining("table: jump distance");
  }

  /**
   * Blocks that mix their number into the result and go on to any other block, until a counter is
   * down. Few ends of blocks are unconditional, so that there must be islands in between.
   */
  @ParameterizedTest
  @CsvSource({"1, 300, 350, 8", "2, 3000, 60, 2", "3, 7000, 30, 50", "4, 9000, 20, 9999999"})
  void sameResultAsWithLongJumps(int seed, int blocks, int size, int jumpEvery) {
    List<Element<Phys>> elements = wander(new SplittableRandom(seed), blocks, size, jumpEvery);
    Encoder.Encoded old = encode(elements);
    Encoder.Encoded newest = encode(elements, new KernelVersion(6, 6));

    assertThat(old.instructions().count()).isBetween(100_000, 300_000);
    assertThat(old.instructions()).isNotEqualTo(newest.instructions());
    int result = run(newest);
    assertThat(run(old)).isEqualTo(result).isNotZero();
  }

  private static int run(Encoder.Encoded encoded) {
    ProgramSpec program =
        new ProgramSpec(
            "p",
            ProgramType.XDP,
            AttachType.XDP,
            0,
            "GPL",
            encoded.instructions(),
            List.of(),
            List.of());
    return Interpreter.of(new ObjectSpec("o", program, List.of()))
        .run(Frame.of(new byte[64]), 100_000_000);
  }

  private static List<Element<Phys>> wander(
      SplittableRandom random, int blocks, int size, int jumpEvery) {
    List<Label> labels = new ArrayList<>();
    for (int i = 0; i < blocks; i++) {
      labels.add(new Label(i, "block"));
    }
    Label end = new Label(blocks, "end");
    List<Element<Phys>> elements = new ArrayList<>();
    elements.add(move(Phys.R0, 1));
    elements.add(move(Phys.R3, 1));
    elements.add(move(Phys.R6, 4000));
    for (int i = 0; i < blocks; i++) {
      elements.add(new Element.Bind<>(labels.get(i)));
      elements.add(alu(AluOp.MUL, Phys.R0, 0x10001));
      elements.add(alu(AluOp.XOR, Phys.R0, i + 1));
      elements.add(alu(AluOp.SUB, Phys.R6, 1));
      elements.add(branch(Condition.EQ, Phys.R6, 0, end));
      elements.addAll(Collections.nCopies(random.nextInt(2 * size), FILL));
      Label target = labels.get(random.nextInt(blocks));
      elements.add(branch(Condition.SET, Phys.R0, 1 << random.nextInt(24), target));
      if (random.nextInt(jumpEvery) == 0) {
        elements.add(new Element.Jump<>(labels.get(random.nextInt(blocks))));
      }
    }
    elements.add(new Element.Jump<>(labels.getFirst()));
    // Every block is reached, whatever the jumps skip.
    elements.add(0, branch(Condition.EQ, Phys.R1, 0, end));
    for (int i = 0; i < blocks; i += 97) {
      elements.add(0, branch(Condition.EQ, Phys.R1, i, labels.get(i)));
    }
    elements.add(new Element.Bind<>(end));
    elements.add(EXIT);
    return elements;
  }

  private static Element<Phys> move(Phys dst, int value) {
    return new Element.Move<>(Width.W64, 0, dst, Operand.imm(value));
  }

  private static Element<Phys> alu(AluOp op, Phys dst, int value) {
    return new Element.Alu<>(op, Width.W64, dst, Operand.imm(value));
  }
}
