package dev.jbpfilter.bytecode.interpreter;

import static dev.jbpfilter.bytecode.interpreter.Programs.FRAME;
import static dev.jbpfilter.bytecode.interpreter.Programs.code;
import static dev.jbpfilter.bytecode.interpreter.Programs.constant;
import static dev.jbpfilter.bytecode.interpreter.Programs.fault;
import static dev.jbpfilter.bytecode.interpreter.Programs.interpreter;
import static dev.jbpfilter.bytecode.interpreter.Programs.load;
import static dev.jbpfilter.bytecode.interpreter.Programs.move;
import static dev.jbpfilter.bytecode.interpreter.Programs.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.Atomic;
import dev.jbpfilter.bytecode.AtomicOp;
import dev.jbpfilter.bytecode.ByteSwap;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Constant;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.Encoder;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Operand;
import dev.jbpfilter.bytecode.Phys;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Width;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What instructions compute, by running them. */
final class SemanticsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ADD  | W64 | ffffffffffffffff | 2                | 1
          ADD  | W32 | 1ffffffff        | 2                | 1
          SUB  | W64 | 1                | 2                | ffffffffffffffff
          SUB  | W32 | 1                | 2                | ffffffff
          MUL  | W64 | 100000001        | 100000001        | 200000001
          MUL  | W32 | 100010001        | 10001            | 20001
          DIV  | W64 | ffffffffffffffff | 10               | fffffffffffffff
          DIV  | W64 | 7                | 0                | 0
          DIV  | W32 | 1fffffff0        | 10               | fffffff
          DIV  | W32 | 7                | 500000000        | 0
          SDIV | W64 | fffffffffffffff9 | 2                | fffffffffffffffd
          SDIV | W64 | 8000000000000000 | ffffffffffffffff | 8000000000000000
          SDIV | W64 | 7                | 0                | 0
          SDIV | W32 | fffffff9         | 2                | fffffffd
          SDIV | W32 | 80000000         | ffffffff         | 80000000
          SDIV | W32 | 7                | 0                | 0
          MOD  | W64 | ffffffffffffffff | 10               | f
          MOD  | W64 | ffffffffffffffff | 0                | ffffffffffffffff
          MOD  | W32 | ffffffffffffffff | 0                | ffffffff
          MOD  | W32 | fffffffff        | 10               | f
          SMOD | W64 | fffffffffffffff9 | 2                | ffffffffffffffff
          SMOD | W64 | 8000000000000000 | ffffffffffffffff | 0
          SMOD | W64 | fffffffffffffff9 | 0                | fffffffffffffff9
          SMOD | W32 | fffffff9         | 2                | ffffffff
          SMOD | W32 | 1fffffff9        | 0                | fffffff9
          OR   | W64 | f0f0f0f0f0       | f0f0f0f0f        | ffffffffff
          OR   | W32 | 1f0f00000        | 10000000f        | f0f0000f
          AND  | W64 | ff00ff00ff00     | ffff00000        | ff000000
          AND  | W32 | fffffffff        | ffffffff0        | fffffff0
          XOR  | W64 | ffffffffffffffff | ffffffff         | ffffffff00000000
          XOR  | W32 | ffffffffffffffff | f                | fffffff0
          LSH  | W64 | 1                | 3f               | 8000000000000000
          LSH  | W64 | 1                | 41               | 2
          LSH  | W32 | 1                | 1f               | 80000000
          LSH  | W32 | 1                | 21               | 2
          RSH  | W64 | 8000000000000000 | 3f               | 1
          RSH  | W64 | 8000000000000000 | 40               | 8000000000000000
          RSH  | W32 | f80000000        | 1f               | 1
          RSH  | W32 | f80000000        | 20               | 80000000
          ARSH | W64 | 8000000000000000 | 3f               | ffffffffffffffff
          ARSH | W32 | 80000000         | 4                | f8000000
          ARSH | W32 | 80000000         | 24               | f8000000
          """)
  void arithmetic(AluOp op, Width width, String x, String y, String expected) {
    assertThat(
            compute(
                x,
                List.of(
                    constant(Phys.R3, y),
                    new Element.Alu<>(op, width, Phys.R2, Operand.reg(Phys.R3)))))
        .isEqualTo(expected);
  }

  @Test
  void constantsAreSignExtended() {
    assertThat(
            compute(
                "1", List.of(new Element.Alu<>(AluOp.ADD, Width.W64, Phys.R2, Operand.imm(-2)))))
        .isEqualTo("ffffffffffffffff");
    assertThat(compute("0", List.of(new Element.Move<>(Width.W64, 0, Phys.R2, Operand.imm(-2)))))
        .isEqualTo("fffffffffffffffe");
    assertThat(compute("0", List.of(new Element.Move<>(Width.W32, 0, Phys.R2, Operand.imm(-2)))))
        .isEqualTo("fffffffe");
  }

  @ParameterizedTest
  @CsvSource({
    "W64, 0, 123456789abcdef0, 123456789abcdef0",
    "W32, 0, 123456789abcdef0, 9abcdef0",
    "W64, 8, 123456789abcdef0, fffffffffffffff0",
    "W64, 16, 123456789abcdef0, ffffffffffffdef0",
    "W64, 32, 123456789abcdef0, ffffffff9abcdef0",
    "W64, 32, ffffffff7abcdef0, 7abcdef0",
    "W32, 8, 123456789abcdef0, fffffff0",
    "W32, 16, 123456789abc7ef0, 7ef0",
  })
  void moves(Width width, int extend, String x, String expected) {
    assertThat(
            compute(x, List.of(new Element.Move<>(width, extend, Phys.R2, Operand.reg(Phys.R2)))))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "TO_BE, 16, 1122334455667788, 8877",
    "TO_BE, 32, 1122334455667788, 88776655",
    "TO_BE, 64, 1122334455667788, 8877665544332211",
    "TO_LE, 16, 1122334455667788, 7788",
    "TO_LE, 32, 1122334455667788, 55667788",
    "TO_LE, 64, 1122334455667788, 1122334455667788",
    "SWAP, 16, 1122334455667788, 8877",
    "SWAP, 32, 1122334455667788, 88776655",
    "SWAP, 64, 1122334455667788, 8877665544332211",
  })
  void byteOrder(ByteSwap order, int bits, String x, String expected) {
    assertThat(compute(x, List.of(new Element.Endian<>(order, bits, Phys.R2)))).isEqualTo(expected);
  }

  @Test
  void negation() {
    assertThat(compute("1", List.of(new Element.Negate<>(Width.W64, Phys.R2))))
        .isEqualTo("ffffffffffffffff");
    assertThat(compute("100000001", List.of(new Element.Negate<>(Width.W32, Phys.R2))))
        .isEqualTo("ffffffff");
  }

  @ParameterizedTest
  @CsvSource({
    // condition, left, right, 64 bits, 32 bits
    "EQ, 5, 5, true, true",
    "EQ, 100000005, 5, false, true",
    "NE, 5, 5, false, false",
    "NE, 100000005, 5, true, false",
    "GT, ffffffffffffffff, 1, true, true",
    "GT, 100000000, ffffffff, true, false",
    "GT, 5, 5, false, false",
    "GE, 5, 5, true, true",
    "GE, 80000000, 7fffffff, true, true",
    "LT, 1, ffffffffffffffff, true, true",
    "LT, 7fffffff, 80000000, true, true",
    "LT, 5, 5, false, false",
    "LE, 5, 5, true, true",
    "LE, 6, 5, false, false",
    "SGT, ffffffffffffffff, 1, false, false",
    "SGT, 80000000, 7fffffff, true, false",
    "SGT, 1, 80000000, false, true",
    "SGE, 5, 5, true, true",
    "SGE, ffffffff, 0, true, false",
    "SLT, ffffffffffffffff, 0, true, true",
    "SLT, ffffffff, 0, false, true",
    "SLE, 5, 5, true, true",
    "SLE, 80000000, 0, false, true",
    "SET, 6, 2, true, true",
    "SET, 6, 9, false, false",
    "SET, 100000000, ffffffff00000000, true, false",
    "SET, 80000000, ffffffff80000000, true, true",
  })
  void conditions(Condition condition, String x, String y, boolean wide, boolean narrow) {
    assertThat(branches(condition, Width.W64, x, y)).isEqualTo(wide);
    assertThat(branches(condition, Width.W32, x, y)).isEqualTo(narrow);
    Condition negation = condition.negation();
    if (negation != null) {
      assertThat(branches(negation, Width.W64, x, y)).isEqualTo(!wide);
      assertThat(branches(negation, Width.W32, x, y)).isEqualTo(!narrow);
    }
  }

  private static boolean branches(Condition condition, Width width, String x, String y) {
    Label taken = new Label(0, "taken");
    return run(
            List.of(
                constant(Phys.R2, x),
                constant(Phys.R3, y),
                move(Phys.R0, 1),
                new Element.Branch<>(condition, width, Phys.R2, Operand.reg(Phys.R3), taken),
                move(Phys.R0, 0),
                new Element.Bind<>(taken)))
        == 1;
  }

  @Test
  void loadsAndStores() {
    Interpreter interpreter =
        interpreter(
            List.of(
                new Element.LoadImm64<>(Phys.R1, new Constant.Value(0x1122334455667788L)),
                new Element.Store<>(Size.DW, Phys.R10, -8, Operand.imm(-1)),
                new Element.Store<>(Size.B, Phys.R10, -8, Operand.reg(Phys.R1)),
                new Element.Store<>(Size.H, Phys.R10, -6, Operand.reg(Phys.R1)),
                new Element.Store<>(Size.W, Phys.R10, -4, Operand.reg(Phys.R1)),
                new Element.Load<>(Size.DW, false, Phys.R2, Phys.R10, -8),
                new Element.LoadImm64<>(Phys.R3, new Constant.MapValue("out", 8)),
                new Element.Store<>(Size.DW, Phys.R3, -8, Operand.reg(Phys.R2)),
                new Element.Load<>(Size.H, true, Phys.R4, Phys.R10, -8),
                new Element.Load<>(Size.W, false, Phys.R5, Phys.R10, -7),
                new Element.Alu<>(AluOp.LSH, Width.W64, Phys.R4, Operand.imm(32)),
                new Element.Alu<>(AluOp.OR, Width.W64, Phys.R4, Operand.reg(Phys.R5)),
                new Element.Store<>(Size.DW, Phys.R3, 0, Operand.reg(Phys.R4)),
                move(Phys.R0, 2)));
    assertThat(interpreter.run(FRAME)).isEqualTo(2);
    assertThat(interpreter.value("out", 0).getLong(0)).isEqualTo(0x556677887788ff88L);
    // Signed 0xff88 shifted up, over the unaligned unsigned 0x887788ff.
    assertThat(interpreter.value("out", 0).getLong(8)).isEqualTo(0xffffff88_887788ffL);
  }

  @ParameterizedTest
  @CsvSource({
    "ADD, W, 1fffffffe, 5, ffffffff00000003, fffffffe",
    "ADD, DW, 1fffffffe, 5, 200000003, 1fffffffe",
    "OR, DW, f0, f, ff, f0",
    "AND, DW, f3, f, 3, f3",
    "XOR, DW, ff, f, f0, ff",
    "XCHG, DW, ff, f, f, ff",
    "XCHG, W, 1000000ff, f, ffffffff0000000f, ff",
  })
  void atomics(AtomicOp op, Size size, String old, String operand, String stored, String fetched) {
    // The upper half in memory is all ones if only the lower one is operated on.
    Interpreter interpreter =
        interpreter(
            List.of(
                constant(Phys.R2, operand),
                new Element.LoadImm64<>(Phys.R3, new Constant.MapValue("out", 0)),
                new Atomic.Update<>(op, size, true, Phys.R3, 0, Phys.R2),
                new Element.Store<>(Size.DW, Phys.R3, 8, Operand.reg(Phys.R2)),
                move(Phys.R0, 0)));
    long before = Long.parseUnsignedLong(old, 16);
    interpreter
        .value("out", 0)
        .putLong(0, size == Size.W ? before | 0xffff_ffff_0000_0000L : before);
    interpreter.run(FRAME);
    assertThat(Long.toHexString(interpreter.value("out", 0).getLong(0))).isEqualTo(stored);
    assertThat(Long.toHexString(interpreter.value("out", 0).getLong(8))).isEqualTo(fetched);
  }

  @ParameterizedTest
  @CsvSource({
    // size, memory, r0, source, memory afterwards, r0 afterwards
    "DW, 1fffffffe, 1fffffffe, 5, 5, 1fffffffe",
    "DW, 1fffffffe, fffffffe, 5, 1fffffffe, 1fffffffe",
    "W, 7000000ff, 9000000ff, 100000005, 700000005, ff",
    "W, 7000000ff, fe, 5, 7000000ff, ff",
    "W, 7ffffffff, ffffffffffffffff, 5, 700000005, ffffffff",
  })
  void compareExchange(
      Size size, String memory, String expected, String source, String stored, String fetched) {
    Interpreter interpreter =
        interpreter(
            List.of(
                constant(Phys.R0, expected),
                constant(Phys.R2, source),
                new Element.LoadImm64<>(Phys.R3, new Constant.MapValue("out", 0)),
                new Atomic.CompareExchange<>(size, Phys.R3, 0, Phys.R0, Phys.R2),
                new Element.Store<>(Size.DW, Phys.R3, 8, Operand.reg(Phys.R0))));
    interpreter.value("out", 0).putLong(0, Long.parseUnsignedLong(memory, 16));
    interpreter.run(FRAME);
    assertThat(Long.toHexString(interpreter.value("out", 0).getLong(0))).isEqualTo(stored);
    assertThat(Long.toHexString(interpreter.value("out", 0).getLong(8))).isEqualTo(fetched);
  }

  @ParameterizedTest
  @CsvSource({
    "B, f8, ffffffffffffff11",
    "H, f7f8, ffffffffffff2211",
    "W, f5f6f7f8, ffffffff44332211",
    "DW, f1f2f3f4f5f6f7f8, 8877665544332211",
  })
  void acquireAndRelease(Size size, String loaded, String stored) {
    Interpreter interpreter =
        interpreter(
            List.of(
                constant(Phys.R2, "8877665544332211"),
                new Element.LoadImm64<>(Phys.R3, new Constant.MapValue("out", 0)),
                new Atomic.LoadAcquire<>(size, Phys.R4, Phys.R3, 0),
                new Atomic.StoreRelease<>(size, Phys.R3, 8, Phys.R2),
                new Element.Store<>(Size.DW, Phys.R3, 0, Operand.reg(Phys.R4)),
                move(Phys.R0, 0)));
    interpreter.value("out", 0).putLong(0, 0xf1f2f3f4f5f6f7f8L).putLong(8, -1);
    interpreter.run(FRAME);
    assertThat(Long.toHexString(interpreter.value("out", 0).getLong(0))).isEqualTo(loaded);
    assertThat(Long.toHexString(interpreter.value("out", 0).getLong(8))).isEqualTo(stored);
  }

  @Test
  void atomicsAreAlignedAndNotInPackets() {
    Element<Phys> value = new Element.LoadImm64<>(Phys.R3, new Constant.MapValue("out", 0));
    Element<Phys> packet = load(Size.W, Phys.R3, Phys.R1, 0);
    for (Element<Phys> base : List.of(value, packet)) {
      boolean inMap = base.equals(value);
      int offset = inMap ? 4 : 0;
      Element<Phys> access =
          new Atomic.Update<>(AtomicOp.ADD, Size.DW, false, Phys.R3, offset, Phys.R2);
      assertThat(fault(FRAME, List.of(move(Phys.R2, 1), base, access)))
          .hasMessageContaining(inMap ? "atomic access, not aligned, to" : "atomic access to");
    }
  }

  @Test
  void atomicsWithoutFetchLeaveTheOperand() {
    Interpreter interpreter =
        interpreter(
            List.of(
                move(Phys.R2, 3),
                new Element.LoadImm64<>(Phys.R3, new Constant.MapValue("out", 0)),
                new Atomic.Update<>(AtomicOp.ADD, Size.DW, false, Phys.R3, 0, Phys.R2),
                new Element.Move<>(Width.W64, 0, Phys.R0, Operand.reg(Phys.R2))));
    assertThat(interpreter.run(FRAME)).isEqualTo(3);
    assertThat(interpreter.run(FRAME)).isEqualTo(3);
    assertThat(interpreter.value("out", 0).getLong(0)).isEqualTo(6);
  }

  @ParameterizedTest
  @EnumSource(names = {"SET", "GT", "SLE"})
  void farBranchesGoWhereNearOnesDo(Condition condition) {
    List<Element<Phys>> elements = new ArrayList<>();
    elements.add(load(Size.W, Phys.R1, Phys.R1, 12));
    elements.add(move(Phys.R0, 1));
    Label far = new Label(0, "far");
    elements.add(new Element.Branch<>(condition, Width.W64, Phys.R1, Operand.imm(7), far));
    elements.addAll(Collections.nCopies(40_001, new Element.Negate<>(Width.W64, Phys.R0)));
    elements.add(new Element.Bind<>(far));
    elements.add(new Element.Exit<>(Phys.R0));
    Interpreter interpreter = interpreter(Encoder.encode(code(elements)).instructions(), List.of());
    for (int ifindex : new int[] {1, 7, 8}) {
      boolean taken = Semantics.holds64(condition, ifindex, 7);
      assertThat(interpreter.run(FRAME.withIngressIfindex(ifindex))).isEqualTo(taken ? 1 : -1);
    }
  }

  /** What r2 holds after instructions that find a number in it, in hexadecimal. */
  private static String compute(String x, List<Element<Phys>> elements) {
    List<Element<Phys>> all = new ArrayList<>();
    all.add(constant(Phys.R2, x));
    all.addAll(elements);
    all.add(new Element.LoadImm64<>(Phys.R7, new Constant.MapValue("out", 0)));
    all.add(new Element.Store<>(Size.DW, Phys.R7, 0, Operand.reg(Phys.R2)));
    all.add(move(Phys.R0, 0));
    Interpreter interpreter = interpreter(all);
    interpreter.run(FRAME);
    return Long.toHexString(interpreter.value("out", 0).getLong(0));
  }
}
