package dev.jbpfilter.bytecode;

/**
 * A variable in a function's stack frame, as {@link CodeBuilder#stackVariable(String, int)}
 * reserves it.
 *
 * @param name for people who read error messages
 * @param offset of its first byte from {@link Virt#FRAME}, negative
 * @param bytes its size
 */
public record StackVariable(String name, int offset, int bytes) {

  /**
   * The offset from the frame pointer of some bytes in it.
   *
   * @param at index of the first byte
   * @throws IllegalArgumentException if they are not all inside
   */
  public int offset(int at, Size size) {
    if (at < 0 || at + size.bytes() > bytes) {
      throw new IllegalArgumentException(
          size.bytes() + " bytes at " + at + " of " + name + ", which has " + bytes);
    }
    return offset + at;
  }

  /**
   * The size of an access to all of it.
   *
   * @throws IllegalArgumentException if it does not have 1, 2, 4 or 8 bytes
   */
  public Size size() {
    for (Size size : Size.values()) {
      if (size.bytes() == bytes) {
        return size;
      }
    }
    throw new IllegalArgumentException(name + " has " + bytes + " bytes, not 1, 2, 4 or 8");
  }
}
