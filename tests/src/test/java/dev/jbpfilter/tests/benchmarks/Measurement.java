package dev.jbpfilter.tests.benchmarks;

import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.TestRun;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Times a program on one input.
 *
 * <p>The kernel tells the time of a run in whole nanoseconds, rounded down. The fraction, and only
 * that, is told by the time that the thread was on a processor, less what the system call takes
 * besides the runs: for XDP about a millisecond.
 */
final class Measurement {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final long NANOS_EACH = 20_000_000;
  private static final int TRIAL = 2_000;
  private static final int MOST = 2_000_000;
  private static final int CALLS = 3;

  private final BpfProgram program;
  private final TestRun input;
  private final int repeat;
  private final double callNanos;

  /** Tries how often the program can run in some milliseconds. */
  Measurement(BpfProgram program, TestRun once) {
    this.program = program;
    TestRun trial = once.withRepeat(TRIAL);
    program.run(trial);
    long nanos = Math.max(1, program.run(trial).durationNanos());
    repeat = Math.clamp(NANOS_EACH / nanos, TRIAL, MOST);
    input = once.withRepeat(repeat);
    double[] calls = new double[CALLS];
    for (int i = 0; i < CALLS; i++) {
      long start = THREADS.getCurrentThreadCpuTime();
      // Twice, for some of what a call takes is not done for one run.
      program.run(once.withRepeat(2));
      calls[i] = THREADS.getCurrentThreadCpuTime() - start;
    }
    callNanos = Spread.of(calls).median();
  }

  /** Nanoseconds for a run. */
  double nanos() {
    long start = THREADS.getCurrentThreadCpuTime();
    long whole = program.run(input).durationNanos();
    double each = (THREADS.getCurrentThreadCpuTime() - start - callNanos) / repeat;
    return Math.clamp(each, (double) whole, whole + 1.0);
  }
}
