package dev.jbpfilter.bytecode.interpreter;

import static dev.jbpfilter.bytecode.interpreter.Programs.FRAME;
import static dev.jbpfilter.bytecode.interpreter.Programs.OUT;
import static dev.jbpfilter.bytecode.interpreter.Programs.add;
import static dev.jbpfilter.bytecode.interpreter.Programs.branch;
import static dev.jbpfilter.bytecode.interpreter.Programs.call;
import static dev.jbpfilter.bytecode.interpreter.Programs.copy;
import static dev.jbpfilter.bytecode.interpreter.Programs.function;
import static dev.jbpfilter.bytecode.interpreter.Programs.helper;
import static dev.jbpfilter.bytecode.interpreter.Programs.load;
import static dev.jbpfilter.bytecode.interpreter.Programs.machine;
import static dev.jbpfilter.bytecode.interpreter.Programs.map;
import static dev.jbpfilter.bytecode.interpreter.Programs.move;
import static dev.jbpfilter.bytecode.interpreter.Programs.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Constant;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.bytecode.Operand;
import dev.jbpfilter.bytecode.Phys;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Width;
import dev.jbpfilter.bytecode.interpreter.ExecutionFault.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Subprograms, callbacks, tail calls and {@code may_goto}. */
final class CallsTest {
  private static final MapSpec JUMPS = new MapSpec("jumps", MapType.PROG_ARRAY, 4, 4, 2, 0, null);

  private static Interpreter xdp(List<Code<Phys>> functions) {
    return machine(ProgramType.XDP, List.of(OUT, JUMPS), functions);
  }

  private static ExecutionFault fault(Interpreter interpreter) {
    ExecutionFault fault = catchThrowableOfType(ExecutionFault.class, () -> interpreter.run(FRAME));
    assertThat(fault).isNotNull();
    return fault;
  }

  private static Element<Phys> alu(AluOp op, Phys dst, Phys src) {
    return new Element.Alu<>(op, Width.W64, dst, Operand.reg(src));
  }

  @Test
  void calleeHasItsOwnRegistersAndFrame() {
    Interpreter interpreter =
        xdp(
            List.of(
                function(
                    "main",
                    List.of(
                        move(Phys.R6, 1),
                        move(Phys.R9, 40),
                        store(Size.DW, Phys.R10, -8, 100),
                        move(Phys.R1, 1000),
                        call("callee"),
                        alu(AluOp.ADD, Phys.R0, Phys.R6),
                        alu(AluOp.ADD, Phys.R0, Phys.R9),
                        load(Size.DW, Phys.R1, Phys.R10, -8),
                        alu(AluOp.ADD, Phys.R0, Phys.R1))),
                function(
                    "callee",
                    List.of(
                        move(Phys.R6, 7),
                        move(Phys.R9, 7),
                        store(Size.DW, Phys.R10, -8, 7),
                        copy(Phys.R0, Phys.R1)))));
    assertThat(interpreter.run(FRAME)).isEqualTo(1141);
    assertThat(interpreter.run(FRAME)).isEqualTo(1141);
  }

  @Test
  void callerSeesWhatIsWrittenThroughItsPointers() {
    Interpreter interpreter =
        xdp(
            List.of(
                function(
                    "main",
                    List.of(
                        copy(Phys.R1, Phys.R10),
                        add(Phys.R1, -16),
                        call("callee"),
                        load(Size.W, Phys.R0, Phys.R10, -16))),
                function("callee", List.of(store(Size.W, Phys.R1, 0, 77), move(Phys.R0, 0)))));
    assertThat(interpreter.run(FRAME)).isEqualTo(77);
  }

  @Test
  void framesAreApart() {
    ExecutionFault fault =
        fault(
            xdp(
                List.of(
                    function("main", List.of(call("callee"))),
                    function("callee", List.of(load(Size.DW, Phys.R0, Phys.R10, -520))))));
    assertThat(fault.kind()).isEqualTo(Kind.READ);
    assertThat(fault)
        .hasMessage(
            "slot 2 of callee: read of 8 bytes at 0x2fffffff8, byte -8 of stack of 512" + " bytes");
    assertThat(fault.function()).isEqualTo("callee");
    assertThat(fault.region()).isEqualTo("stack");
  }

