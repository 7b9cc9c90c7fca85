package dev.jbpfilter.bytecode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Encoded instructions: slots of 8 bytes, immutable. A {@code LoadImm64} takes two slots.
 *
 * <p>A slot is held as the 64-bit number that it is on a little-endian machine: opcode in bits 0–7,
 * destination 8–11, source 12–15, offset 16–31, immediate 32–63.
 */
public final class Instructions {
  private final long[] slots;

  private Instructions(long[] slots) {
    this.slots = slots;
  }

  /** Instructions from their slots. */
  public static Instructions of(long... slots) {
    return new Instructions(slots.clone());
  }

  /**
   * Instructions from the bytes of a little-endian machine.
   *
   * @throws IllegalArgumentException if the length is not a multiple of 8
   */
  public static Instructions ofBytes(byte[] bytes) {
    if (bytes.length % Long.BYTES != 0) {
      throw new IllegalArgumentException(bytes.length + " bytes are no whole number of slots");
    }
    long[] slots = new long[bytes.length / Long.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(slots);
    return new Instructions(slots);
  }

  /** Number of slots. */
  public int count() {
    return slots.length;
  }

  /** One slot. */
  public long slot(int index) {
    return slots[index];
  }

  /** The slots, copied. */
  public long[] toArray() {
    return slots.clone();
  }

  /** The bytes on a little-endian machine. */
  public byte[] toBytes() {
    ByteBuffer bytes =
        ByteBuffer.allocate(slots.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(slots);
    return bytes.array();
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Instructions other && Arrays.equals(slots, other.slots);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(slots);
  }

  @Override
  public String toString() {
    return slots.length + " slots";
  }
}
