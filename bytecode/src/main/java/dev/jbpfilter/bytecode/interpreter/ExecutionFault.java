package dev.jbpfilter.bytecode.interpreter;

import org.jspecify.annotations.Nullable;

/**
 * An interpreted program did what the kernel's verifier would not have let it do. The message names
 * the slot, the function if there are several, the note and, where there is one, the address and
 * its region.
 */
public final class ExecutionFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What went wrong. */
  public enum Kind {
    /** A read where there is nothing to read. */
    READ,
    /** A write where there is nothing, or nothing that may be written. */
    WRITE,
    /** A call of a helper that is not there, or with an argument that it cannot take. */
    CALL,
    /** More stack frames than the kernel has ({@code MAX_CALL_FRAMES}). */
    DEPTH,
    /** The program ended with a record of a ring buffer that it did not submit or discard. */
    LEAK,
    /** More instructions were executed than allowed. */
    BUDGET
  }

  private final Kind kind;
  private final int slot;
  private final String function;
  private final @Nullable String note;
  private final long address;
  private final String region;

  ExecutionFault(AccessException cause, int slot, Place place) {
    super("slot " + slot + place + ": " + cause.problem);
    this.kind = cause.kind;
    this.slot = slot;
    this.function = place.function;
    this.note = place.note;
    this.address = cause.address;
    this.region = cause.region;
  }

  /**
   * Where in a program.
   *
   * @param several whether the program has other functions
   */
  record Place(String function, boolean several, @Nullable String note) {
    @Override
    public String toString() {
      return (several ? " of " + function : "") + (note == null ? "" : " (" + note + ")");
    }
  }

  /** What went wrong. */
  public Kind kind() {
    return kind;
  }

  /** Index of the (first) slot of the instruction at fault. */
  public int slot() {
    return slot;
  }

  /** The name of the function that the instruction at fault is in. */
  public String function() {
    return function;
  }

  /** The note of the instruction at fault, usually the rule; null if there is none. */
  public @Nullable String note() {
    return note;
  }

  /** The first address that was accessed, or the argument that is no good; 0 if there is none. */
  public long address() {
    return address;
  }

  /**
   * What the address belongs to: {@code context}, {@code packet}, {@code stack} (of the n-th frame
   * above the first: {@code stack 1}), {@code map} with a name, {@code ring buffer} with a name;
   * empty if it is no address.
   */
  public String region() {
    return region;
  }
}
