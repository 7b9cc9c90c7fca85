package dev.jbpfilter.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.Checker.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Elements and programs for tests of {@link Checker}. */
final class CheckedPrograms {
  private CheckedPrograms() {}

  static final Label ONE = new Label(1, "one");
  static final Label TWO = new Label(2, "two");
  static final Element<Phys> EXIT = new Element.Exit<>(Phys.R0);

  static Element<Phys> move(Phys dst, int value) {
    return new Element.Move<>(Width.W64, 0, dst, Operand.imm(value));
  }

  static Element<Phys> copy(Phys dst, Phys src) {
    return new Element.Move<>(Width.W64, 0, dst, Operand.reg(src));
  }

  static Element<Phys> alu(AluOp op, Width width, Phys dst, int value) {
    return new Element.Alu<>(op, width, dst, Operand.imm(value));
  }

  static Element<Phys> alu(AluOp op, Phys dst, Phys src) {
    return new Element.Alu<>(op, Width.W64, dst, Operand.reg(src));
  }

  static Element<Phys> add(Phys dst, int value) {
    return alu(AluOp.ADD, Width.W64, dst, value);
  }

  static Element<Phys> load(Size size, Phys dst, Phys base, int offset) {
    return new Element.Load<>(size, false, dst, base, offset);
  }

  static Element<Phys> store(Size size, Phys base, int offset, Phys src) {
    return new Element.Store<>(size, base, offset, Operand.reg(src));
  }

  static Element<Phys> branch(Phys left, Label target) {
    return new Element.Branch<>(Condition.EQ, Width.W64, left, Operand.imm(0), target);
  }

  static Element<Phys> call(int helper) {
    return new Element.Call<>(new CallTarget.Helper(helper), List.of(), Phys.R0);
  }

  static Element<Phys> call(String function) {
    return new Element.Call<>(new CallTarget.Subprogram(function), List.of(), Phys.R0);
  }

  static Element<Phys> bind(Label label) {
    return new Element.Bind<>(label);
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  static Code<Phys> function(String name, Element<Phys>... elements) {
    return new Code<>(name, List.of(Phys.R1), Arrays.asList(elements), 0);
  }

  static List<Problem> check(List<Code<Phys>> functions) {
    return Checker.check(
        Encoder.program("test", ProgramType.XDP, AttachType.XDP, 0, "GPL", functions));
  }

  /** A program of one function; an exit is appended. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  static List<Problem> check(Element<Phys>... elements) {
    List<Element<Phys>> all = new ArrayList<>(List.of(elements));
    all.add(EXIT);
    return check(List.of(new Code<>("main", List.of(Phys.R1), all, 0)));
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  static void accepts(Element<Phys>... elements) {
    assertThat(check(elements)).isEmpty();
  }

  /** The one problem is with the instruction in a slot. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  static void refuses(int slot, String text, Element<Phys>... elements) {
    assertThat(check(elements))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.slot()).isEqualTo(slot);
          assertThat(problem.text()).isEqualTo(text);
        });
  }

  static String unwritten(Phys register) {
    return register + " is not written before on every path";
  }
}
