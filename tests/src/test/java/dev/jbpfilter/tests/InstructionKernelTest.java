package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.Atomic;
import dev.jbpfilter.bytecode.AtomicOp;
import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.ByteSwap;
import dev.jbpfilter.bytecode.CallTarget;
import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Constant;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.Encoder;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.LoadPacket;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.bytecode.ObjectSpec;
import dev.jbpfilter.bytecode.Operand;
import dev.jbpfilter.bytecode.Phys;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Width;
import dev.jbpfilter.loader.testing.RequiresBpf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every instruction that computes, on all pairs of corner values: the interpreter does what the
 * kernel does. The values come from a map, so that the verifier knows none of them.
 */
@RequiresBpf
class InstructionKernelTest {
  private static final long[] CORNERS = {
    0,
    1,
    -1,
    2,
    31,
    33,
    64,
    0x80,
    0x8000,
    0x7fff_ffffL,
    0x8000_0000L,
    0xffff_ffffL,
    0x1_0000_0000L,
    0x8000_0001_8000_8081L,
    0x1122_3344_5566_7788L,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
  };
  private static final int[] CONSTANTS = {
    0, 1, -1, 2, 31, 127, Integer.MAX_VALUE, Integer.MIN_VALUE
  };

  /** r2, r3, r0 and the memory before, and 16 bytes further what they are afterwards. */
  private static final MapSpec VALUES = new MapSpec("values", MapType.ARRAY, 4, 64, 1, 0, null);

  private static final byte[] FRAME = new byte[64];
  private static final Label TAKEN = new Label(0, "taken");

  private record Case(String name, List<Element<Phys>> elements) {}

