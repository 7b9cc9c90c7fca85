package dev.jbpfilter.bytecode;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What a map holds when a program first sees it, fit for millions of entries: all keys one after
 * another without padding, and all values in the same order. Immutable.
 */
public final class MapEntries {
  /** No entries: hash maps begin empty, arrays with zeros. */
  public static final MapEntries NONE = new MapEntries(0, new byte[0], new byte[0]);

  private final int count;
  private final byte[] keys;
  private final byte[] values;

  private MapEntries(int count, byte[] keys, byte[] values) {
    this.count = count;
    this.keys = keys;
    this.values = values;
  }

  /**
   * Entries of a map.
   *
   * @param keys {@code count} times the bytes of a key, as the kernel takes them
   * @param values {@code count} times the bytes of a value
   * @throws IllegalArgumentException if these do not divide by the count
   */
  public static MapEntries of(int count, byte[] keys, byte[] values) {
    return of(count, ByteBuffer.wrap(keys), ByteBuffer.wrap(values));
  }

  /** The same with the remaining bytes of buffers, which stay as they are. */
  public static MapEntries of(int count, ByteBuffer keys, ByteBuffer values) {
    if (count < 1 || keys.remaining() % count != 0 || values.remaining() % count != 0) {
      throw new IllegalArgumentException(
          count
              + " entries of "
              + keys.remaining()
              + " bytes of keys, "
              + values.remaining()
              + " of values");
    }
    return new MapEntries(count, bytes(keys), bytes(values));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  /** The number of entries. */
  public int count() {
    return count;
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return count == 0;
  }

  /** A copy of all keys. */
  public byte[] keys() {
    return keys.clone();
  }

  /** A copy of all values. */
  public byte[] values() {
    return values.clone();
  }

  /** All keys, to be read without a copy. */
  public ByteBuffer keyBuffer() {
    return ByteBuffer.wrap(keys).asReadOnlyBuffer();
  }

  /** All values, to be read without a copy. */
  public ByteBuffer valueBuffer() {
    return ByteBuffer.wrap(values).asReadOnlyBuffer();
  }

  /** The length of all keys. */
  int keyBytes() {
    return keys.length;
  }

  /** The length of all values. */
  int valueBytes() {
    return values.length;
  }

  /** The key of an entry. */
  public byte[] key(int entry) {
    return part(keys, entry);
  }

  /** The value of an entry. */
  public byte[] value(int entry) {
    return part(values, entry);
  }

  private byte[] part(byte[] all, int entry) {
    if (entry < 0 || entry >= count) {
      throw new IllegalArgumentException("no entry " + entry + " of " + count);
    }
    int size = all.length / count;
    return Arrays.copyOfRange(all, entry * size, (entry + 1) * size);
  }

  /** Same entries in the same order. */
  @Override
  public boolean equals(Object other) {
    return other instanceof MapEntries that
        && count == that.count
        && Arrays.equals(keys, that.keys)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(keys) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return count + " entries";
  }
}
