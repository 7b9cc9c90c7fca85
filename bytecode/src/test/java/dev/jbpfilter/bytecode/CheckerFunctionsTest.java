package dev.jbpfilter.bytecode;

import static dev.jbpfilter.bytecode.CheckedPrograms.EXIT;
import static dev.jbpfilter.bytecode.CheckedPrograms.ONE;
import static dev.jbpfilter.bytecode.CheckedPrograms.bind;
import static dev.jbpfilter.bytecode.CheckedPrograms.branch;
import static dev.jbpfilter.bytecode.CheckedPrograms.call;
import static dev.jbpfilter.bytecode.CheckedPrograms.check;
import static dev.jbpfilter.bytecode.CheckedPrograms.copy;
import static dev.jbpfilter.bytecode.CheckedPrograms.function;
import static dev.jbpfilter.bytecode.CheckedPrograms.move;
import static dev.jbpfilter.bytecode.CheckedPrograms.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jbpfilter.bytecode.Checker.Problem;
import dev.jbpfilter.bytecode.ProgramSpec.Function;
import dev.jbpfilter.bytecode.ProgramSpec.LineNote;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link Checker} says of control flow, functions and calls. */
final class CheckerFunctionsTest {
  @Test
  void functionsGetTheArgumentsOfAllTheirCalls() {
    Code<Phys> callee = function("callee", copy(Phys.R0, Phys.R2), EXIT);
    Code<Phys> both =
        function("main", move(Phys.R2, 0), call("callee"), move(Phys.R2, 1), call("callee"), EXIT);
    assertThat(check(List.of(both, callee))).isEmpty();
    Code<Phys> one = function("main", move(Phys.R2, 0), call("callee"), call("callee"), EXIT);
    assertThat(check(List.of(one, callee)))
        .singleElement()
        .hasToString("slot 4 of callee, r0 = r2: r2 is not written before on every path");
    Code<Phys> saved = function("callee", copy(Phys.R0, Phys.R6), EXIT);
    assertThat(check(List.of(function("main", move(Phys.R6, 0), call("callee"), EXIT), saved)))
        .hasSize(1);
  }

  @Test
  void functionsMayReturnNothing() {
    Code<Phys> callee = function("callee", branch(Phys.R1, ONE), move(Phys.R0, 1), bind(ONE), EXIT);
    assertThat(check(List.of(function("main", call("callee"), move(Phys.R0, 0), EXIT), callee)))
        .isEmpty();
    assertThat(check(List.of(function("main", call("callee"), EXIT), callee)))
        .singleElement()
        .hasToString("slot 1 of main, exit: r0 is not written before on every path");
  }

  @Test
  void functionsAreCalledBackWithArguments() {
    Code<Phys> main =
        function(
            "main",
            move(Phys.R1, 4),
            new Element.LoadImm64<>(Phys.R2, new Constant.Function("each")),
            move(Phys.R3, 0),
            move(Phys.R4, 0),
            call(181),
            EXIT);
    Code<Phys> each = function("each", copy(Phys.R0, Phys.R2), EXIT);
    assertThat(check(List.of(main, each))).isEmpty();
    Code<Phys> wrong = function("each", copy(Phys.R0, Phys.R7), EXIT);
    assertThat(check(List.of(main, wrong))).hasSize(1);
  }

  private static List<Problem> checkSlots(long... slots) {
    return Checker.check(spec(slots, new Function(0, "main", 1)));
  }

  private static ProgramSpec spec(long[] slots, Function... functions) {
    return new ProgramSpec(
        "test",
        ProgramType.XDP,
        AttachType.XDP,
        0,
        "GPL",
        Instructions.of(slots),
        List.of(),
        List.of(new LineNote(0, "start"), new LineNote(2, "rule 7")),
        List.of(functions));
  }

