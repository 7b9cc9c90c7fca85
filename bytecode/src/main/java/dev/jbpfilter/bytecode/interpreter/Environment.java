package dev.jbpfilter.bytecode.interpreter;

import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What an interpreted program sees of the world. Immutable, but for what its sources do.
 *
 * @param monotonic nanoseconds without time asleep ({@code ktime_get_ns})
 * @param boot nanoseconds with time asleep ({@code ktime_get_boot_ns})
 * @param random 32 random bits ({@code get_prandom_u32})
 * @param flowHash what {@code get_hash_recalc} returns, never 0 in the kernel
 * @param cpu number of the CPU ({@code get_smp_processor_id})
 * @param pid thread group and thread ({@code get_current_pid_tgid})
 * @param command name of the process ({@code get_current_comm}), at most 15 bytes
 */
public record Environment(
    LongSupplier monotonic,
    LongSupplier boot,
    IntSupplier random,
    IntSupplier flowHash,
    int cpu,
    LongSupplier pid,
    Supplier<String> command) {
  /** The time at which {@link #repeatable} clocks stand, in nanoseconds: an hour after boot. */
  public static final long REPEATABLE_TIME = 3_600_000_000_000L;

  private static final long PID = 1L << 32 | 1;

  /**
   * A world that is the same each time: clocks stand still, and random numbers are those of a seed.
   */
  public static Environment repeatable(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    LongSupplier clock = () -> REPEATABLE_TIME;
    return new Environment(clock, clock, random::nextInt, () -> 1, 0, () -> PID, () -> "java");
  }

  /** The same with another clock, for both kinds of time. */
  public Environment withClock(LongSupplier clock) {
    return new Environment(clock, clock, random, flowHash, cpu, pid, command);
  }

  /** The same with other random numbers. */
  public Environment withRandom(IntSupplier source) {
    return new Environment(monotonic, boot, source, flowHash, cpu, pid, command);
  }

  /** The same with another flow hash. */
  public Environment withFlowHash(IntSupplier source) {
    return new Environment(monotonic, boot, random, source, cpu, pid, command);
  }

  /** The same on another CPU. */
  public Environment withCpu(int number) {
    return new Environment(monotonic, boot, random, flowHash, number, pid, command);
  }
}
