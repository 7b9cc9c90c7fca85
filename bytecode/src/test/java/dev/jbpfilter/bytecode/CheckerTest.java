package dev.jbpfilter.bytecode;

import static dev.jbpfilter.bytecode.CheckedPrograms.EXIT;
import static dev.jbpfilter.bytecode.CheckedPrograms.ONE;
import static dev.jbpfilter.bytecode.CheckedPrograms.TWO;
import static dev.jbpfilter.bytecode.CheckedPrograms.accepts;
import static dev.jbpfilter.bytecode.CheckedPrograms.add;
import static dev.jbpfilter.bytecode.CheckedPrograms.alu;
import static dev.jbpfilter.bytecode.CheckedPrograms.bind;
import static dev.jbpfilter.bytecode.CheckedPrograms.branch;
import static dev.jbpfilter.bytecode.CheckedPrograms.call;
import static dev.jbpfilter.bytecode.CheckedPrograms.copy;
import static dev.jbpfilter.bytecode.CheckedPrograms.load;
import static dev.jbpfilter.bytecode.CheckedPrograms.move;
import static dev.jbpfilter.bytecode.CheckedPrograms.refuses;
import static dev.jbpfilter.bytecode.CheckedPrograms.store;
import static dev.jbpfilter.bytecode.CheckedPrograms.unwritten;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link Checker} says of instructions. */
final class CheckerTest {
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
