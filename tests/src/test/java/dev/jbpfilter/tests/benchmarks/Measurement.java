package dev.jbpfilter.tests.benchmarks;

import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.TestRun;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Times a program on one input.
 *
 * <p>The kernel tells the time of a run in whole nanoseconds, rounded down. The time that the
 * thread was on a processor tells the fraction, which is all that it is taken for: it has the
 * system call in it, too.
 */
final class Measurement {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final long NANOS_EACH = 20_000_000;
  private static final int TRIAL = 2_000;
  private static final int MOST = 2_000_000;

  private final BpfProgram program;
  private final TestRun input;
  private final int repeat;

  /** Tries how often the program can run in some milliseconds. */
  Measurement(BpfProgram program, TestRun once) {
    this.program = program;
    long nanos = Math.max(1, program.run(once.withRepeat(TRIAL)).durationNanos());
    repeat = Math.clamp(NANOS_EACH / nanos, TRIAL, MOST);
    input = once.withRepeat(repeat);
  }

  /** Nanoseconds for a run. */
  double nanos() {
    long start = THREADS.getCurrentThreadCpuTime();
    long whole = program.run(input).durationNanos();
    double each = (double) (THREADS.getCurrentThreadCpuTime() - start) / repeat;
    return Math.clamp(each, (double) whole, whole + 1.0);
  }
}
