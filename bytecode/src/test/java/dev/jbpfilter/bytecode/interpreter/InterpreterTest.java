package dev.jbpfilter.bytecode.interpreter;

import static dev.jbpfilter.bytecode.interpreter.Programs.FRAME;
import static dev.jbpfilter.bytecode.interpreter.Programs.OUT;
import static dev.jbpfilter.bytecode.interpreter.Programs.code;
import static dev.jbpfilter.bytecode.interpreter.Programs.constant;
import static dev.jbpfilter.bytecode.interpreter.Programs.fault;
import static dev.jbpfilter.bytecode.interpreter.Programs.helper;
import static dev.jbpfilter.bytecode.interpreter.Programs.interpreter;
import static dev.jbpfilter.bytecode.interpreter.Programs.load;
import static dev.jbpfilter.bytecode.interpreter.Programs.move;
import static dev.jbpfilter.bytecode.interpreter.Programs.program;
import static dev.jbpfilter.bytecode.interpreter.Programs.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.CallTarget;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Constant;
import dev.jbpfilter.bytecode.DecodeException;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.Encoder;
import dev.jbpfilter.bytecode.Helpers;
import dev.jbpfilter.bytecode.Instructions;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.bytecode.ObjectSpec;
import dev.jbpfilter.bytecode.Operand;
import dev.jbpfilter.bytecode.Phys;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Width;
import dev.jbpfilter.bytecode.interpreter.ExecutionFault.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InterpreterTest {
  @Test
  void contextIsXdpMd() {
    assertThat(run(List.of(load(Size.W, Phys.R0, Phys.R1, 12)))).isEqualTo(1);
    assertThat(
            interpreter(List.of(load(Size.W, Phys.R0, Phys.R1, 12)))
                .run(FRAME.withIngressIfindex(-2)))
        .isEqualTo(-2);
    assertThat(
            run(
                List.of(
                    load(Size.W, Phys.R2, Phys.R1, 0),
                    load(Size.W, Phys.R0, Phys.R1, 4),
                    new Element.Alu<>(AluOp.SUB, Width.W64, Phys.R0, Operand.reg(Phys.R2)))))
        .isEqualTo(10);
  }

  @Test
  void packetIsReadThroughDataUpToDataEnd() {
    assertThat(run(packetByte(9))).isEqualTo(9);
    assertThat(fault(FRAME, packetByte(10)))
        .hasMessage(
            "slot 1 (rule 0): read of 1 bytes at 0xa0000000a, byte 10 of packet of 10 bytes");
    assertThat(fault(FRAME, packetByte(-1)).kind()).isEqualTo(Kind.READ);
    assertThat(fault(FRAME.withLinear(4), packetByte(4)).address()).isEqualTo(0xa_0000_0004L);
    assertThat(interpreter(packetByte(3)).run(FRAME.withLinear(4))).isEqualTo(3);
  }

  private static List<Element<Phys>> packetByte(int offset) {
    return List.of(load(Size.W, Phys.R2, Phys.R1, 0), load(Size.B, Phys.R0, Phys.R2, offset));
  }

  @Test
  void accessesMayNotCrossTheEnd() {
    for (Size size : Size.values()) {
      int last = FRAME.length() - size.bytes();
      List<Element<Phys>> inside =
          List.of(load(Size.W, Phys.R2, Phys.R1, 0), load(size, Phys.R0, Phys.R2, last));
      List<Element<Phys>> across =
          List.of(load(Size.W, Phys.R2, Phys.R1, 0), load(size, Phys.R0, Phys.R2, last + 1));
      assertThat(run(inside)).isNotZero();
      assertThat(fault(FRAME, across).kind()).isEqualTo(Kind.READ);
    }
  }

  @Test
  void writesStayInTheCopyOfTheFrame() {
    Interpreter interpreter =
        interpreter(
            List.of(
                load(Size.W, Phys.R2, Phys.R1, 0),
                load(Size.B, Phys.R0, Phys.R2, 5),
                new Element.Store<>(Size.B, Phys.R2, 5, Operand.imm(77))));
    assertThat(interpreter.run(FRAME)).isEqualTo(5);
    assertThat(interpreter.run(FRAME)).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(ints = {-513, -1, 0, 8, 512})
  void stackIsOf512Bytes(int offset) {
    boolean below = offset < 0;
    ExecutionFault fault =
        fault(
            FRAME,
            List.of(
                new Element.Store<>(below ? Size.H : Size.B, Phys.R10, offset, Operand.imm(1)),
                move(Phys.R0, 0)));
    assertThat(fault.kind()).isEqualTo(Kind.WRITE);
    assertThat(fault.slot()).isZero();
    assertThat(fault.note()).isNull();
  }

  @Test
  void contextTakesNothingButLoadsOfItsFields() {
    for (int offset : new int[] {-4, 2, 24}) {
      assertThat(fault(FRAME, List.of(load(Size.W, Phys.R0, Phys.R1, offset))).kind())
          .isEqualTo(Kind.READ);
    }
    assertThat(fault(FRAME, List.of(load(Size.DW, Phys.R0, Phys.R1, 0))).getMessage())
        .isEqualTo("slot 0: read of 8 bytes at 0x100000000, byte 0 of context");
    assertThat(
            fault(
                    FRAME,
                    List.of(
                        new Element.Store<>(Size.W, Phys.R1, 12, Operand.imm(0)), move(Phys.R0, 0)))
                .kind())
        .isEqualTo(Kind.WRITE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "8", "ffffffff", "ffffffffffffffff", "700000000", "7fffffff00000000"})
  void numbersAreNoAddresses(String address) {
    assertThat(
            fault(FRAME, List.of(constant(Phys.R2, address), load(Size.B, Phys.R0, Phys.R2, 0)))
                .address())
        .isEqualTo(Long.parseUnsignedLong(address, 16));
  }

  @Test
  void whatWasNeverWrittenIsNoAddressEither() {
    for (Phys register : Phys.values()) {
      if (register != Phys.R1 && register != Phys.R10) {
        fault(FRAME, List.of(load(Size.B, Phys.R0, register, 0)));
      }
    }
    fault(FRAME, List.of(load(Size.DW, Phys.R2, Phys.R10, -8), load(Size.B, Phys.R0, Phys.R2, 0)));
  }

  @Test
  void endlessLoopsRunOutOfBudget() {
    Label top = new Label(0, "top");
    Instructions code =
        Encoder.encode(code(List.of(new Element.Bind<>(top), new Element.Jump<>(top))))
            .instructions();
    ExecutionFault fault =
        catchThrowableOfType(
            ExecutionFault.class, () -> interpreter(code, List.of()).run(FRAME, 1000));
    assertThat(fault.kind()).isEqualTo(Kind.BUDGET);
    assertThat(fault).hasMessage("slot 0: more than 1000 instructions");
    assertThat(interpreter(List.of(move(Phys.R0, 7))).run(FRAME, 2)).isEqualTo(7);
    assertThatThrownBy(() -> interpreter(List.of(move(Phys.R0, 7))).run(FRAME, 1))
        .isInstanceOf(ExecutionFault.class);
  }

  @Test
  void lookupGivesAValueOrNull() {
    Interpreter interpreter = interpreter(count(2));
    assertThat(interpreter.run(FRAME)).isEqualTo(1);
    assertThat(interpreter.run(FRAME)).isEqualTo(1);
    assertThat(interpreter.value("counters", 2).getLong(0)).isEqualTo(2);
    assertThat(interpreter.value("counters", 1).getLong(0)).isZero();
    assertThat(interpreter(count(3)).run(FRAME)).isZero();
    assertThat(interpreter(count(-1)).run(FRAME)).isZero();
  }

  /** Increments a counter; the result says whether it exists. */
  private static List<Element<Phys>> count(int index) {
    Label missing = new Label(0, "missing");
    return List.of(
        new Element.Store<>(Size.W, Phys.R10, -4, Operand.imm(index)),
        new Element.LoadImm64<>(Phys.R1, new Constant.MapFd("counters")),
        new Element.Move<>(Width.W64, 0, Phys.R2, Operand.reg(Phys.R10)),
        new Element.Alu<>(AluOp.ADD, Width.W64, Phys.R2, Operand.imm(-4)),
        new Element.Call<>(Helpers.MAP_LOOKUP_ELEM, List.of(Phys.R1, Phys.R2), Phys.R0),
        new Element.Branch<>(Condition.EQ, Width.W64, Phys.R0, Operand.imm(0), missing),
        load(Size.DW, Phys.R6, Phys.R0, 0),
        new Element.Alu<>(AluOp.ADD, Width.W64, Phys.R6, Operand.imm(1)),
        new Element.Store<>(Size.DW, Phys.R0, 0, Operand.reg(Phys.R6)),
        move(Phys.R0, 1),
        new Element.Bind<>(missing));
  }

  @Test
  void valuesOfAMapAreApart() {
    for (int offset : new int[] {-1, 12, 16}) {
      List<Element<Phys>> elements = new ArrayList<>(count(1));
      elements.set(6, load(Size.B, Phys.R6, Phys.R0, offset));
      // At 16 the next value begins, where a pointer to this one may well point by arithmetic.
      if (offset == 16) {
        assertThat(run(elements)).isEqualTo(1);
      } else {
        assertThat(fault(FRAME, elements).getMessage()).contains("of map counters of 48 bytes");
      }
    }
  }

  @Test
  void mapsMayBeReadOnlyForPrograms() {
    List<Element<Phys>> read =
        List.of(
            new Element.LoadImm64<>(Phys.R2, new Constant.MapValue("constants", 4)),
            load(Size.W, Phys.R0, Phys.R2, 0));
    Interpreter interpreter = interpreter(read);
    interpreter.value("constants", 0).putInt(4, 9);
    assertThat(interpreter.run(FRAME)).isEqualTo(9);
    List<Element<Phys>> write = new ArrayList<>(read);
    write.add(new Element.Store<>(Size.W, Phys.R2, 0, Operand.imm(1)));
    assertThat(fault(FRAME, write).kind()).isEqualTo(Kind.WRITE);
  }

  @Test
  void lookupTakesAMapAndAKey() {
    assertThat(
            fault(
                    FRAME,
                    List.of(
                        new Element.Move<>(Width.W64, 0, Phys.R2, Operand.reg(Phys.R10)),
                        helper(Helpers.MAP_LOOKUP_ELEM)))
                .getMessage())
        .isEqualTo("slot 1 (rule 0): 0x100000000 is not a map");
    assertThat(
            fault(
                    FRAME,
                    List.of(
                        new Element.LoadImm64<>(Phys.R1, new Constant.MapFd("counters")),
                        new Element.Move<>(Width.W64, 0, Phys.R2, Operand.reg(Phys.R10)),
                        helper(Helpers.MAP_LOOKUP_ELEM)))
                .kind())
        .isEqualTo(Kind.READ);
  }

  @Test
  void frameLengthCountsAllParts() {
    Interpreter interpreter = interpreter(List.of(helper(Helpers.XDP_GET_BUFF_LEN)));
    assertThat(interpreter.run(FRAME)).isEqualTo(10);
    assertThat(interpreter.run(FRAME.withLinear(3))).isEqualTo(10);
    assertThat(fault(FRAME, List.of(move(Phys.R1, 0), helper(Helpers.XDP_GET_BUFF_LEN))).kind())
        .isEqualTo(Kind.CALL);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 10, 0, 3020100",
    "4, 2, 0, a5a50504",
    "9, 1, 0, a5a5a509",
    "9, 2, -22, a5a5a5a5",
    "10, 1, -22, a5a5a5a5",
    "65535, 1, -22, a5a5a5a5",
    "65536, 1, -14, a5a5a5a5",
    "-1, 1, -14, a5a5a5a5",
  })
  void bytesAreLoadedFromAllParts(int offset, int length, int result, String loaded) {
    List<Element<Phys>> elements =
        List.of(
            move(Phys.R2, offset),
            new Element.Move<>(Width.W64, 0, Phys.R3, Operand.reg(Phys.R10)),
            new Element.Alu<>(AluOp.ADD, Width.W64, Phys.R3, Operand.imm(-16)),
            move(Phys.R4, length),
            helper(Helpers.XDP_LOAD_BYTES),
            load(Size.W, Phys.R6, Phys.R10, -16),
            new Element.LoadImm64<>(Phys.R7, new Constant.MapValue("out", 0)),
            new Element.Store<>(Size.W, Phys.R7, 0, Operand.reg(Phys.R6)));
    Interpreter interpreter = interpreter(elements);
    assertThat(interpreter.run(FRAME.withLinear(5))).isEqualTo(result);
    assertThat(Integer.toHexString(interpreter.value("out", 0).getInt(0))).isEqualTo(loaded);
  }

  @Test
  void bytesAreLoadedOnlyWhereThereIsRoom() {
    for (int length : new int[] {17, 0}) {
      ExecutionFault fault =
          fault(
              FRAME,
              List.of(
                  move(Phys.R2, 0),
                  new Element.Move<>(Width.W64, 0, Phys.R3, Operand.reg(Phys.R10)),
                  new Element.Alu<>(AluOp.ADD, Width.W64, Phys.R3, Operand.imm(-16)),
                  move(Phys.R4, length),
                  helper(Helpers.XDP_LOAD_BYTES)));
      assertThat(fault.kind()).isEqualTo(length == 0 ? Kind.CALL : Kind.WRITE);
    }
  }

  @Test
  void callsDestroyArguments() {
    for (Phys register : List.of(Phys.R1, Phys.R2, Phys.R3, Phys.R4, Phys.R5)) {
      fault(
          FRAME,
          List.of(
              new Element.Move<>(Width.W64, 0, Phys.R6, Operand.reg(Phys.R1)),
              new Element.Move<>(Width.W64, 0, register, Operand.reg(Phys.R10)),
              new Element.Move<>(Width.W64, 0, Phys.R1, Operand.reg(Phys.R6)),
              helper(Helpers.XDP_GET_BUFF_LEN),
              load(Size.B, Phys.R0, register, -1)));
    }
  }

  @Test
  void unknownHelpersFault() {
    assertThat(fault(FRAME, List.of(helper(41))))
        .hasMessage("slot 0: helper 41 is not interpreted");
  }

  @Test
  void whatCannotBeInterpretedIsRefusedAtOnce() {
    refuses("kernel function f", helper(new CallTarget.KernelFunction("f")));
    refuses("no map m", new Element.LoadImm64<>(Phys.R1, new Constant.MapFd("m")));
    refuses("no address", new Element.LoadImm64<>(Phys.R1, new Constant.MapValue("counters", 0)));
    refuses("no address", new Element.LoadImm64<>(Phys.R1, new Constant.MapValue("out", 16)));
    MapSpec bad = new MapSpec("bad", MapType.ARRAY, 8, 8, 1, 0, null);
    assertThatThrownBy(() -> Interpreter.of(new ObjectSpec("c", spec(), List.of(bad))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Interpreter.of(new ObjectSpec("c", spec(), List.of(OUT, OUT))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two maps out");
    assertThatThrownBy(() -> interpreter(Instructions.of(0xff), List.of()))
        .isInstanceOf(DecodeException.class);
    assertThatThrownBy(() -> interpreter(Instructions.of(0xb7), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("control falls off the end of p");
    assertThatThrownBy(() -> interpreter(Instructions.of(0x18, 0, 0xfffe0005L), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("slot 2 leads to 1");
    refuses("is not interpreted", new Element.AddressSpaceCast<>(Phys.R0, Phys.R1, 1, 0));
    refuses("Variable", new Element.LoadImm64<>(Phys.R1, new Constant.Variable("v")));
    assertThatThrownBy(() -> interpreter(List.of(move(Phys.R0, 0))).value("counters", 3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FRAME.withLinear(11)).isInstanceOf(IllegalArgumentException.class);
  }

  private static ProgramSpec spec() {
    return program(Instructions.of(0xb7, 0x95), List.of());
  }

  private static void refuses(String problem, Element<Phys> element) {
    assertThatThrownBy(() -> interpreter(List.of(element)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem);
  }
}
