package dev.jbpfilter.bytecode.interpreter;

import static dev.jbpfilter.bytecode.interpreter.Programs.OUT;
import static dev.jbpfilter.bytecode.interpreter.Programs.add;
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

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.CallTarget;
import dev.jbpfilter.bytecode.Constant;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.Operand;
import dev.jbpfilter.bytecode.Phys;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Width;
import dev.jbpfilter.bytecode.interpreter.ExecutionFault.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Contexts of cgroup and Netfilter programs, and what is reached through them. */
final class ContextTest {
  private static final byte[] BYTES = new byte[60];

  static {
    for (int i = 0; i < BYTES.length; i++) {
      BYTES[i] = (byte) (i + 0x20);
    }
    BYTES[12] = (byte) 0x86;
    BYTES[13] = (byte) 0xdd;
  }

  private static final Frame FRAME = Frame.of(BYTES);

  private static Interpreter program(ProgramType type, List<Element<Phys>> elements) {
    return machine(type, List.of(OUT), List.of(function("main", elements)));
  }

  private static ExecutionFault fault(Interpreter interpreter, Frame frame) {
    ExecutionFault fault = catchThrowableOfType(ExecutionFault.class, () -> interpreter.run(frame));
    assertThat(fault).isNotNull();
    return fault;
  }

  @Test
  void cgroupPacketsBeginWithTheNetworkHeader() {
    Interpreter interpreter =
        program(
            ProgramType.CGROUP_SKB,
            List.of(
                load(Size.W, Phys.R2, Phys.R1, 76),
                load(Size.W, Phys.R3, Phys.R1, 80),
                load(Size.B, Phys.R0, Phys.R2, 0),
                store(Size.W, Phys.R1, 8, 7),
                load(Size.B, Phys.R4, Phys.R3, -1)));
    assertThat(interpreter.run(FRAME.withLinear(20))).isEqualTo(0x2e);
    assertThat(interpreter.field("mark")).isEqualTo(7);
    assertThat(interpreter.field("len")).isEqualTo(46);
    assertThat(interpreter.field("protocol")).isEqualTo(0xdd86);
    // Nothing is linear.
    assertThat(fault(interpreter, FRAME.withLinear(14)).region()).isEqualTo("packet");
  }

  @Test
  void lengthsAreNoProtocols() {
    byte[] bytes = BYTES.clone();
    bytes[12] = 0;
    Interpreter interpreter =
        program(ProgramType.SCHED_CLS, List.of(load(Size.W, Phys.R0, Phys.R1, 16)));
    assertThat(interpreter.run(Frame.of(bytes))).isEqualTo(0x0400);
    bytes[14] = -1;
    bytes[15] = -1;
    assertThat(interpreter.run(Frame.of(bytes))).isEqualTo(0x0100);
  }

