package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.ArgumentKind;
import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.CallTarget;
import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.Constant;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.Encoder;
import dev.jbpfilter.bytecode.HelperInfo;
import dev.jbpfilter.bytecode.Helpers;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.bytecode.Operand;
import dev.jbpfilter.bytecode.Phys;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.bytecode.ResultKind;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Width;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.BpfMap;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.testing.RequiresBpf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the verifier says of calls is what the table of helpers says, for the helpers that XDP
 * programs may call.
 *
 * <p>The verifier looks at a call's arguments in order and names the first that it dislikes. So a
 * call whose first arguments are as the table says and whose others are not initialised is refused
 * for the first of those others, and for none if the table has no more.
 */
@RequiresBpf
class HelperTableKernelTest {
  private static final Kernel KERNEL = Kernel.system();
  private static final CallTarget KTIME_GET_NS = new CallTarget.Helper(5);
  private static final int MEMORY_BYTES = 64;

  /**
   * The first takes no context in XDP programs, but in others it does. The second reads flags that
   * the verifier does not ask for.
   */
  private static final Set<String> EXCEPTIONS = Set.of("get_cgroup_classid", "get_branch_snapshot");

  /** What the verifier says of helpers that are not for XDP programs. */
  private static final Set<String> REFUSALS =
      Set.of("unknown func", "cannot use helper", "might sleep in a non-sleepable prog");

  private static BpfMap map;

  @BeforeAll
  static void createMap() {
    map = KERNEL.createMap(new MapSpec("map", MapType.ARRAY, 4, 8, 1, 0, null));
  }

  @AfterAll
  static void closeMap() {
    map.close();
  }

  @Test
  void verifierWantsTheArguments() {
    int complete = 0;
    for (HelperInfo helper : callable()) {
      int ready = ready(helper);
      for (int count = 0; count <= ready; count++) {
        String complaint = complaint(helper, count, "GPL");
        if (count < helper.arguments().size()) {
          assertThat(complaint).as(helper.name()).contains("R" + (count + 1) + " !read_ok");
        } else {
          assertThat(complaint).as(helper.name()).doesNotContainPattern("R[1-5] (!read_ok|type=)");
          complete++;
        }
      }
    }
    assertThat(complete).isGreaterThan(40);
  }

  @Test
  void verifierGivesTheResult() {
    int seen = 0;
    for (HelperInfo helper : callable()) {
      if (ready(helper) == helper.arguments().size()) {
        String complaint = complaint(helper, helper.arguments().size(), "GPL");
        if (complaint.contains("R0 invalid mem access")) {
          assertThat(complaint.contains("_or_null'"))
              .as(helper.name())
              .isEqualTo(helper.resultMayBeNull());
          assertThat(complaint.contains("'scalar'"))
              .as(helper.name())
              .isEqualTo(helper.result() == ResultKind.SCALAR);
          seen++;
        } else if (complaint.contains("R0 !read_ok")) {
          assertThat(helper.result()).as(helper.name()).isEqualTo(ResultKind.VOID);
          seen++;
        }
      }
    }
    assertThat(seen).isGreaterThan(30);
  }

  @Test
  void verifierKeepsGplOnlyHelpersFromOtherPrograms() {
    for (HelperInfo helper : callable()) {
      assertThat(complaint(helper, 0, "Apache-2.0").contains("cannot call GPL-restricted function"))
          .as(helper.name())
          .isEqualTo(helper.gplOnly());
    }
  }

  private static List<HelperInfo> callable() {
    List<HelperInfo> callable = new ArrayList<>();
    for (HelperInfo helper : Helpers.all()) {
      String complaint = complaint(helper, 0, "GPL");
      if (REFUSALS.stream().noneMatch(complaint::contains) && !EXCEPTIONS.contains(helper.name())) {
        callable.add(helper);
      }
    }
    assertThat(callable).hasSizeGreaterThan(60);
    return callable;
  }

  /** How many arguments, from the first on, this test can make. */
  private static int ready(HelperInfo helper) {
    List<HelperInfo.Argument> arguments = helper.arguments();
    int ready = 0;
    while (ready < arguments.size() && !argument(Phys.R1, arguments.get(ready).kind()).isEmpty()) {
      ready++;
    }
    return ready;
  }

  /** What the verifier says of a call with so many arguments; empty if it accepts the program. */
  private static String complaint(HelperInfo helper, int count, String license) {
    List<Element<Phys>> elements = new ArrayList<>();
    elements.add(move(Phys.R6, Operand.reg(Phys.R1)));
    for (int offset = -MEMORY_BYTES; offset < 0; offset += Long.BYTES) {
      elements.add(new Element.Store<>(Size.DW, Phys.FRAME, offset, Operand.imm(0)));
    }
    // A call leaves r1 to r5 uninitialised.
    elements.add(new Element.Call<>(KTIME_GET_NS, List.of(), Phys.R0));
    for (int i = 0; i < count; i++) {
      elements.addAll(argument(Phys.of(i + 1), helper.arguments().get(i).kind()));
    }
    elements.add(new Element.Call<>(new CallTarget.Helper(helper.number()), List.of(), Phys.R0));
    elements.add(new Element.Load<>(Size.B, false, Phys.R0, Phys.R0, 0));
    elements.add(new Element.Exit<>(Phys.R0));
    Code<Phys> code = new Code<>("call", List.of(Phys.R1), elements, MEMORY_BYTES);
    try {
      KERNEL
          .loadProgram(
              Encoder.program("call", ProgramType.XDP, AttachType.XDP, 0, license, code),
              Map.of("map", map))
          .close();
      return "";
    } catch (BpfException e) {
      return e.verifierLog().orElseThrow(() -> e);
    }
  }

  /** Instructions that make an argument; none for what only a special program could have. */
  private static List<Element<Phys>> argument(Phys register, ArgumentKind kind) {
    return switch (kind) {
      case ANYTHING -> List.of(move(register, Operand.imm(0)));
      case SIZE, CONSTANT_SIZE -> List.of(move(register, Operand.imm(MEMORY_BYTES / 2)));
      case CONTEXT -> List.of(move(register, Operand.reg(Phys.R6)));
      case MAP -> List.of(new Element.LoadImm64<>(register, new Constant.MapFd("map")));
      case MAP_KEY,
          MAP_VALUE,
          MAP_VALUE_WRITTEN,
          MEMORY_READ,
          MEMORY_WRITTEN,
          MEMORY_UPDATED,
          DYNPTR_WRITTEN,
          CALLBACK_CONTEXT ->
          List.of(
              move(register, Operand.reg(Phys.FRAME)),
              new Element.Alu<>(AluOp.ADD, Width.W64, register, Operand.imm(-MEMORY_BYTES)));
      case STRING,
          SOCKET,
          KERNEL_OBJECT,
          PER_CPU_VARIABLE,
          SPIN_LOCK,
          TIMER,
          KPTR,
          DYNPTR,
          RINGBUF_RECORD,
          CALLBACK ->
          List.of();
    };
  }

  private static Element<Phys> move(Phys dst, Operand<Phys> src) {
    return new Element.Move<>(Width.W64, 0, dst, src);
  }
}
