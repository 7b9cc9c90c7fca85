package dev.jbpfilter.bytecode.interpreter;

import static dev.jbpfilter.bytecode.interpreter.Programs.OUT;
import static dev.jbpfilter.bytecode.interpreter.Programs.add;
import static dev.jbpfilter.bytecode.interpreter.Programs.branch;
import static dev.jbpfilter.bytecode.interpreter.Programs.call;
import static dev.jbpfilter.bytecode.interpreter.Programs.copy;
import static dev.jbpfilter.bytecode.interpreter.Programs.function;
import static dev.jbpfilter.bytecode.interpreter.Programs.helper;
import static dev.jbpfilter.bytecode.interpreter.Programs.load;
import static dev.jbpfilter.bytecode.interpreter.Programs.machine;
import static dev.jbpfilter.bytecode.interpreter.Programs.move;
import static dev.jbpfilter.bytecode.interpreter.Programs.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jbpfilter.bytecode.CallTarget;
import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Constant;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.LoadPacket;
import dev.jbpfilter.bytecode.ObjectSpec;
import dev.jbpfilter.bytecode.Phys;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.interpreter.ExecutionFault.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contexts, packet access, and helpers that look at packets or at the world. */
final class PacketTest {
  private static final byte[] BYTES = new byte[40];
  private static final Frame FRAME;

  static {
    for (int i = 0; i < BYTES.length; i++) {
      BYTES[i] = (byte) (i + 0x70);
    }
    FRAME = Frame.of(BYTES);
  }

  private static Interpreter program(ProgramType type, List<Element<Phys>> elements) {
    return machine(type, List.of(OUT), List.of(function("main", elements)));
  }

  private static ExecutionFault fault(ProgramType type, List<Element<Phys>> elements) {
    Interpreter interpreter = program(type, elements);
    ExecutionFault fault = catchThrowableOfType(ExecutionFault.class, () -> interpreter.run(FRAME));
    assertThat(fault).isNotNull();
    return fault;
  }

  private static List<Element<Phys>> access(Size size, @Nullable Integer index, int offset) {
    return List.of(
        copy(Phys.R6, Phys.R1),
        move(Phys.R7, index == null ? 0 : index),
        new LoadPacket<>(size, Phys.R0, Phys.R6, index == null ? null : Phys.R7, offset));
  }

  @ParameterizedTest
  @CsvSource({
    // type, size, index, offset, result; the first byte is 0x70, the network header at 14
    "SCHED_CLS, B, , 0, 70",
    "SCHED_CLS, H, , 1, 7172",
    "SCHED_CLS, W, , 36, 94959697",
    "SCHED_CLS, W, , 37, 0",
    "SCHED_CLS, B, , 40, 0",
    "SCHED_CLS, H, 3, 2, 7576",
    "SCHED_CLS, H, 5, -2, 7374",
    "SCHED_CLS, H, 1, -2, 0",
    "SOCKET_FILTER, B, , 0, 7e",
    "SOCKET_FILTER, B, , 25, 97",
    "SOCKET_FILTER, B, , 26, 0",
    "SOCKET_FILTER, B, , -1048576, 7e",
    "SCHED_CLS, B, , -1048576, 7e",
    "SOCKET_FILTER, H, , -2097152, 7071",
    "SOCKET_FILTER, H, , -2097152, 7071",
    "SCHED_CLS, B, , -2097153, 0",
    "SCHED_CLS, H, 2147483647, 1, 0",
  })
  void packetAccess(ProgramType type, Size size, Integer index, int offset, String result) {
    Interpreter interpreter = program(type, access(size, index, offset));
    assertThat(Integer.toHexString(interpreter.run(FRAME))).isEqualTo(result);
  }

  /** What ends is the function, with 0. */
  @Test
  void packetAccessBeyondTheEndLeavesTheFunction() {
    List<Element<Phys>> main = List.of(copy(Phys.R6, Phys.R1), call("callee"), add(Phys.R0, 5));
    List<Element<Phys>> callee = new ArrayList<>(access(Size.B, null, 40));
    callee.add(move(Phys.R0, 100));
    List<Code<Phys>> functions = List.of(function("main", main), function("callee", callee));
    assertThat(machine(ProgramType.SCHED_CLS, List.of(), functions).run(FRAME)).isEqualTo(5);
  }

