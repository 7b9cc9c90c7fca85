package dev.jbpfilter.bytecode;

import org.jspecify.annotations.Nullable;

/**
 * An interpreted program did what the kernel's verifier would not have let it do. The message names
 * the slot, the note and, where there is one, the address.
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
    /** More instructions were executed than allowed. */
    BUDGET
  }

  private final Kind kind;
  private final int slot;
  private final @Nullable String note;
  private final long address;

  ExecutionFault(Kind kind, int slot, @Nullable String note, long address, String problem) {
    super("slot " + slot + (note == null ? "" : " (" + note + ")") + ": " + problem);
    this.kind = kind;
    this.slot = slot;
    this.note = note;
    this.address = address;
  }

  /** What went wrong. */
  public Kind kind() {
    return kind;
  }

  /** Index of the (first) slot of the instruction at fault. */
  public int slot() {
    return slot;
  }

  /** The note of the instruction at fault, usually the rule; null if there is none. */
  public @Nullable String note() {
    return note;
  }

  /**
   * The first address that was accessed, or the argument that is no good; 0 if there is none. The
   * message says what it belongs to.
   */
  public long address() {
    return address;
  }
}
