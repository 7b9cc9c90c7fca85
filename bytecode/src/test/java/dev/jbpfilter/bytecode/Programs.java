package dev.jbpfilter.bytecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jbpfilter.bytecode.ProgramSpec.LineNote;
import java.util.ArrayList;
import java.util.List;

/** Interpreters of small programs, for tests. An exit is appended to the elements of each. */
final class Programs {
  static final MapSpec OUT = new MapSpec("out", MapType.ARRAY, 4, 16, 1, 0, null);
  static final MapSpec COUNTERS = new MapSpec("counters", MapType.PERCPU_ARRAY, 4, 12, 3, 0, null);
  static final MapSpec CONSTANTS = new MapSpec("constants", MapType.ARRAY, 4, 8, 1, 1 << 7, null);
  static final Frame FRAME = Frame.of(new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9});

  private Programs() {}

  static int run(List<Element<Phys>> elements) {
    return interpreter(elements).run(FRAME);
  }

  static ExecutionFault fault(Frame frame, List<Element<Phys>> elements) {
    Interpreter interpreter = interpreter(elements);
    ExecutionFault fault = catchThrowableOfType(ExecutionFault.class, () -> interpreter.run(frame));
    assertThat(fault).isNotNull();
    return fault;
  }

  static Interpreter interpreter(List<Element<Phys>> elements) {
    List<Element<Phys>> all = new ArrayList<>(elements);
    all.add(new Element.Exit<>(Phys.R0));
    Encoder.Encoded encoded = Encoder.encode(code(all));
    return Interpreter.of(
        new ObjectSpec(
            "c",
            new ProgramSpec(
                "p",
                ProgramType.XDP,
                AttachType.XDP,
                0,
                "GPL",
                encoded.instructions(),
                encoded.relocations(),
                List.of(new LineNote(1, "rule 0"), new LineNote(100, "rule 1"))),
            List.of(OUT, COUNTERS, CONSTANTS)));
  }

  static Interpreter interpreter(Instructions instructions, List<LineNote> notes) {
    return Interpreter.of(new ObjectSpec("c", program(instructions, notes), List.of(OUT)));
  }

  static ProgramSpec program(Instructions instructions, List<LineNote> notes) {
    return new ProgramSpec(
        "p", ProgramType.XDP, AttachType.XDP, 0, "GPL", instructions, List.of(), notes);
  }

  static Code<Phys> code(List<Element<Phys>> elements) {
    return new Code<>("main", List.of(Phys.R1), elements, 0);
  }

  static Element<Phys> constant(Phys dst, String hex) {
    return new Element.LoadImm64<>(dst, new Constant.Value(Long.parseUnsignedLong(hex, 16)));
  }

  static Element<Phys> move(Phys dst, int value) {
    return new Element.Move<>(Width.W64, 0, dst, Operand.imm(value));
  }

  static Element<Phys> load(Size size, Phys dst, Phys base, int offset) {
    return new Element.Load<>(size, false, dst, base, offset);
  }

  static Element<Phys> helper(CallTarget target) {
    return new Element.Call<>(target, List.of(), Phys.R0);
  }
}
