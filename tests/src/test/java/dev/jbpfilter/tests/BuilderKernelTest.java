package dev.jbpfilter.tests;

import static dev.jbpfilter.bytecode.Predicate.is;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.AtomicOp;
import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.Checker;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Helpers;
import dev.jbpfilter.bytecode.KernelVersion;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.bytecode.ObjectSpec;
import dev.jbpfilter.bytecode.ProgramBuilder;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.StackVariable;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.interpreter.Frame;
import dev.jbpfilter.bytecode.interpreter.Interpreter;
import dev.jbpfilter.bytecode.testing.SamplePrograms;
import dev.jbpfilter.loader.kernel.BpfMap;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.TestRun;
import dev.jbpfilter.loader.testing.RequiresBpf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What is built with the DSL, the verifier takes; and it does there what it does here. */
@RequiresBpf
class BuilderKernelTest {
  private static final Kernel KERNEL = Kernel.system();
  private static final byte[] BYTES = bytes();

  record Row(String name, int expected, ObjectSpec object) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static byte[] bytes() {
    byte[] bytes = new byte[64];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  private static Row row(String name, int expected, Consumer<CodeBuilder> main) {
    return program(name, ProgramType.XDP, expected, p -> p.main(main));
  }

  private static Row program(
      String name, ProgramType type, int expected, Consumer<ProgramBuilder> body) {
    return new Row(
        name, expected, ProgramBuilder.object("test", type, AttachType.XDP, "GPL", body));
  }

  static final List<Row> ROWS =
      List.of(
          row("bounded loop", 4950, BuilderKernelTest::sum),
          row("loop of unknown length", 21, SamplePrograms::greatestCommonDivisor),
          row("switch", 7, BuilderKernelTest::select),
          row("compare and exchange", 0x22_4556, BuilderKernelTest::exchange),
          row("many values in memory", 171, BuilderKernelTest::manyValues),
          program("packet access", ProgramType.SCHED_CLS, 0x0c0d + 5, BuilderKernelTest::packet),
          program("functions", ProgramType.XDP, 10, SamplePrograms::functions),
          program("map", ProgramType.XDP, 5, BuilderKernelTest::map),
          program("far jumps", ProgramType.XDP, 12, p -> farJumps(p)),
          program(
              "far jumps over trampolines",
              ProgramType.XDP,
              12,
              p -> farJumps(p.target(new KernelVersion(6, 5)))));

  private static void sum(CodeBuilder b) {
    Virt sum = b.constant(0);
    b.forRange(0, 100, i -> b.alu(AluOp.ADD, sum, i));
    b.exit(sum);
  }

  private static void select(CodeBuilder b) {
    // Nothing that the verifier knows.
    Virt length = b.call(Helpers.XDP_GET_BUFF_LEN, b.parameter());
    Virt result = b.constant(0);
    b.switchOn(
        length,
        s -> {
          for (int i = 0; i < 20; i++) {
            int number = i;
            s.onRange(10L * i, 10L * i + 4, () -> b.move(result, number + 1));
          }
          s.otherwise(() -> b.move(result, -1));
        });
    b.exit(result);
  }

  private static void exchange(CodeBuilder b) {
    StackVariable cell = b.stackVariable("cell", 8);
    Virt at = b.address(cell);
    Virt result = b.constant(0);
    b.store(cell, 2);
    append(b, result, b.compareExchange(Size.DW, at, 0, b.constant(7), b.constant(6)));
    append(b, result, b.compareExchange(Size.DW, at, 0, b.constant(2), b.constant(4)));
    append(b, result, b.fetch(AtomicOp.ADD, Size.DW, at, 0, b.constant(1)));
    append(b, result, b.load(cell));
    append(b, result, b.exchange(Size.W, at, 0, b.constant(6)));
    append(b, result, b.load(cell));
    b.exit(result);
  }

  private static void append(CodeBuilder b, Virt result, Virt digit) {
    b.alu(AluOp.LSH, result, 4);
    b.alu(AluOp.OR, result, digit);
  }

  private static void manyValues(CodeBuilder b) {
    Virt context = b.parameter();
    StackVariable cell = b.stackVariable("cell", 8);
    b.store(cell, 0);
    List<Virt> values = new ArrayList<>();
    for (int i = 1; i <= 18; i++) {
      values.add(b.add(b.load(cell), i));
    }
    b.call(Helpers.XDP_GET_BUFF_LEN, context);
    Virt sum = b.constant(0);
    values.forEach(value -> b.alu(AluOp.ADD, sum, value));
    b.exit(sum);
  }

  private static void packet(ProgramBuilder p) {
    p.main(b -> {
      Virt context = b.parameter();
      Virt type = b.loadPacket(Size.H, context, 12);
      b.exit(b.add(type, b.loadPacket(Size.B, context, b.constant(2), 3)));
    });
  }

  private static void map(ProgramBuilder p) {
    MapSpec counters = p.map(new MapSpec("counters", MapType.ARRAY, 4, 8, 1, 0, null));
    p.main(b -> {
      StackVariable key = b.stackVariable("key", 4);
      b.store(key, 0);
      Virt counter = b.call(Helpers.MAP_LOOKUP_ELEM, b.map(counters), b.address(key));
      b.ifThen(is(counter, Condition.EQ, 0), () -> b.exit(-1));
      b.atomic(AtomicOp.ADD, Size.DW, counter, 0, b.constant(5));
      b.exit(b.load(Size.DW, counter, 0));
    });
  }

  /** To the end and back to the start, both ways of the branches being possible. */
  private static void farJumps(ProgramBuilder p) {
    p.main(b -> {
      Virt length = b.call(Helpers.XDP_GET_BUFF_LEN, b.parameter());
      Virt result = b.constant(3);
      Label far = b.label("far");
      Label near = b.label("near");
      Label end = b.label("end");
      b.branch(is(length, Condition.SET, 64), far);
      b.bind(near);
      b.alu(AluOp.MUL, result, 3);
      b.branch(is(length, Condition.GT, 14), end);
      for (int i = 0; i < 80_000; i++) {
        b.alu(AluOp.XOR, result, i);
      }
      b.bind(far);
      b.alu(AluOp.ADD, result, 1);
      b.branch(is(result, Condition.EQ, 4), near);
      b.bind(end);
      b.exit(result);
    });
  }

  @ParameterizedTest
  @FieldSource("ROWS")
  void kernelAndInterpreterAgree(Row row) {
    Checker.verify(row.object().program());
    assertThat(Interpreter.of(row.object()).run(Frame.of(BYTES)))
        .as("interpreter")
        .isEqualTo(row.expected());
    Map<String, BpfMap> maps = new HashMap<>();
    row.object().maps().forEach(map -> maps.put(map.name(), KERNEL.createMap(map)));
    try (BpfProgram program = KERNEL.loadProgram(row.object().program(), maps)) {
      assertThat(program.run(TestRun.of(BYTES)).returnValue())
          .as("kernel")
          .isEqualTo(row.expected());
    } finally {
      maps.values().forEach(BpfMap::close);
    }
  }
}
