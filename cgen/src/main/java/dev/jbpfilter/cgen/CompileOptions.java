package dev.jbpfilter.cgen;

import dev.jbpfilter.cgen.lookup.Limits;
import dev.jbpfilter.cgen.lookup.StructureKind;
import org.jspecify.annotations.Nullable;

/**
 * How chains are compiled.
 *
 * @param traceFailures whether programs write a line to the kernel's trace pipe when a call that
 *     they make to parse a packet fails; needs {@code CAP_PERFMON}
 * @param optimise whether rules are looked up where that is faster than trying one after another
 * @param maxTableMemory how many bytes the tables of a chain's rules may take
 * @param forced the kind of structure to look rules up in wherever it can hold them, fast or not:
 *     for tests; null for the cheapest
 */
public record CompileOptions(
    boolean traceFailures, boolean optimise, long maxTableMemory, @Nullable StructureKind forced) {
  /** What {@link #maxTableMemory} is where nothing is said: 64 MiB. */
  public static final long DEFAULT_TABLE_MEMORY = 64L << 20;

  /** What is meant where nothing is said: programs as fast as they can be. */
  public static final CompileOptions DEFAULT =
      new CompileOptions(false, true, DEFAULT_TABLE_MEMORY, null);

  /**
   * @throws IllegalArgumentException if the memory is negative
   */
  public CompileOptions {
    if (maxTableMemory < 0) {
      throw new IllegalArgumentException("table memory of " + maxTableMemory + " bytes");
    }
  }

  /** The same with failures traced or not. */
  public CompileOptions withTraceFailures(boolean trace) {
    return new CompileOptions(trace, optimise, maxTableMemory, forced);
  }

  /** The same, optimised or not. */
  public CompileOptions withOptimise(boolean wanted) {
    return new CompileOptions(traceFailures, wanted, maxTableMemory, forced);
  }

  /** The same with another limit for tables. */
  public CompileOptions withMaxTableMemory(long bytes) {
    return new CompileOptions(traceFailures, optimise, bytes, forced);
  }

  /** The same with a kind of structure forced. */
  public CompileOptions withForced(StructureKind kind) {
    return new CompileOptions(traceFailures, optimise, maxTableMemory, kind);
  }

  Limits limits() {
    return new Limits(maxTableMemory, forced);
  }
}