  @Test
  void socketAddresses() {
    Interpreter interpreter =
        program(
            ProgramType.CGROUP_SOCK_ADDR,
            List.of(
                load(Size.DW, Phys.R2, Phys.R1, 16),
                load(Size.H, Phys.R0, Phys.R1, 24),
                store(Size.DW, Phys.R1, 8, 5),
                new Element.LoadImm64<>(Phys.R7, new Constant.MapValue("out", 0)),
                store(Size.DW, Phys.R7, 0, Phys.R2)));
    Frame call =
        Frame.of(new byte[0])
            .withField("user_ip6", new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
            .withField("user_port", 0x5000);
    assertThat(interpreter.run(call)).isEqualTo(0x5000);
    assertThat(interpreter.value("out", 0).getLong(0)).isEqualTo(0x000f_0e0d_0c0b_0a09L);
    assertThat(interpreter.field("user_ip6")).isEqualTo(5);
    assertThat(
            fault(
                    program(
                        ProgramType.CGROUP_SOCK_ADDR, List.of(load(Size.W, Phys.R0, Phys.R1, 4))),
                    call)
                .kind())
        .isEqualTo(Kind.READ);
  }

  private static Element<Phys> field(Size size, Phys dst, Phys base, String type, String name) {
    return new Element.LoadField<>(size, dst, base, type, name);
  }

  private static final List<Element<Phys>> DEVICE =
      List.of(
          load(Size.DW, Phys.R2, Phys.R1, 0),
          load(Size.DW, Phys.R3, Phys.R2, 16),
          field(Size.W, Phys.R0, Phys.R3, "net_device", "ifindex"));

  @Test
  void netfilterProgramsReadStructures() {
    KernelObject device = KernelObject.of("net_device").with("ifindex", 4, 7);
    Interpreter interpreter = program(ProgramType.NETFILTER, DEVICE);
    assertThat(
            interpreter.run(FRAME.withObject("state", KernelObject.hookState(3, 10, null, device))))
        .isEqualTo(7);
    // There is no device to which the packet goes.
    assertThat(interpreter.run(FRAME)).isZero();
    assertThat(
            program(
                    ProgramType.NETFILTER,
                    List.of(load(Size.DW, Phys.R2, Phys.R1, 0), load(Size.B, Phys.R0, Phys.R2, 1)))
                .run(FRAME))
        .isEqualTo(10);
    List<Element<Phys>> mark =
        List.of(
            load(Size.DW, Phys.R2, Phys.R1, 8),
            field(Size.W, Phys.R0, Phys.R2, "sk_buff", "mark"),
            field(Size.W, Phys.R3, Phys.R2, "sk_buff", "len"),
            new Element.Alu<>(AluOp.ADD, Width.W64, Phys.R0, Operand.reg(Phys.R3)));
    KernelObject skb = KernelObject.of("sk_buff").with("mark", 4, 0x10_0000_1000L);
    assertThat(program(ProgramType.NETFILTER, mark).run(FRAME.withObject("skb", skb)))
        .isEqualTo(0x1000 + 46);
  }

  @Test
  void netfilterProgramsReadTheLinearPacketAtItsAddress() {
    List<Element<Phys>> readAt = new ArrayList<>();
    readAt.add(load(Size.DW, Phys.R6, Phys.R1, 8));
    readAt.add(field(Size.DW, Phys.R1, Phys.R6, "sk_buff", "data"));
    readAt.add(new Element.LoadImm64<>(Phys.R2, new Constant.StructureId("iphdr")));
    readAt.add(helper(new CallTarget.KernelFunction("bpf_rdonly_cast")));
    readAt.add(load(Size.B, Phys.R0, Phys.R0, 9));
    readAt.add(field(Size.W, Phys.R3, Phys.R6, "sk_buff", "data_len"));
    readAt.add(new Element.Alu<>(AluOp.LSH, Width.W64, Phys.R3, Operand.imm(8)));
    readAt.add(new Element.Alu<>(AluOp.ADD, Width.W64, Phys.R0, Operand.reg(Phys.R3)));
    Interpreter interpreter = program(ProgramType.NETFILTER, readAt);
    assertThat(interpreter.run(FRAME)).isEqualTo(0x20 + 14 + 9);
    assertThat(interpreter.run(FRAME.withLinear(24))).isEqualTo((36 << 8) + 0x20 + 14 + 9);
    assertThat(fault(interpreter, FRAME.withLinear(23)).kind()).isEqualTo(Kind.READ);
  }

  @Test
  void structuresHaveTypesAndFields() {
    List<Element<Phys>> wrongType = new ArrayList<>(DEVICE);
    wrongType.set(2, field(Size.W, Phys.R0, Phys.R2, "net_device", "ifindex"));
    assertThat(fault(program(ProgramType.NETFILTER, wrongType), FRAME))
        .hasMessageContaining("is not a struct net_device");
    List<Element<Phys>> unknown = new ArrayList<>(DEVICE);
    unknown.set(1, load(Size.DW, Phys.R3, Phys.R2, 8));
    unknown.set(2, field(Size.W, Phys.R0, Phys.R3, "net_device", "mtu"));
    assertThat(fault(program(ProgramType.NETFILTER, unknown), FRAME))
        .hasMessageContaining("of struct net_device.mtu");
    unknown.set(2, load(Size.W, Phys.R0, Phys.R3, 0));
    assertThat(fault(program(ProgramType.NETFILTER, unknown), FRAME).region())
        .isEqualTo("struct net_device");
    unknown.set(2, store(Size.W, Phys.R3, 0, 1));
    assertThat(fault(program(ProgramType.NETFILTER, unknown), FRAME).kind()).isEqualTo(Kind.WRITE);
    assertThatThrownBy(() ->
            program(ProgramType.XDP, List.of(move(Phys.R0, 0)))
                .run(FRAME.withObject("skb", KernelObject.of("sk_buff"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the context has no [skb]");
  }

  @Test
  void netfilterPacketsAreReadThroughDynamicPointers() {
    List<Element<Phys>> elements =
        List.of(
            load(Size.DW, Phys.R1, Phys.R1, 8),
            move(Phys.R2, 0),
            copy(Phys.R3, Phys.R10),
            add(Phys.R3, -16),
            helper(new CallTarget.KernelFunction("bpf_dynptr_from_skb")),
            copy(Phys.R1, Phys.R10),
            add(Phys.R1, -24),
            move(Phys.R2, 4),
            copy(Phys.R3, Phys.R10),
            add(Phys.R3, -16),
            move(Phys.R4, 2),
            move(Phys.R5, 0),
            helper(201),
            load(Size.W, Phys.R0, Phys.R10, -24));
    Interpreter interpreter = program(ProgramType.NETFILTER, elements);
    assertThat(interpreter.run(FRAME.withLinear(17))).isEqualTo(0x33323130);
    List<Element<Phys>> context = new ArrayList<>(elements);
    context.set(0, move(Phys.R0, 0));
    assertThat(fault(program(ProgramType.NETFILTER, context), FRAME))
        .hasMessageContaining("is not the packet");
  }

  @Test
  void hashIsComputedOnce() {
    Interpreter interpreter =
        program(ProgramType.SCHED_CLS, List.of(copy(Phys.R6, Phys.R1), helper(34)));
    assertThat(interpreter.run(FRAME.withField("hash", 9))).isEqualTo(9);
    assertThat(interpreter.run(FRAME)).isEqualTo(1);
    assertThat(interpreter.field("hash")).isEqualTo(1);
  }

  @Test
  void traceIsKept() {
    String format = "%d%%\0";
    List<Element<Phys>> elements = new ArrayList<>();
    for (int i = 0; i < format.length(); i++) {
      elements.add(store(Size.B, Phys.R10, i - 8, format.charAt(i)));
    }
    elements.addAll(
        List.of(
            copy(Phys.R1, Phys.R10),
            add(Phys.R1, -8),
            move(Phys.R2, format.length()),
            move(Phys.R3, -12),
            helper(6)));
    Interpreter interpreter = program(ProgramType.XDP, elements);
    assertThat(interpreter.run(FRAME)).isEqualTo(4);
    assertThat(interpreter.traces()).containsExactly("-12%");
    assertThat(interpreter.run(FRAME)).isEqualTo(4);
    assertThat(interpreter.traces()).hasSize(1);
  }
}
