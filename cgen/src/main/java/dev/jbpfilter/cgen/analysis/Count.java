package dev.jbpfilter.cgen.analysis;

/** What a counter holds. */
public record Count(long packets, long bytes) {
  /** Nothing. */
  public static final Count ZERO = new Count(0, 0);

  /** What was added since. */
  public Count minus(Count other) {
    return new Count(packets - other.packets, bytes - other.bytes);
  }

  /** Both together. */
  public Count plus(Count other) {
    return new Count(packets + other.packets, bytes + other.bytes);
  }
}
