package dev.jbpfilter.cgen;

/**
 * How chains are compiled.
 *
 * @param traceFailures whether programs write a line to the kernel's trace pipe when a call that
 *     they make to parse a packet fails; needs {@code CAP_PERFMON}
 */
public record CompileOptions(boolean traceFailures) {
  /** What is meant where nothing is said: programs as fast as they can be. */
  public static final CompileOptions DEFAULT = new CompileOptions(false);
}