  @Test
  void packetAccessNeedsASocketBuffer() {
    assertThat(fault(ProgramType.XDP, access(Size.B, null, 0)).kind()).isEqualTo(Kind.CALL);
    List<Element<Phys>> elements =
        List.of(copy(Phys.R6, Phys.R10), new LoadPacket<>(Size.B, Phys.R0, Phys.R6, null, 0));
    assertThat(fault(ProgramType.SCHED_CLS, elements))
        .hasMessageContaining("is not the context of a socket buffer");
  }

  @Test
  void fieldsOfASocketBuffer() {
    List<Element<Phys>> mark =
        List.of(load(Size.W, Phys.R0, Phys.R1, 8), store(Size.W, Phys.R1, 8, 9));
    Interpreter interpreter = program(ProgramType.SCHED_CLS, mark);
    assertThat(interpreter.run(FRAME.withField("mark", 4))).isEqualTo(4);
    assertThat(interpreter.field("mark")).isEqualTo(9);
    assertThat(interpreter.field("len")).isEqualTo(40);
    assertThat(interpreter.field("protocol")).isEqualTo(0x7d7c);
    assertThat(
            program(ProgramType.SOCKET_FILTER, List.of(load(Size.W, Phys.R0, Phys.R1, 0)))
                .run(FRAME))
        .isEqualTo(26);
    assertThat(fault(ProgramType.SOCKET_FILTER, mark).kind()).isEqualTo(Kind.WRITE);
    // A part of a number, but not of a pointer.
    assertThat(
            program(ProgramType.SCHED_CLS, List.of(load(Size.B, Phys.R0, Phys.R1, 17))).run(FRAME))
        .isEqualTo(0x7d);
    assertThat(fault(ProgramType.SCHED_CLS, List.of(load(Size.H, Phys.R0, Phys.R1, 76))).region())
        .isEqualTo("context");
    assertThat(fault(ProgramType.SCHED_CLS, List.of(load(Size.H, Phys.R0, Phys.R1, 7))).kind())
        .isEqualTo(Kind.READ);
    assertThat(fault(ProgramType.SCHED_CLS, List.of(load(Size.W, Phys.R0, Phys.R1, 88))).kind())
        .isEqualTo(Kind.READ);
    assertThatThrownBy(() -> interpreter.field("data"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> interpreter.run(FRAME.withField("colour", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the context has no number colour");
  }

  @Test
  void controlBlockAndTime() {
    Interpreter interpreter =
        program(
            ProgramType.SCHED_CLS,
            List.of(
                store(Size.DW, Phys.R1, 48, -2),
                store(Size.H, Phys.R1, 54, 7),
                store(Size.B, Phys.R1, 67, 1),
                load(Size.DW, Phys.R2, Phys.R1, 152),
                store(Size.DW, Phys.R1, 152, Phys.R1),
                store(Size.DW, Phys.R1, 152, 5),
                load(Size.W, Phys.R0, Phys.R1, 64)));
    assertThat(interpreter.run(FRAME.withField("tstamp", 1L << 40))).isEqualTo(1 << 24);
    assertThat(interpreter.field("cb")).isEqualTo(0x0007_ffff_ffff_fffeL);
    assertThat(interpreter.field("tstamp")).isEqualTo(5);
  }

  /** Helper 26 or 68, with length bytes to −16 of the stack, and the first 8 of those. */
  private static List<Element<Phys>> loadBytes(int helper, int offset, int length, int start) {
    return List.of(
        move(Phys.R2, offset),
        copy(Phys.R3, Phys.R10),
        add(Phys.R3, -16),
        move(Phys.R4, length),
        move(Phys.R5, start),
        helper(helper),
        load(Size.W, Phys.R6, Phys.R10, -16),
        new Element.LoadImm64<>(Phys.R7, new Constant.MapValue("out", 0)),
        store(Size.W, Phys.R7, 0, Phys.R6));
  }

  @ParameterizedTest
  @CsvSource({
    "SCHED_CLS, 26, 0, 4, 0, 0, 73727170", "SOCKET_FILTER, 26, 0, 4, 0, 0, 81807f7e",
    "SCHED_CLS, 26, 38, 2, 0, 0, a5a59796", "SCHED_CLS, 26, 39, 2, 0, -14, a5a50000",
    "SCHED_CLS, 26, -1, 4, 0, -14, 0", "SOCKET_FILTER, 68, 1, 4, 0, 0, 74737271",
    "SOCKET_FILTER, 68, 1, 4, 1, 0, 8281807f", "SCHED_CLS, 68, 0, 4, 1, 0, 81807f7e",
    "SCHED_CLS, 68, 0, 4, 2, -14, 0", "SCHED_CLS, 68, 65536, 4, 0, -14, 0",
    "SCHED_CLS, 68, 37, 4, 0, -14, 0",
  })
  void socketBuffersAreCopiedFrom(
      ProgramType type, int helper, int offset, int length, int start, int result, String loaded) {
    Interpreter interpreter = program(type, loadBytes(helper, offset, length, start));
    assertThat(interpreter.run(FRAME.withLinear(20))).isEqualTo(result);
    assertThat(Integer.toHexString(interpreter.value("out", 0).getInt(0))).isEqualTo(loaded);
  }

  @Test
  void bytesAreStored() {
    List<Element<Phys>> elements =
        List.of(
            store(Size.W, Phys.R10, -4, 0x04030201),
            load(Size.W, Phys.R2, Phys.R1, 12),
            copy(Phys.R3, Phys.R10),
            add(Phys.R3, -4),
            move(Phys.R4, 4),
            helper(190));
    Interpreter interpreter = program(ProgramType.XDP, elements);
    assertThat(interpreter.run(FRAME.withLinear(20).withIngressIfindex(30))).isZero();
    assertThat(interpreter.packet()).hasSize(40).containsSequence(0x8d, 1, 2, 3, 4, 0x92);
    assertThat(interpreter.run(FRAME.withIngressIfindex(37))).isEqualTo(-22);
    assertThat(interpreter.run(FRAME.withIngressIfindex(65536))).isEqualTo(-14);
    assertThat(interpreter.packet()).isEqualTo(BYTES);
  }

  @ParameterizedTest
  @CsvSource({
    // flags of the dynptr, offset, length, linear, whether there is a buffer, result
    "0, 20, 4, 40, true, 87868584",
    "0, 20, 4, 40, false, 87868584",
    "0, 20, 4, 22, true, 87868584",
    "0, 20, 4, 22, false, 0",
    "0, 37, 4, 40, true, 0",
    "0, 36, 4, 40, true, 97969594",
    "1, 0, 4, 40, true, 0",
  })
  void slices(int flags, int offset, int length, int linear, boolean buffered, String result) {
    Label missing = new Label(0, "missing");
    List<Element<Phys>> elements =
        List.of(
            move(Phys.R2, flags),
            copy(Phys.R3, Phys.R10),
            add(Phys.R3, -16),
            kernelFunction("bpf_dynptr_from_xdp"),
            copy(Phys.R1, Phys.R10),
            add(Phys.R1, -16),
            move(Phys.R2, offset),
            buffered ? copy(Phys.R3, Phys.R10) : move(Phys.R3, 0),
            add(Phys.R3, buffered ? -32 : 0),
            move(Phys.R4, length),
            kernelFunction("bpf_dynptr_slice"),
            branch(Condition.EQ, Phys.R0, 0, missing),
            load(Size.W, Phys.R0, Phys.R0, 0),
            new Element.Bind<>(missing));
    assertThat(
            Integer.toHexString(program(ProgramType.XDP, elements).run(FRAME.withLinear(linear))))
        .isEqualTo(result);
  }

  private static Element<Phys> kernelFunction(String name) {
    return helper(new CallTarget.KernelFunction(name));
  }

  @Test
  void slicesAreOfDynamicPointersAndReadOnly() {
    List<Element<Phys>> elements =
        new ArrayList<>(
            List.of(
                copy(Phys.R3, Phys.R10),
                add(Phys.R3, -16),
                move(Phys.R2, 0),
                kernelFunction("bpf_dynptr_from_xdp"),
                copy(Phys.R1, Phys.R10),
                add(Phys.R1, -16),
                move(Phys.R2, 0),
                move(Phys.R3, 0),
                move(Phys.R4, 4),
                kernelFunction("bpf_dynptr_slice"),
                store(Size.B, Phys.R0, 0, 0)));
    ExecutionFault fault = fault(ProgramType.XDP, elements);
    assertThat(fault.kind()).isEqualTo(Kind.WRITE);
    assertThat(fault.region()).isEqualTo("read-only packet");
    elements.add(4, store(Size.B, Phys.R10, -16, 0));
    assertThat(fault(ProgramType.XDP, elements))
        .hasMessageContaining("is not what a dynamic pointer begins with");
    elements.set(1, add(Phys.R3, -12));
    assertThat(fault(ProgramType.XDP, elements))
        .hasMessageContaining("is not aligned as a dynamic pointer has to be");
    assertThat(fault(ProgramType.XDP, List.of(kernelFunction("bpf_dynptr_from_skb"))))
        .hasMessageContaining("bpf_dynptr_from_skb in a program of another type");
  }

  @Test
  void redirects() {
    List<Element<Phys>> elements =
        List.of(load(Size.W, Phys.R2, Phys.R1, 12), move(Phys.R1, 7), helper(23));
    Interpreter xdp = program(ProgramType.XDP, elements);
    assertThat(xdp.run(FRAME.withIngressIfindex(0))).isEqualTo(4);
    assertThat(xdp.redirectedTo()).isEqualTo(7);
    assertThat(xdp.run(FRAME)).isZero();
    assertThat(xdp.redirectedTo()).isZero();
    Interpreter tc = program(ProgramType.SCHED_CLS, elements);
    assertThat(tc.run(FRAME)).isEqualTo(7);
    assertThat(tc.run(FRAME.withField("queue_mapping", 1))).isEqualTo(7);
    assertThat(tc.run(FRAME.withField("queue_mapping", 2))).isEqualTo(2);
  }

  @Test
  void worldIsThatOfTheTest() {
    int[] calls = new int[1];
    Environment world =
        Environment.repeatable(1)
            .withClock(() -> 77)
            .withCpu(3)
            .withFlowHash(() -> -5)
            .withRandom(() -> calls[0]++);
    int[] helpers = {5, 125, 160, 8, 34, 7, 7};
    int[] expected = {77, 77, 77, 3, -5, 0, 1};
    for (int i = 0; i < helpers.length; i++) {
      ObjectSpec object =
          new ObjectSpec(
              "c",
              Programs.spec(
                  ProgramType.SCHED_CLS, List.of(function("main", List.of(helper(helpers[i]))))),
              List.of());
      assertThat(Interpreter.of(object, world).run(FRAME)).isEqualTo(expected[i]);
    }
    Interpreter first = program(ProgramType.XDP, List.of(helper(7)));
    Interpreter second = program(ProgramType.XDP, List.of(helper(7)));
    assertThat(first.run(FRAME)).isEqualTo(second.run(FRAME)).isNotEqualTo(first.run(FRAME));
  }

  @Test
  void processHasANameAndANumber() {
    assertThat(program(ProgramType.SCHED_CLS, List.of(helper(14))).run(FRAME)).isEqualTo(1);
    for (int room : new int[] {3, 16}) {
      Interpreter interpreter =
          program(
              ProgramType.SCHED_CLS,
              List.of(
                  copy(Phys.R1, Phys.R10),
                  add(Phys.R1, -16),
                  move(Phys.R2, room),
                  helper(16),
                  load(Size.W, Phys.R0, Phys.R10, -16)));
      assertThat(interpreter.run(FRAME)).isEqualTo(room == 3 ? 0xa500616a : 0x6176616a);
    }
  }
}
