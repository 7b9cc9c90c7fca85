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
    return ofBytes(bytes, ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Instructions from the bytes of a machine of that byte order. On a big-endian one the offset and
   * the immediate are big-endian, and the destination is in the upper half of the second byte.
   *
   * @throws IllegalArgumentException if the length is not a multiple of 8
   */
  public static Instructions ofBytes(byte[] bytes, ByteOrder order) {
    if (bytes.length % Long.BYTES != 0) {
      throw new IllegalArgumentException(bytes.length + " bytes are no whole number of slots");
    }
    long[] slots = new long[bytes.length / Long.BYTES];
    ByteBuffer.wrap(bytes).order(order).asLongBuffer().get(slots);
    if (order == ByteOrder.BIG_ENDIAN) {
      Arrays.setAll(slots, i -> fromBigEndian(slots[i]));
    }
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
    return toBytes(ByteOrder.LITTLE_ENDIAN);
  }

  /** The bytes on a machine of that byte order, as {@link #ofBytes(byte[], ByteOrder)} says. */
  public byte[] toBytes(ByteOrder order) {
    ByteBuffer bytes = ByteBuffer.allocate(slots.length * Long.BYTES).order(order);
    for (long slot : slots) {
      bytes.putLong(order == ByteOrder.BIG_ENDIAN ? toBigEndian(slot) : slot);
    }
    return bytes.array();
  }

  private static long fromBigEndian(long slot) {
    long registers = (slot >>> 52 & 0xf) | (slot >>> 48 & 0xf) << 4;
    return slot >>> 56 | registers << 8 | (slot >>> 32 & 0xffff) << 16 | slot << 32;
  }

  private static long toBigEndian(long slot) {
    long registers = (slot >>> 12 & 0xf) | (slot >>> 8 & 0xf) << 4;
    return slot << 56 | registers << 48 | (slot >>> 16 & 0xffff) << 32 | slot >>> 32;
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
