package dev.jbpfilter.bytecode;

/**
 * Instructions are not what an eBPF machine or this library knows. The message names the slot.
 *
 * <p>It is the only exception that decoding throws, whatever the bytes are.
 */
public final class DecodeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int slot;

  DecodeException(int slot, String problem) {
    super("slot " + slot + ": " + problem);
    this.slot = slot;
  }

  /** Index of the instruction slot at fault. */
  public int slot() {
    return slot;
  }
}