  private static Case of(String name, Element<Phys> element) {
    return new Case(name, List.of(element));
  }

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Width width : Width.values()) {
      for (AluOp op : AluOp.values()) {
        cases.add(
            of(op + " " + width, new Element.Alu<>(op, width, Phys.R2, Operand.reg(Phys.R3))));
        cases.add(
            of(
                op + " " + width + " with itself",
                new Element.Alu<>(op, width, Phys.R2, Operand.reg(Phys.R2))));
        for (int value : CONSTANTS) {
          if (takes(op, width, value)) {
            cases.add(
                of(
                    op + " " + width + " " + value,
                    new Element.Alu<>(op, width, Phys.R2, Operand.imm(value))));
          }
        }
      }
      for (Condition condition : Condition.values()) {
        cases.add(branch(condition, width, Operand.reg(Phys.R3)));
        for (int value : CONSTANTS) {
          cases.add(branch(condition, width, Operand.imm(value)));
        }
      }
      cases.add(of("negate " + width, new Element.Negate<>(width, Phys.R2)));
      for (int extend : new int[] {0, 8, 16, 32}) {
        if (extend < 32 || width == Width.W64) {
          cases.add(
              of(
                  "move " + width + " from " + extend,
                  new Element.Move<>(width, extend, Phys.R2, Operand.reg(Phys.R3))));
        }
      }
      for (int value : CONSTANTS) {
        cases.add(
            of(
                "move " + width + " " + value,
                new Element.Move<>(width, 0, Phys.R2, Operand.imm(value))));
      }
    }
    for (ByteSwap order : ByteSwap.values()) {
      for (int bits = 16; bits <= 64; bits *= 2) {
        cases.add(of(order + " " + bits, new Element.Endian<>(order, bits, Phys.R2)));
      }
    }
    cases.add(
        new Case(
            "sign extension, one after another",
            List.of(
                new Element.Move<>(Width.W64, 8, Phys.R2, Operand.reg(Phys.R2)),
                new Element.Move<>(Width.W32, 16, Phys.R3, Operand.reg(Phys.R2)),
                new Element.Move<>(Width.W64, 32, Phys.R2, Operand.reg(Phys.R3)))));
    memory(cases);
    return cases;
  }

  private static boolean takes(AluOp op, Width width, int value) {
    return switch (op) {
      case DIV, MOD, SDIV, SMOD -> value != 0;
      case LSH, RSH, ARSH -> value >= 0 && value < (width == Width.W64 ? 64 : 32);
      default -> true;
    };
  }

  private static Case branch(Condition condition, Width width, Operand<Phys> right) {
    return new Case(
        "if " + condition + " " + width + " " + right,
        List.of(
            new Element.Branch<>(condition, width, Phys.R2, right, TAKEN),
            new Element.Move<>(Width.W64, 0, Phys.R0, Operand.imm(1234)),
            new Element.Bind<>(TAKEN)));
  }

  /** On the memory at r9 + 24, and the same on the stack. */
  private static void memory(List<Case> cases) {
    for (Size size : Size.values()) {
      memory(
          cases,
          "store " + size,
          b -> new Element.Store<>(size, b.reg, b.offset, Operand.reg(Phys.R2)));
      memory(
          cases,
          "store constant " + size,
          b -> new Element.Store<>(size, b.reg, b.offset, Operand.imm(-2)));
      memory(cases, "load " + size, b -> new Element.Load<>(size, false, Phys.R2, b.reg, b.offset));
      if (size != Size.DW) {
        memory(
            cases,
            "load signed " + size,
            b -> new Element.Load<>(size, true, Phys.R2, b.reg, b.offset));
      }
      memory(
          cases,
          "load-acquire " + size,
          b -> new Atomic.LoadAcquire<>(size, Phys.R2, b.reg, b.offset));
      memory(
          cases,
          "store-release " + size,
          b -> new Atomic.StoreRelease<>(size, b.reg, b.offset, Phys.R2));
    }
    for (Size size : List.of(Size.W, Size.DW)) {
      for (AtomicOp op : AtomicOp.values()) {
        memory(
            cases,
            "fetch " + op + " " + size,
            b -> new Atomic.Update<>(op, size, true, b.reg, b.offset, Phys.R2));
        if (op != AtomicOp.XCHG) {
          memory(
              cases,
              op + " " + size,
              b -> new Atomic.Update<>(op, size, false, b.reg, b.offset, Phys.R2));
        }
      }
      memory(
          cases,
          "compare and exchange " + size,
          b -> new Atomic.CompareExchange<>(size, b.reg, b.offset, Phys.R0, Phys.R2));
    }
  }

  private record Base(Phys reg, int offset) {}

  private static void memory(List<Case> cases, String name, Function<Base, Element<Phys>> element) {
    cases.add(of(name + " in a map", element.apply(new Base(Phys.R9, 24))));
    cases.add(
        new Case(
            name + " on the stack",
            List.of(
                load(Phys.R4, Phys.R9, 24),
                store(Phys.R10, -8, Phys.R4),
                element.apply(new Base(Phys.R10, -8)),
                load(Phys.R4, Phys.R10, -8),
                store(Phys.R9, 24, Phys.R4))));
  }

  private static Element<Phys> load(Phys dst, Phys base, int offset) {
    return new Element.Load<>(Size.DW, false, dst, base, offset);
  }

  private static Element<Phys> store(Phys base, int offset, Phys src) {
    return new Element.Store<>(Size.DW, base, offset, Operand.reg(src));
  }

  private static ObjectSpec object(Case test) {
    List<Element<Phys>> elements = new ArrayList<>();
    elements.add(new Element.LoadImm64<>(Phys.R9, new Constant.MapValue("values", 0)));
    elements.add(load(Phys.R2, Phys.R9, 0));
    elements.add(load(Phys.R3, Phys.R9, 8));
    elements.add(load(Phys.R0, Phys.R9, 16));
    elements.addAll(test.elements);
    elements.add(store(Phys.R9, 32, Phys.R2));
    elements.add(store(Phys.R9, 40, Phys.R3));
    elements.add(store(Phys.R9, 48, Phys.R0));
    elements.add(new Element.Exit<>(Phys.R0));
    return object(ProgramType.XDP, elements, VALUES);
  }

  private static ObjectSpec object(
      ProgramType type, List<Element<Phys>> elements, MapSpec... maps) {
    AttachType attach = type == ProgramType.XDP ? AttachType.XDP : AttachType.TCX_INGRESS;
    Code<Phys> code = new Code<>("main", List.of(Phys.R1), elements, 0);
    ProgramSpec program = Encoder.program("test", type, attach, 0, "GPL", code);
    return new ObjectSpec("test", program, List.of(maps));
  }

  @TestFactory
  Stream<DynamicTest> interpreterAgreesWithTheKernel() {
    return cases().stream().map(c -> DynamicTest.dynamicTest(c.name, () -> agree(c)));
  }

  private static void agree(Case test) {
    try (KernelProgram program = KernelProgram.load(object(test))) {
      for (long x : CORNERS) {
        for (long y : CORNERS) {
          // r0 is what memory holds in half of all cases, for the exchange.
          ByteBuffer value = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
          value.putLong(x).putLong(y).putLong((x ^ y) % 2 == 0 ? y : y ^ x).putLong(y);
          program.update("values", new byte[4], value.array());
          assertThat(program.interpret(FRAME))
              .as("%x and %x", x, y)
              .isEqualTo(program.runInKernel(FRAME));
        }
      }
    }
  }

  @Test
  void everyOperationIsThere() {
    assertThat(cases()).hasSizeGreaterThan(500).extracting(Case::name).doesNotHaveDuplicates();
  }

  /**
   * It counts how often it begins, calls itself, and leaves what the last call falls through to.
   */
  @ParameterizedTest
  @CsvSource({"0, 34", "1, 1", "2, 1", "-1, 1"})
  void tailCallsAgree(int index, int begun) {
    MapSpec programs = new MapSpec("programs", MapType.PROG_ARRAY, 4, 4, 2, 0, null);
    List<Element<Phys>> elements =
        List.of(
            new Element.LoadImm64<>(Phys.R9, new Constant.MapValue("values", 0)),
            load(Phys.R6, Phys.R9, 0),
            new Element.Alu<>(AluOp.ADD, Width.W64, Phys.R6, Operand.imm(1)),
            store(Phys.R9, 0, Phys.R6),
            new Element.LoadImm64<>(Phys.R2, new Constant.MapFd("programs")),
            new Element.Move<>(Width.W64, 0, Phys.R3, Operand.imm(index)),
            new Element.Call<>(new CallTarget.Helper(12), List.of(), Phys.R0),
            new Element.Move<>(Width.W64, 0, Phys.R0, Operand.reg(Phys.R6)),
            new Element.Exit<>(Phys.R0));
    try (KernelProgram program =
        KernelProgram.load(object(ProgramType.XDP, elements, VALUES, programs))) {
      program.tailCallItself("programs", 0);
      KernelProgram.Outcome outcome = program.interpret(FRAME);
      assertThat(outcome).isEqualTo(program.runInKernel(FRAME));
      assertThat(outcome.result()).isEqualTo(begun);
    }
  }

  /** Packet access instructions, at all places of a frame and beyond. */
  @TestFactory
  Stream<DynamicTest> packetAccessAgrees() {
    List<DynamicTest> tests = new ArrayList<>();
    byte[] frame = new byte[70];
    for (int i = 0; i < frame.length; i++) {
      frame[i] = (byte) (0x70 + i);
    }
    for (ProgramType type : List.of(ProgramType.SCHED_CLS, ProgramType.SOCKET_FILTER)) {
      for (Size size : List.of(Size.B, Size.H, Size.W)) {
        for (int offset : new int[] {0, 3, 52, 53, 55, 56, 66, 69, 70, -1, -0x100000, -0x1fffff}) {
          for (Integer index : new Integer[] {null, 0, 2, -2, Integer.MAX_VALUE}) {
            String name = type + " " + size + " at " + offset + " + " + index;
            ObjectSpec object = object(type, access(size, index, offset));
            tests.add(DynamicTest.dynamicTest(name, () -> resultsAgree(object, frame)));
          }
        }
      }
    }
    return tests.stream();
  }

  private static List<Element<Phys>> access(Size size, @Nullable Integer index, int offset) {
    int number = index == null ? 0 : index;
    return List.of(
        new Element.Move<>(Width.W64, 0, Phys.R6, Operand.reg(Phys.R1)),
        new Element.Move<>(Width.W64, 0, Phys.R7, Operand.imm(number)),
        new LoadPacket<>(size, Phys.R0, Phys.R6, index == null ? null : Phys.R7, offset),
        new Element.Exit<>(Phys.R0));
  }

  /** After a socket filter's test run the kernel clears the link header. */
  private static void resultsAgree(ObjectSpec object, byte[] frame) {
    try (KernelProgram program = KernelProgram.load(object)) {
      assertThat(program.interpret(frame).result()).isEqualTo(program.runInKernel(frame).result());
    }
  }
}