  @Test
  void controlStaysWhereInstructionsAre() {
    assertThat(checkSlots(0xb7))
        .singleElement()
        .hasToString("slot 0 of main (start), r0 = 0: control falls off the end of main");
    // goto +1 of two, goto into the second half of a load, goto −2.
    assertThat(checkSlots(0x00010005, 0x95))
        .extracting(Problem::text)
        .containsExactly("leads to no instruction");
    assertThat(checkSlots(0x00010005, 0x18, 0, 0x95))
        .extracting(Problem::text)
        .containsExactly("leads to no instruction");
    assertThat(checkSlots(0xb7, 0x95, 0xb7, 0xb7, 0x95))
        .singleElement()
        .hasToString("slot 2 of main (rule 7), r0 = 0: control never gets here");
    assertThatThrownBy(CheckerFunctionsTest::checkSlots).isInstanceOf(DecodeException.class);
  }

  @Test
  void functionsAreApart() {
    Function main = new Function(0, "main", 1);
    // A jump into the function, without and with a call of it.
    assertThat(
            Checker.check(
                spec(new long[] {0x00000005, 0xb7, 0x95}, main, new Function(1, "other", 0))))
        .extracting(Problem::text)
        .containsExactly("leads into function other");
    assertThat(
            Checker.check(
                spec(new long[] {0xb7, 0x95, 0xb7, 0x95}, main, new Function(2, "other", 0))))
        .extracting(Problem::text)
        .containsExactly("control never gets here");
    assertThat(
            Checker.check(spec(new long[] {0xb7, 0xb7, 0x95}, main, new Function(1, "other", 0))))
        .extracting(Problem::text)
        .containsExactly("control falls off the end of main");
    // A function that is called without being declared.
    assertThat(Checker.check(spec(new long[] {0x1_0000_1085L, 0x95, 0xb7, 0x95}, main))).isEmpty();
  }

  /** Each function calls the next. */
  private static List<Code<Phys>> chain(int length, int stackBytes) {
    List<Code<Phys>> functions = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      List<Element<Phys>> elements = new ArrayList<>();
      elements.add(move(Phys.R0, 0));
      elements.add(store(Size.DW, Phys.R10, -stackBytes, Phys.R0));
      if (i + 1 < length) {
        elements.add(call("f" + (i + 1)));
      }
      elements.add(EXIT);
      functions.add(new Code<>("f" + i, List.of(), elements, 0));
    }
    return functions;
  }

  @Test
  void chainsOfCallsAreLimited() {
    assertThat(check(chain(8, 64))).isEmpty();
    assertThat(check(chain(9, 8)))
        .singleElement()
        .extracting(Problem::slot, Problem::function, Problem::text)
        .containsExactly(30, "f7", "more than 8 frames");
    assertThat(check(chain(2, 256))).isEmpty();
    assertThat(check(chain(2, 264)))
        .singleElement()
        .extracting(Problem::text)
        .isEqualTo("a chain of calls uses 544 bytes of stack, 512 are available");
    // Frames are rounded up to 16: 7 · 80.
    assertThat(check(chain(7, 72))).hasSize(1);
    ProgramSpec traced =
        Encoder.program("t", ProgramType.KPROBE, AttachType.XDP, 0, "GPL", chain(2, 512));
    assertThat(Checker.check(traced)).isEmpty();
  }

  @Test
  void recursionIsFound() {
    Code<Phys> main = function("main", call("even"), EXIT);
    Code<Phys> even = function("even", move(Phys.R1, 0), call("odd"), EXIT);
    Code<Phys> odd =
        function("odd", move(Phys.R0, 0), branch(Phys.R0, ONE), call("even"), bind(ONE), EXIT);
    assertThat(check(List.of(main, even, odd)))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.function()).isEqualTo("odd");
          assertThat(problem.text()).isEqualTo("recursion");
        });
  }

  @Test
  void allProblemsAreTold() {
    List<Problem> problems =
        check(move(Phys.R10, 1), copy(Phys.R0, Phys.R2), copy(Phys.R0, Phys.R3));
    assertThat(problems).extracting(Problem::slot).containsExactly(0, 1, 2);
    CheckException exception =
        catchThrowableOfType(
            CheckException.class,
            () -> Checker.verify(spec(new long[] {0x20bf, 0x30bf, 0x40bf, 0x95})));
    assertThat(exception.problems()).hasSize(3);
    assertThat(exception)
        .hasMessage(
            "slot 0 of test (start), r0 = r2: r2 is not written before on every path, and 2 more");
    Checker.verify(spec(new long[] {0xb7, 0x95}));
  }
}
