package dev.jbpfilter.loader.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.ProgramBuilder;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.StackVariable;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.loader.kernel.internal.Libc;
import dev.jbpfilter.loader.testing.RequiresBpf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Programs that need what only the running kernel's types tell. */
@RequiresBpf
class KernelTypesTest {
  private static final int FRAME = 60;
  private static final int LINK_HEADER = 14;
  private static final int LOCAL_IN = 1;
  private static final int IPV4 = 2;

  @Test
  void aNetfilterProgramReadsThePacketThroughKernelTypes() {
    List<Kernels.Call> calls = new ArrayList<>();
    Kernel kernel = Kernels.recording(calls);
    byte[] packet = new byte[FRAME];
    packet[12] = 8;
    packet[LINK_HEADER] = 0x45;
    byte[] state = new byte[48];
    state[0] = LOCAL_IN;
    state[1] = IPV4;
    kernel.loadProgram(Specs.returning(2), Map.of()).close();
    assertThat(reads(calls)).as("reads for a program that needs no types").isZero();
    try (BpfProgram program = kernel.loadProgram(length(), Map.of())) {
      TestRun run = TestRun.of(packet).withContext(state);
      assertThat(program.run(run).returnValue()).isEqualTo(1);
    }
    long once = reads(calls);
    assertThat(once).isPositive();
    kernel.loadProgram(length(), Map.of()).close();
    assertThat(reads(calls)).as("types are read once").isEqualTo(once);
  }

  /** Accepts packets of 46 bytes, as hooks behind the link layer see them, in IPv4. */
  private static ProgramSpec length() {
    return ProgramBuilder.program(
        "bf_prog",
        ProgramType.NETFILTER,
        AttachType.NETFILTER,
        "GPL",
        p ->
            p.main(b -> {
              Virt context = b.parameter();
              Virt state = b.load(Size.DW, context, 0);
              Virt skb = b.load(Size.DW, context, 8);
              Virt family = b.loadField(Size.B, state, "nf_hook_state", "pf");
              Virt length = b.loadField(Size.W, skb, "sk_buff", "len");
              b.ifThen(
                  Condition.EQ,
                  family,
                  IPV4,
                  () -> b.ifThen(Condition.EQ, length, FRAME - LINK_HEADER, () -> b.exit(1)));
              b.exit(0);
            }));
  }

  private static ProgramSpec calling(String function) {
    return ProgramBuilder.program(
        "bf_prog",
        ProgramType.XDP,
        AttachType.XDP,
        "GPL",
        p ->
            p.main(b -> {
              StackVariable dynptr = b.stackVariable("dynptr", 16);
              b.callKernel(function, b.parameter(), b.constant(0), b.address(dynptr));
              b.exit(2);
            }));
  }

  private static long reads(List<Kernels.Call> calls) {
    return calls.stream().filter(call -> call.name().equals("read")).count();
  }

  @Test
  void aFunctionIsCalledByItsName() {
    Kernel kernel = Kernel.system();
    kernel.loadProgram(calling("bpf_dynptr_from_xdp"), Map.of()).close();
    assertThatThrownBy(() -> kernel.loadProgram(calling("bpf_walk_the_dog"), Map.of()))
        .isInstanceOfSatisfying(
            BpfException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EOPNOTSUPP))
        .hasMessage(
            "program bf_prog: this kernel has no function bpf_walk_the_dog:"
                + " Operation not supported");
  }

  @Test
  void aKernelWithoutTypesIsNamed() {
    KernelTypes types =
        new KernelTypes(new Linux(new Libc(), step -> {}), "/sys/kernel/btf/nothing");
    assertThatThrownBy(types::get)
        .isInstanceOfSatisfying(
            BpfException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EOPNOTSUPP))
        .hasMessage(
            "this kernel does not tell its types: no /sys/kernel/btf/nothing,"
                + " see CONFIG_DEBUG_INFO_BTF: Operation not supported");
  }

  @Test
  void whatIsNoTypeInformationIsRefused() {
    KernelTypes types = new KernelTypes(new Linux(new Libc(), step -> {}), "/proc/version");
    assertThatThrownBy(types::get)
        .isInstanceOfSatisfying(
            BpfException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL))
        .hasMessageStartingWith("/proc/version: BTF offset 0x0: no BTF magic number");
  }
}
