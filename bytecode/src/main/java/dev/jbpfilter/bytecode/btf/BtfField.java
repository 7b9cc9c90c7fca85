package dev.jbpfilter.bytecode.btf;

/**
 * Where a field is.
 *
 * @param type id of its type, as declared
 * @param bitOffset from the start of the outermost structure
 * @param bitSize its width
 */
public record BtfField(int type, long bitOffset, long bitSize) {

  /** Whether it begins and ends at the bounds of bytes. */
  public boolean wholeBytes() {
    return (bitOffset | bitSize) % Byte.SIZE == 0;
  }

  /** Offset in bytes from the start of the outermost structure; a bit-field's first byte. */
  public long byteOffset() {
    return bitOffset / Byte.SIZE;
  }
}