  @Test
  void framesEndWithTheirFunction() {
    ExecutionFault fault =
        fault(
            xdp(
                List.of(
                    function("main", List.of(call("callee"), load(Size.DW, Phys.R0, Phys.R0, -8))),
                    function(
                        "callee",
                        List.of(store(Size.DW, Phys.R10, -8, 1), copy(Phys.R0, Phys.R10))))));
    assertThat(fault.slot()).isEqualTo(1);
    assertThat(fault.region()).isEqualTo("stack 1");
  }

  /** What a callee does not write is nonsense, and so is what it leaves in r1 to r5. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void argumentsAreGoneAfterACall(int register) {
    Phys wanted = Phys.of(register);
    fault(
        xdp(
            List.of(
                function("main", List.of(call("callee"), load(Size.B, Phys.R0, wanted, -1))),
                function("callee", List.of(copy(wanted, Phys.R10), move(Phys.R0, 0))))));
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 7, 8, 9})
  void calleeFindsNothingInSavedRegisters(int register) {
    Phys wanted = Phys.of(register);
    fault(
        xdp(
            List.of(
                function("main", List.of(copy(wanted, Phys.R10), call("callee"))),
                function("callee", List.of(load(Size.B, Phys.R0, wanted, -1))))));
  }

  /** Each call counts down; 7 calls make 8 frames. */
  @Test
  void eightFramesAreThere() {
    Label end = new Label(0, "end");
    Code<Phys> down =
        function(
            "down",
            List.of(
                move(Phys.R0, 5),
                branch(Condition.EQ, Phys.R1, 1, end),
                add(Phys.R1, -1),
                call("down"),
                new Element.Bind<>(end)));
    for (int depth : new int[] {7, 8}) {
      Interpreter interpreter =
          xdp(List.of(function("main", List.of(move(Phys.R1, depth), call("down"))), down));
      if (depth == 7) {
        assertThat(interpreter.run(FRAME)).isEqualTo(5);
      } else {
        assertThat(fault(interpreter).kind()).isEqualTo(Kind.DEPTH);
        assertThat(fault(interpreter)).hasMessageContaining("slot 6 of down: more than 8 frames");
      }
    }
  }

  /** The callback adds its index to a sum on the caller's stack, and stops at an index. */
  @ParameterizedTest
  @CsvSource({
    "0, 9, 0, 0",
    "1, 9, 1, 0",
    "5, 9, 5, 10",
    "5, 3, 4, 6",
    "8388608, 0, 1, 0",
    "8388609, 0, -7, 0"
  })
  void loopsCallBack(int count, int stop, int result, int sum) {
    Label on = new Label(0, "on");
    Interpreter interpreter =
        xdp(
            List.of(
                function(
                    "main",
                    List.of(
                        store(Size.DW, Phys.R10, -8, 0),
                        move(Phys.R6, 3),
                        move(Phys.R1, count),
                        new Element.LoadImm64<>(Phys.R2, new Constant.Function("each")),
                        copy(Phys.R3, Phys.R10),
                        add(Phys.R3, -8),
                        move(Phys.R4, 0),
                        helper(181),
                        load(Size.DW, Phys.R1, Phys.R10, -8),
                        new Element.LoadImm64<>(Phys.R2, new Constant.MapValue("out", 0)),
                        store(Size.DW, Phys.R2, 0, Phys.R1),
                        store(Size.DW, Phys.R2, 8, Phys.R6))),
                function(
                    "each",
                    List.of(
                        load(Size.DW, Phys.R6, Phys.R2, 0),
                        alu(AluOp.ADD, Phys.R6, Phys.R1),
                        store(Size.DW, Phys.R2, 0, Phys.R6),
                        move(Phys.R0, 0),
                        branch(Condition.NE, Phys.R1, stop, on),
                        move(Phys.R0, 1),
                        new Element.Bind<>(on)))));
    assertThat(interpreter.run(FRAME)).isEqualTo(result);
    assertThat(interpreter.value("out", 0).getLong(0)).isEqualTo(sum);
    assertThat(interpreter.value("out", 0).getLong(8)).isEqualTo(3);
  }

  @Test
  void onlyFunctionsAreCalledBack() {
    Interpreter interpreter =
        xdp(
            List.of(
                function(
                    "main",
                    List.of(
                        move(Phys.R1, 1),
                        copy(Phys.R2, Phys.R10),
                        move(Phys.R3, 0),
                        move(Phys.R4, 0),
                        helper(181)))));
    assertThat(fault(interpreter)).hasMessage("slot 4: 0x200000200 is not a function");
  }

