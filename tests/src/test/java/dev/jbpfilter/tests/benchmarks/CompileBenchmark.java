package dev.jbpfilter.tests.benchmarks;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Decoder;
import dev.jbpfilter.bytecode.Disassembler;
import dev.jbpfilter.bytecode.Encoder;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Phys;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.bytecode.RegisterAllocator;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * From an empty builder to bytes, and back to text: one function that is a chain of rules, each of
 * which tests two of the fields that were loaded at the start, adds to a counter on the stack, and
 * jumps to a shared tail.
 */
@State(Scope.Benchmark)
public class CompileBenchmark {
  /** What {@link #rule} encodes to when nothing is spilled. */
  private static final int INSTRUCTIONS_PER_RULE = 10;

  /** Instructions of the function, about. */
  @Param({"10000", "100000"})
  public int instructions;

  /** Values that live from the start to the end: 12 are more than there are registers. */
  @Param({"4", "12"})
  public int fields;

  private Code<Virt> virtual;
  private Code<Phys> physical;
  private ProgramSpec program;

  @Setup
  public void prepare() {
    virtual = build();
    physical = RegisterAllocator.allocate(virtual).output();
    program = program(physical);
    int count = program.instructions().count();
    if (count < instructions || count > 2 * instructions) {
      throw new IllegalStateException(count + " instructions, not " + instructions);
    }
  }

  @Benchmark
  public Code<Virt> build() {
    return CodeBuilder.function("chain", this::chain);
  }

  @Benchmark
  public Object allocate() {
    return RegisterAllocator.allocate(virtual);
  }

  @Benchmark
  public Object encode() {
    return program(physical);
  }

  @Benchmark
  public Object decode() {
    return Decoder.decode(program);
  }

  @Benchmark
  public Object disassemble() {
    return Disassembler.disassemble(program);
  }

  private void chain(CodeBuilder code) {
    Virt context = code.parameter();
    Label tail = code.label("tail");
    Virt index = code.constant(0);
    List<Virt> values = new ArrayList<>();
    for (int i = 0; i < fields; i++) {
      values.add(code.load(Size.W, context, 4 * i));
    }
    int counter = code.stackVariable(Long.BYTES);
    code.store(Size.DW, Virt.FRAME, counter, 0);
    for (int i = 0; i < instructions / INSTRUCTIONS_PER_RULE + 1; i++) {
      code.note("rule " + i);
      rule(code, values, index, counter, i, tail);
    }
    code.bind(tail);
    code.exit(index);
  }

  private void rule(
      CodeBuilder code, List<Virt> values, Virt index, int counter, int number, Label tail) {
    Label next = code.label("next");
    Virt network = code.and(values.get(number % fields), 0xffffff);
    code.branch(Condition.NE, Width.W32, network, number, next);
    Virt port = values.get((number + 1) % fields);
    code.branch(Condition.LT, Width.W32, port, number, next);
    code.branch(Condition.GT, Width.W32, port, number + 10, next);
    Virt count = code.load(Size.DW, Virt.FRAME, counter);
    code.alu(AluOp.ADD, count, 1);
    code.store(Size.DW, Virt.FRAME, counter, count);
    code.move(index, number);
    code.jump(tail);
    code.bind(next);
  }

  private static ProgramSpec program(Code<Phys> code) {
    return Encoder.program("chain", ProgramType.XDP, AttachType.XDP, 0, "GPL", code);
  }
}
