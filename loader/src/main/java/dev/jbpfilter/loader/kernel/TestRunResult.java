package dev.jbpfilter.loader.kernel;

/** The outcome of a test run. */
public final class TestRunResult {
  private final int returnValue;
  private final long durationNanos;
  private final byte[] data;
  private final byte[] context;

  TestRunResult(int returnValue, long durationNanos, byte[] data, byte[] context) {
    this.returnValue = returnValue;
    this.durationNanos = durationNanos;
    this.data = data;
    this.context = context;
  }

  /** What the program returned, in the last run. */
  public int returnValue() {
    return returnValue;
  }

  /** The mean time of one run, in nanoseconds. */
  public long durationNanos() {
    return durationNanos;
  }

  /** The packet after the run. */
  public byte[] data() {
    return data.clone();
  }

  /** The context structure after the run; empty if none was given. */
  public byte[] context() {
    return context.clone();
  }
}
