package dev.jbpfilter.tests.benchmarks;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Encoder;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.ObjectSpec;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.bytecode.RegisterAllocator;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;
import dev.jbpfilter.bytecode.interpreter.ExecutionFault;
import dev.jbpfilter.bytecode.interpreter.Frame;
import dev.jbpfilter.bytecode.interpreter.Interpreter;
import java.util.List;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Instructions per second of the interpreter, in a loop of 50 000 turns. */
@State(Scope.Benchmark)
public class InterpreterBenchmark {
  private static final int TURNS = 50_000;

  /** What the loop does besides counting its turns. */
  public enum Mix {
    ALU,
    BRANCH,
    MEMORY,
    ALL
  }

  @Param public Mix mix;

  private final Frame frame = Frame.of(new byte[64]);
  private Interpreter interpreter;
  private long executed;

  /** Instructions, which JMH divides by the time. */
  @AuxCounters
  @State(Scope.Thread)
  public static class Counter {
    public long instructions;
  }

  @Setup
  public void prepare() {
    interpreter = interpreter();
    executed = smallestBudget();
  }

  @Benchmark
  public int run(Counter counter) {
    counter.instructions += executed;
    return interpreter.run(frame);
  }

  private long smallestBudget() {
    long tooFew = 0;
    long enough = Interpreter.DEFAULT_BUDGET;
    while (enough - tooFew > 1) {
      long middle = (tooFew + enough) / 2;
      if (suffices(middle)) {
        enough = middle;
      } else {
        tooFew = middle;
      }
    }
    return enough;
  }

  private boolean suffices(long budget) {
    try {
      interpreter.run(frame, budget);
      return true;
    } catch (ExecutionFault e) {
      return false;
    }
  }

  private Interpreter interpreter() {
    return Interpreter.of(
        new ObjectSpec(
            "loop",
            Encoder.program(
                "loop",
                ProgramType.XDP,
                AttachType.XDP,
                0,
                "GPL",
                RegisterAllocator.allocate(CodeBuilder.function("loop", this::loop)).output()),
            List.of()));
  }

  private void loop(CodeBuilder code) {
    code.parameter();
    Virt turn = code.constant(0);
    Virt sum = code.constant(1);
    int variable = code.stackVariable(Long.BYTES);
    Label again = code.label("again");
    code.bind(again);
    if (mix == Mix.ALU || mix == Mix.ALL) {
      code.alu(AluOp.MUL, sum, 31);
      code.alu(AluOp.XOR, sum, turn);
      code.alu(AluOp.RSH, sum, 1);
      code.alu(AluOp.ADD, sum, 7);
    }
    if (mix == Mix.BRANCH || mix == Mix.ALL) {
      for (int bound = TURNS / 4; bound < TURNS; bound += TURNS / 4) {
        code.ifThen(Condition.LT, turn, bound, () -> code.alu(AluOp.ADD, sum, 1));
      }
    }
    if (mix == Mix.MEMORY || mix == Mix.ALL) {
      code.store(Size.DW, Virt.FRAME, variable, sum);
      code.load(sum, Size.W, Virt.FRAME, variable);
      code.store(Size.B, Virt.FRAME, variable + 4, turn);
    }
    code.alu(AluOp.ADD, turn, 1);
    code.branch(Condition.LT, Width.W64, turn, TURNS, again);
    code.exit(sum);
  }
}
