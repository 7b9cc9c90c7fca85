package dev.jbpfilter.tests;

import static dev.jbpfilter.tests.RandomElements.add;
import static dev.jbpfilter.tests.RandomElements.call;
import static dev.jbpfilter.tests.RandomElements.copy;
import static dev.jbpfilter.tests.RandomElements.move;
import static dev.jbpfilter.tests.RandomElements.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.CallTarget;
import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.Constant;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.Encoder;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.bytecode.ObjectSpec;
import dev.jbpfilter.bytecode.Operand;
import dev.jbpfilter.bytecode.Phys;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.loader.testing.RequiresBpf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Helpers return, and write, the same in the interpreter as in the kernel. */
@RequiresBpf
class HelperKernelTest {
  private static final int DYNPTR_READ = 201;
  private static final int TRACE_PRINTK = 6;
  private static final MapSpec OUT = new MapSpec("out", MapType.ARRAY, 4, 16, 1, 0, null);
  private static final byte[] FRAME = new byte[70];

  static {
    for (int i = 0; i < FRAME.length; i++) {
      FRAME[i] = (byte) (i + 1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // flags of the pointer, offset, length, flags of the call
    "0, 0, 8, 0",
    "0, 62, 8, 0",
    "0, 63, 8, 0",
    "0, 70, 0, 0",
    "0, 71, 0, 0",
    "0, 0, 8, 1",
    "1, 0, 8, 0",
    "0, 1000000, 1, 0",
  })
  void dynamicPointersAreRead(int pointerFlags, int offset, int length, int flags) {
    compare(
        List.of(
            number(Size.DW, -24, 7),
            move(Phys.R2, pointerFlags),
            copy(Phys.R3, Phys.R10),
            add(Phys.R3, -16),
            call(new CallTarget.KernelFunction("bpf_dynptr_from_xdp")),
            copy(Phys.R1, Phys.R10),
            add(Phys.R1, -24),
            move(Phys.R2, length),
            copy(Phys.R3, Phys.R10),
            add(Phys.R3, -16),
            move(Phys.R4, offset),
            move(Phys.R5, flags),
            call(DYNPTR_READ)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"no number", "%d of %u, 0x%x", "%ld %lu %lx", "%llx %% %i", ""})
  void tracesAreAsLong(String format) {
    byte[] text = (format + "\0").getBytes(StandardCharsets.US_ASCII);
    List<Element<Phys>> elements = new ArrayList<>();
    for (int i = 0; i < text.length; i++) {
      elements.add(number(Size.B, i - 64, text[i]));
    }
    elements.addAll(
        List.of(
            number(Size.DW, -24, 0),
            copy(Phys.R1, Phys.R10),
            add(Phys.R1, -64),
            move(Phys.R2, text.length),
            move(Phys.R3, -5),
            move(Phys.R4, -6),
            move(Phys.R5, 255),
            call(TRACE_PRINTK)));
    compare(elements);
  }

  /** Compares the result and the eight bytes at −24 of the stack. */
  private static void compare(List<Element<Phys>> elements) {
    List<Element<Phys>> all = new ArrayList<>(elements);
    all.add(new Element.LoadImm64<>(Phys.R1, new Constant.MapValue("out", 0)));
    all.add(new Element.Load<>(Size.DW, false, Phys.R2, Phys.R10, -24));
    all.add(store(Size.DW, Phys.R1, 0, Phys.R2));
    all.add(store(Size.DW, Phys.R1, 8, Phys.R0));
    all.add(move(Phys.R0, 2));
    all.add(new Element.Exit<>(Phys.R0));
    Code<Phys> code = new Code<>("main", List.of(Phys.R1), all, 64);
    ProgramSpec program =
        Encoder.program("helper", ProgramType.XDP, AttachType.XDP, 0, "GPL", code);
    try (KernelProgram loaded =
        KernelProgram.load(new ObjectSpec("helper", program, List.of(OUT)))) {
      assertThat(loaded.interpret(FRAME)).isEqualTo(loaded.runInKernel(FRAME));
    }
  }

  /** A number on the stack. */
  private static Element<Phys> number(Size size, int offset, int value) {
    return new Element.Store<>(size, Phys.R10, offset, Operand.imm(value));
  }
}
