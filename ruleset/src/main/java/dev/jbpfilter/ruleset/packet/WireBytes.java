package dev.jbpfilter.ruleset.packet;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** Bytes from the wire, numbers among them in network order. Immutable. */
public final class WireBytes {
  private final byte[] bytes;

  /** Reads the bytes, at absolute positions only. */
  private final ByteBuffer numbers;

  private WireBytes(byte[] bytes) {
    this.bytes = bytes;
    this.numbers = ByteBuffer.wrap(bytes);
  }

  /** A copy of {@code length} bytes of {@code array} from {@code start} on. */
  static WireBytes copyOf(byte[] array, int start, int length) {
    return new WireBytes(Arrays.copyOfRange(array, start, start + length));
  }

  /** A copy of an array. */
  public static WireBytes of(byte[] array) {
    return copyOf(array, 0, array.length);
  }

  /** A copy of the bytes. */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /** The number of bytes. */
  public int length() {
    return bytes.length;
  }

  /**
   * The unsigned number of 8 bits at {@code offset}.
   *
   * @throws IndexOutOfBoundsException if it is not within the bytes, as the others do
   */
  public int u8(int offset) {
    return Byte.toUnsignedInt(bytes[offset]);
  }

  /** The unsigned number of 16 bits at {@code offset}. */
  public int u16(int offset) {
    return Short.toUnsignedInt(numbers.getShort(offset));
  }

  /** The unsigned number of 32 bits at {@code offset}. */
  public long u32(int offset) {
    return Integer.toUnsignedLong(numbers.getInt(offset));
  }

  /** The 64 bits at {@code offset}. */
  public long i64(int offset) {
    return numbers.getLong(offset);
  }

  /** Same bytes. */
  @Override
  public boolean equals(Object other) {
    return other instanceof WireBytes that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The bytes in hexadecimal. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
