package dev.jbpfilter.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DeadCodeTest {
  private static final Label A = new Label(0, "a");
  private static final Label B = new Label(1, "b");
  private static final Label C = new Label(2, "c");
  private static final Element<Phys> EXIT = new Element.Exit<>(Phys.R0);
  private static final Element<Phys> WORK = new Element.Negate<>(Width.W64, Phys.R0);
  private static final Element<Phys> NOTE = new Element.Note<>("rule");

  @Test
  void liveCodeStaysTheSameObject() {
    Code<Phys> code = code(List.of(NOTE, WORK, branch(A), WORK, bind(A), EXIT));
    assertThat(DeadCode.remove(code)).isSameAs(code);
  }

  @Test
  void unreachableInstructionsAndLabelsGo() {
    assertThat(live(List.of(jump(B), bind(A), WORK, jump(A), bind(B), EXIT, WORK, EXIT)))
        .containsExactly(bind(B), EXIT);
  }

  @Test
  void loopsStay() {
    assertThat(live(List.of(WORK, bind(A), jump(A)))).containsExactly(WORK, bind(A), jump(A));
    assertThat(live(List.of(bind(A), WORK, branch(A), EXIT)))
        .containsExactly(bind(A), WORK, branch(A), EXIT);
  }

  @Test
  void notesStayWithWhatTheyAreAbout() {
    assertThat(live(List.of(branch(A), EXIT, NOTE, WORK, bind(A), WORK, EXIT)))
        .containsExactly(branch(A), EXIT, NOTE, bind(A), WORK, EXIT);
  }

  @Test
  void jumpsAndBranchesToTheNextInstructionGo() {
    assertThat(live(List.of(WORK, jump(A), NOTE, bind(A), EXIT)))
        .containsExactly(WORK, NOTE, bind(A), EXIT);
    assertThat(live(List.of(WORK, branch(A), bind(A), EXIT))).containsExactly(WORK, bind(A), EXIT);
  }

  @Test
  void jumpsOverJumpsThatWentGoToo() {
    assertThat(
            live(List.of(branch(C), branch(C), jump(A), bind(B), bind(A), jump(C), bind(C), EXIT)))
        .containsExactly(bind(A), bind(C), EXIT);
  }

  @Test
  void jumpOverDeadCodeGoes() {
    assertThat(live(List.of(jump(A), WORK, WORK, bind(A), EXIT))).containsExactly(bind(A), EXIT);
  }

  @Test
  void deepBranchingNeedsNoDeepStack() {
    var elements = new ArrayList<Element<Phys>>();
    for (int i = 0; i < 100_000; i++) {
      elements.add(branch(new Label(i, "x")));
      elements.add(WORK);
    }
    for (int i = 0; i < 100_000; i++) {
      elements.add(bind(new Label(i, "x")));
      elements.add(WORK);
    }
    elements.add(EXIT);
    Code<Phys> code = code(elements);
    assertThat(DeadCode.remove(code)).isSameAs(code);
  }

  private static List<Element<Phys>> live(List<Element<Phys>> elements) {
    return DeadCode.remove(code(elements)).elements();
  }

  private static Code<Phys> code(List<Element<Phys>> elements) {
    return new Code<>("main", List.of(), elements, 0);
  }

  private static Element<Phys> jump(Label target) {
    return new Element.Jump<>(target);
  }

  private static Element<Phys> branch(Label target) {
    return new Element.Branch<>(Condition.EQ, Width.W64, Phys.R1, Operand.imm(0), target);
  }

  private static Element<Phys> bind(Label label) {
    return new Element.Bind<>(label);
  }
}
