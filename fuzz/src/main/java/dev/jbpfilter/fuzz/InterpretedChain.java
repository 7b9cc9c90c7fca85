package dev.jbpfilter.fuzz;

import dev.jbpfilter.bytecode.interpreter.Frame;
import dev.jbpfilter.bytecode.interpreter.Interpreter;
import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.CounterMap;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A compiled chain in the interpreter. */
public final class InterpretedChain {
  private final Interpreter interpreter;
  private final int counters;

  private InterpretedChain(Interpreter interpreter, int counters) {
    this.interpreter = interpreter;
    this.counters = counters;
  }

  /** The chain with all counters at zero. */
  public static InterpretedChain of(CompiledChain chain) {
    int counters = chain.maps().getFirst().maxEntries();
    return new InterpretedChain(Interpreter.of(chain.object()), counters);
  }

  /**
   * Runs the program once.
   *
   * @param linear how many bytes of the frame are in its first buffer
   */
  public Outcome run(byte[] frame, int linear) {
    List<Count> before = counters();
    int returned = interpreter.run(Frame.of(frame).withLinear(linear));
    List<Count> difference = counters();
    for (int i = 0; i < counters; i++) {
      difference.set(i, difference.get(i).minus(before.get(i)));
    }
    return new Outcome(returned, difference);
  }

  private List<Count> counters() {
    List<Count> result = new ArrayList<>();
    for (int i = 0; i < counters; i++) {
      ByteBuffer entry = interpreter.value(CounterMap.NAME, i);
      result.add(new Count(entry.getLong(CounterMap.COUNT), entry.getLong(CounterMap.SIZE)));
    }
    return result;
  }
}
