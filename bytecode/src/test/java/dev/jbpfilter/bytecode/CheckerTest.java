package dev.jbpfilter.bytecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jbpfilter.bytecode.Checker.Problem;
import dev.jbpfilter.bytecode.ProgramSpec.Function;
import dev.jbpfilter.bytecode.ProgramSpec.LineNote;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CheckerTest {
  private static final Label ONE = new Label(1, "one");
  private static final Label TWO = new Label(2, "two");
  private static final Element<Phys> EXIT = new Element.Exit<>(Phys.R0);

  private static Element<Phys> move(Phys dst, int value) {
    return new Element.Move<>(Width.W64, 0, dst, Operand.imm(value));
  }

  private static Element<Phys> copy(Phys dst, Phys src) {
    return new Element.Move<>(Width.W64, 0, dst, Operand.reg(src));
  }

  private static Element<Phys> alu(AluOp op, Width width, Phys dst, int value) {
    return new Element.Alu<>(op, width, dst, Operand.imm(value));
  }

  private static Element<Phys> alu(AluOp op, Phys dst, Phys src) {
    return new Element.Alu<>(op, Width.W64, dst, Operand.reg(src));
  }

  private static Element<Phys> add(Phys dst, int value) {
    return alu(AluOp.ADD, Width.W64, dst, value);
  }

  private static Element<Phys> load(Size size, Phys dst, Phys base, int offset) {
    return new Element.Load<>(size, false, dst, base, offset);
  }

  private static Element<Phys> store(Size size, Phys base, int offset, Phys src) {
    return new Element.Store<>(size, base, offset, Operand.reg(src));
  }

  private static Element<Phys> branch(Phys left, Label target) {
    return new Element.Branch<>(Condition.EQ, Width.W64, left, Operand.imm(0), target);
  }

  private static Element<Phys> call(int helper) {
    return new Element.Call<>(new CallTarget.Helper(helper), List.of(), Phys.R0);
  }

  private static Element<Phys> call(String function) {
    return new Element.Call<>(new CallTarget.Subprogram(function), List.of(), Phys.R0);
  }

  private static Element<Phys> bind(Label label) {
    return new Element.Bind<>(label);
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private static Code<Phys> function(String name, Element<Phys>... elements) {
    return new Code<>(name, List.of(Phys.R1), Arrays.asList(elements), 0);
  }

  private static List<Problem> check(List<Code<Phys>> functions) {
    return Checker.check(
        Encoder.program("test", ProgramType.XDP, AttachType.XDP, 0, "GPL", functions));
  }

  /** A program of one function; an exit is appended. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  private static List<Problem> check(Element<Phys>... elements) {
    List<Element<Phys>> all = new ArrayList<>(List.of(elements));
    all.add(EXIT);
    return check(List.of(new Code<>("main", List.of(Phys.R1), all, 0)));
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private static void accepts(Element<Phys>... elements) {
    assertThat(check(elements)).isEmpty();
  }

  /** The one problem is with the instruction in a slot. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  private static void refuses(int slot, String text, Element<Phys>... elements) {
    assertThat(check(elements))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.slot()).isEqualTo(slot);
          assertThat(problem.text()).isEqualTo(text);
        });
  }

  private static String unwritten(Phys register) {
    return register + " is not written before on every path";
  }

  @Test
  void programsBeginWithTheContextAndTheFrame() {
    accepts(copy(Phys.R0, Phys.R1));
    accepts(copy(Phys.R0, Phys.R10));
    for (Phys register : Phys.values()) {
      if (register != Phys.R1 && register != Phys.R10) {
        refuses(0, unwritten(register), copy(Phys.R0, register));
      }
    }
    refuses(0, unwritten(Phys.R0));
  }

  @Test
  void operandsMustBeWritten() {
    refuses(1, unwritten(Phys.R2), move(Phys.R0, 1), alu(AluOp.ADD, Phys.R0, Phys.R2));
    refuses(0, unwritten(Phys.R0), alu(AluOp.XOR, Phys.R0, Phys.R0));
    refuses(1, unwritten(Phys.R2), move(Phys.R0, 1), store(Size.B, Phys.R10, -8, Phys.R2));
    refuses(1, unwritten(Phys.R3), move(Phys.R0, 1), load(Size.B, Phys.R0, Phys.R3, 0));
    refuses(
        1, unwritten(Phys.R3), move(Phys.R0, 1), branch(Phys.R3, ONE), add(Phys.R0, 1), bind(ONE));
    refuses(
        1,
        unwritten(Phys.R0),
        move(Phys.R2, 1),
        new Atomic.CompareExchange<>(Size.DW, Phys.R1, 0, Phys.R0, Phys.R2));
    refuses(0, unwritten(Phys.R6), new LoadPacket<>(Size.B, Phys.R0, Phys.R6, null, 0));
    refuses(
        2,
        unwritten(Phys.R1),
        copy(Phys.R6, Phys.R1),
        new LoadPacket<>(Size.B, Phys.R0, Phys.R6, null, 0),
        copy(Phys.R0, Phys.R1));
  }

  @Test
  void everyPathMustWrite() {
    refuses(
        2,
        unwritten(Phys.R2),
        branch(Phys.R1, ONE),
        move(Phys.R2, 1),
        bind(ONE),
        copy(Phys.R0, Phys.R2));
    accepts(
        move(Phys.R2, 1),
        branch(Phys.R1, ONE),
        move(Phys.R2, 2),
        bind(ONE),
        copy(Phys.R0, Phys.R2));
  }

  /** The second time round, r2 is gone. */
  @Test
  void loopsAreFollowed() {
    refuses(
        2,
        unwritten(Phys.R2),
        copy(Phys.R6, Phys.R1),
        move(Phys.R2, 1),
        bind(ONE),
        add(Phys.R2, 1),
        call(5),
        branch(Phys.R6, ONE));
  }

  @Test
  void callsDestroyArgumentsAndNeedThem() {
    for (Phys register : List.of(Phys.R1, Phys.R2, Phys.R3, Phys.R4, Phys.R5)) {
      refuses(2, unwritten(register), move(register, 1), call(5), copy(Phys.R0, register));
    }
    for (Phys register : List.of(Phys.R6, Phys.R7, Phys.R8, Phys.R9)) {
      accepts(move(register, 1), call(5), copy(Phys.R0, register));
    }
    refuses(0, "map_lookup_elem takes 2 arguments, and r2 is not written", call(1));
    accepts(move(Phys.R2, 0), call(1));
    // One that is not known may take any number of arguments.
    accepts(call(100_000));
    refuses(3, unwritten(Phys.R0), move(Phys.R2, 0), move(Phys.R3, 0), call(12));
  }

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

  @Test
  void framePointerIsReadOnly() {
    refuses(1, "r10 is read-only", move(Phys.R0, 0), move(Phys.R10, 0));
    refuses(1, "r10 is read-only", move(Phys.R0, 0), add(Phys.R10, 8));
    refuses(1, "r10 is read-only", move(Phys.R0, 0), load(Size.B, Phys.R10, Phys.R1, 0));
    refuses(
        1,
        "r10 is read-only",
        move(Phys.R0, 0),
        new Atomic.Update<>(AtomicOp.XCHG, Size.DW, true, Phys.R1, 0, Phys.R10));
  }

  @ParameterizedTest
  @ValueSource(ints = {-520, -513, -7, 0, 8})
  void stackHas512Bytes(int offset) {
    String place = "8 bytes at r10 " + (offset < 0 ? "" : "+") + offset;
    refuses(
        1,
        "access of " + place + " is outside of the stack frame",
        move(Phys.R0, 0),
        store(Size.DW, Phys.R10, offset, Phys.R0));
    // The same through a copy.
    refuses(
        4,
        "access of " + place + " is outside of the stack frame",
        move(Phys.R0, 0),
        copy(Phys.R2, Phys.R10),
        add(Phys.R2, offset - 5),
        alu(AluOp.SUB, Width.W64, Phys.R2, -1),
        store(Size.DW, Phys.R2, 4, Phys.R0));
    accepts(
        move(Phys.R0, 0),
        store(Size.DW, Phys.R10, -512, Phys.R0),
        store(Size.B, Phys.R10, -1, Phys.R0));
  }

  /** Whether it is outside is not known after different ways to make it. */
  @Test
  void unknownPointersAreLeftToTheVerifier() {
    accepts(
        move(Phys.R0, 0),
        copy(Phys.R2, Phys.R10),
        branch(Phys.R1, ONE),
        add(Phys.R2, -8),
        bind(ONE),
        store(Size.DW, Phys.R2, 0, Phys.R0));
    accepts(
        move(Phys.R0, 0),
        copy(Phys.R2, Phys.R10),
        alu(AluOp.SUB, Phys.R2, Phys.R0),
        store(Size.DW, Phys.R2, 0, Phys.R0));
  }

  @Test
  void whatIsLoadedFromTheStackMustBeWrittenSomewhere() {
    refuses(0, "nothing writes all of the 8 bytes at r10 -8", load(Size.DW, Phys.R0, Phys.R10, -8));
    refuses(
        1,
        "nothing writes all of the 8 bytes at r10 -8",
        store(Size.W, Phys.R10, -8, Phys.R1),
        load(Size.DW, Phys.R0, Phys.R10, -8));
    refuses(
        1,
        "nothing writes all of the 8 bytes at r10 -8",
        move(Phys.R0, 0),
        new Atomic.Update<>(AtomicOp.ADD, Size.DW, false, Phys.R10, -8, Phys.R0));
    accepts(
        store(Size.W, Phys.R10, -8, Phys.R1),
        store(Size.W, Phys.R10, -4, Phys.R1),
        load(Size.DW, Phys.R0, Phys.R10, -8));
    // By the helper, which gets a pointer to −16.
    Element<Phys> room = copy(Phys.R3, Phys.R10);
    accepts(
        move(Phys.R2, 0),
        room,
        add(Phys.R3, -16),
        move(Phys.R4, 16),
        call(189),
        load(Size.DW, Phys.R0, Phys.R10, -16));
    refuses(
        5,
        "nothing writes all of the 8 bytes at r10 -24",
        move(Phys.R2, 0),
        room,
        add(Phys.R3, -16),
        move(Phys.R4, 16),
        call(189),
        load(Size.DW, Phys.R0, Phys.R10, -24));
    // By whoever finds the pointer.
    accepts(store(Size.DW, Phys.R1, 0, Phys.R10), load(Size.DW, Phys.R0, Phys.R10, -24));
  }

  @Test
  void constantsThatTheVerifierRefuses() {
    for (AluOp op : List.of(AluOp.DIV, AluOp.MOD, AluOp.SDIV, AluOp.SMOD)) {
      refuses(0, "division by 0", alu(op, Width.W64, Phys.R1, 0), move(Phys.R0, 0));
      accepts(alu(op, Width.W32, Phys.R1, -1), move(Phys.R0, 0));
    }
    for (AluOp op : List.of(AluOp.LSH, AluOp.RSH, AluOp.ARSH)) {
      refuses(0, "shift of 64 bits by 64", alu(op, Width.W64, Phys.R1, 64), move(Phys.R0, 0));
      refuses(0, "shift of 32 bits by 32", alu(op, Width.W32, Phys.R1, 32), move(Phys.R0, 0));
      refuses(0, "shift of 64 bits by -1", alu(op, Width.W64, Phys.R1, -1), move(Phys.R0, 0));
      accepts(alu(op, Width.W64, Phys.R1, 63), move(Phys.R0, 0));
      accepts(alu(op, Width.W32, Phys.R1, 31), move(Phys.R0, 0));
    }
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
    assertThatThrownBy(CheckerTest::checkSlots).isInstanceOf(DecodeException.class);
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

  @Test
  void largeProgramsTakeNoTime() {
    List<Element<Phys>> elements = new ArrayList<>();
    elements.add(move(Phys.R0, 0));
    elements.add(bind(ONE));
    for (int i = 0; i < 25_000; i++) {
      Label next = new Label(10 + i, "next");
      elements.add(store(Size.DW, Phys.R10, -8, Phys.R1));
      elements.add(branch(Phys.R1, i % 2 == 0 ? next : TWO));
      elements.add(load(Size.DW, Phys.R0, Phys.R10, -8));
      elements.add(bind(next));
      elements.add(add(Phys.R0, 1));
    }
    elements.add(branch(Phys.R1, ONE));
    elements.add(bind(TWO));
    elements.addAll(Collections.nCopies(1, EXIT));
    ProgramSpec program =
        Encoder.program(
            "large",
            ProgramType.XDP,
            AttachType.XDP,
            0,
            "GPL",
            new Code<>("main", List.of(), elements, 0));
    assertThat(program.instructions().count()).isGreaterThan(100_000);
    assertThat(Checker.check(program)).isEmpty();
    long start = System.nanoTime();
    assertThat(Checker.check(program)).isEmpty();
    assertThat(System.nanoTime() - start).isLessThan(1_000_000_000L);
  }
}
