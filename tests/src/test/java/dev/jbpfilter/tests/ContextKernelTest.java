package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.Encoder;
import dev.jbpfilter.bytecode.ObjectSpec;
import dev.jbpfilter.bytecode.Operand;
import dev.jbpfilter.bytecode.Phys;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Width;
import dev.jbpfilter.bytecode.interpreter.ExecutionFault;
import dev.jbpfilter.bytecode.interpreter.Frame;
import dev.jbpfilter.bytecode.interpreter.Interpreter;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.TestRun;
import dev.jbpfilter.loader.testing.RequiresBpf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contexts in the interpreter are those of the kernel: what may be accessed, and what it says. */
@RequiresBpf
class ContextKernelTest {
  private static final Kernel KERNEL = Kernel.system();
  private static final int LARGEST = 200;
  private static final int CONTROL_BLOCK = 48;

  /** The programs that the interpreter has, and the bytes that only the kernel knows. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "XDP, XDP, -",
        // flow keys, socket, type of tstamp, and hwtstamp
        "SCHED_CLS, TCX_INGRESS, 168 180 184",
        "SOCKET_FILTER, CGROUP_INET_INGRESS, 168",
        "CGROUP_SKB, CGROUP_INET_INGRESS, 168 180 184",
        "CGROUP_SKB, CGROUP_INET_EGRESS, 168 180 184",
        "NETFILTER, NETFILTER, -",
        "CGROUP_SOCK_ADDR, CGROUP_INET4_CONNECT, 64",
        "CGROUP_SOCK_ADDR, CGROUP_INET6_CONNECT, 64",
        "CGROUP_SOCK_ADDR, CGROUP_UDP4_SENDMSG, 64",
        "CGROUP_SOCK_ADDR, CGROUP_UDP6_SENDMSG, 64",
      })
  void sameFieldsCanBeAccessed(ProgramType type, AttachType attachType, String unknown) {
    Set<String> interpreted = new TreeSet<>();
    Set<String> accepted = new TreeSet<>();
    for (Size size : Size.values()) {
      for (int offset = 0; offset < LARGEST; offset += size.bytes()) {
        for (boolean write : new boolean[] {false, true}) {
          if (unknown != null && List.of(unknown.split(" ")).contains(Integer.toString(offset))) {
            continue;
          }
          String access = (write ? "store " : "load ") + size + " at " + offset;
          ProgramSpec program = access(type, attachType, size, offset, write);
          if (accepts(program)) {
            accepted.add(access);
          }
          if (interprets(program)) {
            interpreted.add(access);
          }
        }
      }
    }
    assertThat(interpreted).isNotEmpty().isEqualTo(accepted);
  }

  private static ProgramSpec access(
      ProgramType type, AttachType attachType, Size size, int offset, boolean write) {
    Element<Phys> element =
        write
            ? new Element.Store<>(size, Phys.R1, offset, Operand.reg(Phys.R2))
            : new Element.Load<>(size, false, Phys.R2, Phys.R1, offset);
    return program(type, attachType, List.of(move(Phys.R2), element, move(Phys.R0)));
  }

  private static ProgramSpec program(
      ProgramType type, AttachType attachType, List<Element<Phys>> elements) {
    List<Element<Phys>> all = new ArrayList<>(elements);
    all.add(new Element.Exit<>(Phys.R0));
    Code<Phys> code = new Code<>("main", List.of(Phys.R1), all, 0);
    return Encoder.program("context", type, attachType, 0, "GPL", code);
  }

  private static Element<Phys> move(Phys register) {
    return new Element.Move<>(Width.W64, 0, register, Operand.imm(1));
  }

  private static boolean accepts(ProgramSpec program) {
    try {
      KERNEL.loadProgram(program, Map.of()).close();
      return true;
    } catch (BpfException e) {
      return false;
    }
  }

  private static boolean interprets(ProgramSpec program) {
    try {
      Interpreter.of(new ObjectSpec("context", program, List.of())).run(Frame.of(new byte[60]));
      return true;
    } catch (ExecutionFault e) {
      return false;
    }
  }

  /** Numbers that the kernel makes of a frame, and those that a test run may give. */
  @ParameterizedTest
  @CsvSource({
    "SCHED_CLS, len, 0", "SCHED_CLS, mark, 8", "SCHED_CLS, protocol, 16",
    "SCHED_CLS, priority, 32", "SCHED_CLS, ingress_ifindex, 36", "SCHED_CLS, ifindex, 40",
    "CGROUP_SKB, len, 0", "CGROUP_SKB, mark, 8", "CGROUP_SKB, protocol, 16",
    "CGROUP_SKB, ingress_ifindex, 36", "CGROUP_SKB, ifindex, 40",
  })
  void fieldsSayTheSame(ProgramType type, String name, int offset) {
    AttachType attachType =
        type == ProgramType.CGROUP_SKB ? AttachType.CGROUP_INET_INGRESS : AttachType.TCX_INGRESS;
    ProgramSpec program =
        program(
            type,
            attachType,
            List.of(
                new Element.Load<>(Size.W, false, Phys.R2, Phys.R1, offset),
                new Element.Store<>(Size.W, Phys.R1, CONTROL_BLOCK, Operand.reg(Phys.R2)),
                move(Phys.R0)));
    Interpreter interpreter = Interpreter.of(new ObjectSpec("context", program, List.of()));
    try (BpfProgram loaded = KERNEL.loadProgram(program, Map.of())) {
      for (int etherType : new int[] {0x0800, 0x86dd, 0x0806, 0x0600, 0x05ff, 0, 0xffff}) {
        for (int first : new int[] {0x4500, 0xffff}) {
          byte[] frame = new byte[80];
          ByteBuffer.wrap(frame).putShort(12, (short) etherType).putShort(14, (short) first);
          // mark, priority, ingress_ifindex, and ifindex: the loopback device
          ByteBuffer context = ByteBuffer.allocate(192).order(ByteOrder.LITTLE_ENDIAN);
          context.putInt(8, 0x89abcdef).putInt(32, 3).putInt(36, 1).putInt(40, 1);
          byte[] after = loaded.run(TestRun.of(frame).withContext(context.array())).context();
          int expected =
              ByteBuffer.wrap(after).order(ByteOrder.LITTLE_ENDIAN).getInt(CONTROL_BLOCK);
          interpreter.run(Frame.of(frame).withField("mark", 0x89abcdefL).withField("priority", 3));
          assertThat((int) interpreter.field("cb"))
              .as("%s of type 0x%x", name, etherType)
              .isEqualTo(expected);
        }
      }
    }
  }
}
