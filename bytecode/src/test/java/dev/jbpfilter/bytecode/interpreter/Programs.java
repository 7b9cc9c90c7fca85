package dev.jbpfilter.bytecode.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.CallTarget;
import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Constant;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.Encoder;
import dev.jbpfilter.bytecode.Instructions;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.bytecode.ObjectSpec;
import dev.jbpfilter.bytecode.Operand;
import dev.jbpfilter.bytecode.Phys;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramSpec.LineNote;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Width;
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

  static Element<Phys> helper(int number) {
    return helper(new CallTarget.Helper(number));
  }

  static Element<Phys> copy(Phys dst, Phys src) {
    return new Element.Move<>(Width.W64, 0, dst, Operand.reg(src));
  }

  static Element<Phys> add(Phys dst, int value) {
    return new Element.Alu<>(AluOp.ADD, Width.W64, dst, Operand.imm(value));
  }

  static Element<Phys> store(Size size, Phys base, int offset, int value) {
    return new Element.Store<>(size, base, offset, Operand.imm(value));
  }

  static Element<Phys> store(Size size, Phys base, int offset, Phys value) {
    return new Element.Store<>(size, base, offset, Operand.reg(value));
  }

  static Element<Phys> map(Phys dst, String name) {
    return new Element.LoadImm64<>(dst, new Constant.MapFd(name));
  }

  static Element<Phys> branch(Condition condition, Phys left, int right, Label target) {
    return new Element.Branch<>(condition, Width.W64, left, Operand.imm(right), target);
  }

  /** A machine with a program of some functions, the first being where it starts. */
  static Interpreter machine(ProgramType type, List<MapSpec> maps, List<Code<Phys>> functions) {
    return Interpreter.of(new ObjectSpec("c", spec(type, functions), maps));
  }

  static ProgramSpec spec(ProgramType type, List<Code<Phys>> functions) {
    AttachType attach =
        switch (type) {
          case XDP -> AttachType.XDP;
          case CGROUP_SKB -> AttachType.CGROUP_INET_INGRESS;
          case NETFILTER -> AttachType.NETFILTER;
          case CGROUP_SOCK_ADDR -> AttachType.CGROUP_UDP6_SENDMSG;
          default -> AttachType.TCX_INGRESS;
        };
    return Encoder.program("p", type, attach, 0, "GPL", functions);
  }

  /** A function; an exit is appended. */
  static Code<Phys> function(String name, List<Element<Phys>> elements) {
    List<Element<Phys>> all = new ArrayList<>(elements);
    all.add(new Element.Exit<>(Phys.R0));
    return new Code<>(name, List.of(Phys.R1), all, 0);
  }

  static Element<Phys> call(String function) {
    return helper(new CallTarget.Subprogram(function));
  }
}
