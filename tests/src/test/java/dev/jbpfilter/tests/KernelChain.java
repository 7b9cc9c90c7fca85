package dev.jbpfilter.tests;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.CounterMap;
import dev.jbpfilter.fuzz.Count;
import dev.jbpfilter.fuzz.Outcome;
import dev.jbpfilter.loader.kernel.BpfMap;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.TestRun;
import dev.jbpfilter.loader.kernel.TestRunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A compiled chain in the kernel, not pinned, for BPF_PROG_TEST_RUN. */
final class KernelChain implements AutoCloseable {
  private final BpfMap counters;
  private final BpfProgram program;
  private final int entries;

  private KernelChain(BpfMap counters, BpfProgram program, int entries) {
    this.counters = counters;
    this.program = program;
    this.entries = entries;
  }

  static KernelChain load(CompiledChain chain) {
    Kernel kernel = Kernel.system();
    MapSpec spec = chain.maps().getFirst();
    BpfMap counters = kernel.createMap(spec);
    try {
      BpfProgram program = kernel.loadProgram(chain.program(), Map.of(CounterMap.NAME, counters));
      return new KernelChain(counters, program, spec.maxEntries());
    } catch (RuntimeException e) {
      counters.close();
      throw e;
    }
  }

  BpfProgram program() {
    return program;
  }

  /** Runs the program and returns what it did. */
  Outcome run(TestRun input) {
    List<Count> before = counters();
    TestRunResult result = program.run(input);
    List<Count> after = counters();
    List<Count> difference = new ArrayList<>();
    for (int i = 0; i < entries; i++) {
      difference.add(after.get(i).minus(before.get(i)));
    }
    return new Outcome(result.returnValue(), difference);
  }

  private List<Count> counters() {
    List<Count> result = new ArrayList<>();
    for (int i = 0; i < entries; i++) {
      long[] sum = counters.sumPerCpu(BpfMap.key(i));
      result.add(new Count(sum[0], sum[1]));
    }
    return result;
  }

  @Override
  public void close() {
    program.close();
    counters.close();
  }
}