  private static List<Element<Phys>> tailCall(int index, int result) {
    return List.of(map(Phys.R2, "jumps"), move(Phys.R3, index), helper(12), move(Phys.R0, result));
  }

  @Test
  void tailCallsDoNotReturn() {
    Interpreter interpreter = xdp(List.of(function("main", tailCall(1, 1))));
    assertThat(interpreter.run(FRAME)).isEqualTo(1);
    interpreter.setProgram(
        "jumps",
        1,
        Programs.spec(
            ProgramType.XDP,
            List.of(
                function(
                    "other",
                    List.of(load(Size.W, Phys.R0, Phys.R1, 12), add(Phys.R0, 1_000_000))))));
    assertThat(interpreter.run(FRAME)).isEqualTo(1_000_001);
    assertThat(xdp(List.of(function("main", tailCall(2, 1)))).run(FRAME)).isEqualTo(1);
    assertThat(xdp(List.of(function("main", tailCall(-1, 1)))).run(FRAME)).isEqualTo(1);
  }

  @Test
  void thereAre33TailCallsInARun() {
    List<Element<Phys>> elements =
        List.of(
            new Element.LoadImm64<>(Phys.R3, new Constant.MapValue("out", 0)),
            load(Size.DW, Phys.R0, Phys.R3, 0),
            add(Phys.R0, 1),
            store(Size.DW, Phys.R3, 0, Phys.R0),
            map(Phys.R2, "jumps"),
            move(Phys.R3, 0),
            helper(12),
            move(Phys.R0, 9));
    Interpreter interpreter = xdp(List.of(function("main", elements)));
    interpreter.setProgram(
        "jumps", 0, Programs.spec(ProgramType.XDP, List.of(function("again", elements))));
    assertThat(interpreter.run(FRAME)).isEqualTo(9);
    assertThat(interpreter.value("out", 0).getLong(0)).isEqualTo(34);
  }

  /** What a subprogram calls takes its place, and returns to its caller. */
  @Test
  void tailCallsReturnToTheCallerOfASubprogram() {
    Interpreter interpreter =
        xdp(
            List.of(
                function(
                    "main",
                    List.of(move(Phys.R6, 30), call("callee"), alu(AluOp.ADD, Phys.R0, Phys.R6))),
                function("callee", tailCall(0, 1))));
    interpreter.setProgram(
        "jumps",
        0,
        Programs.spec(ProgramType.XDP, List.of(function("other", List.of(move(Phys.R0, 500))))));
    assertThat(interpreter.run(FRAME)).isEqualTo(530);
  }

  @Test
  void tailCallsNeedAnArrayOfPrograms() {
    assertThat(
            fault(
                xdp(
                    List.of(
                        function(
                            "main", List.of(map(Phys.R2, "out"), move(Phys.R3, 0), helper(12)))))))
        .hasMessageContaining("is not a map of type PROG_ARRAY");
    Interpreter interpreter = xdp(List.of(function("main", List.of(move(Phys.R0, 0)))));
    List<Code<Phys>> other = List.of(function("other", List.of(move(Phys.R0, 0))));
    assertThatThrownBy(
            () -> interpreter.setProgram("out", 0, Programs.spec(ProgramType.XDP, other)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> interpreter.setProgram("jumps", 2, Programs.spec(ProgramType.XDP, other)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> interpreter.setProgram("jumps", 0, Programs.spec(ProgramType.SCHED_CLS, other)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SCHED_CLS");
  }

  @Test
  void mayGotoGoesOnSoOften() {
    Label top = new Label(0, "top");
    Label end = new Label(1, "end");
    Interpreter interpreter =
        xdp(
            List.of(
                function(
                    "main",
                    List.of(
                        move(Phys.R0, 0),
                        new Element.Bind<>(top),
                        new Element.MayGoto<>(end),
                        add(Phys.R0, 1),
                        new Element.Jump<>(top),
                        new Element.Bind<>(end)))));
    assertThat(interpreter.run(FRAME, 1L << 30)).isEqualTo(1 << 23);
    interpreter.setMayGotoRounds(3);
    assertThat(interpreter.run(FRAME)).isEqualTo(3);
    assertThat(interpreter.run(FRAME)).isEqualTo(3);
  }
}
