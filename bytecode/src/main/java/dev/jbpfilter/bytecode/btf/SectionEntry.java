package dev.jbpfilter.bytecode.btf;

/**
 * What is in a {@linkplain BtfType.Datasec section}.
 *
 * @param type id of a {@link BtfType.Var} or {@link BtfType.Func}
 * @param offset from the start of the section
 * @param bytes its size
 */
public record SectionEntry(int type, int offset, int bytes) {
  /**
   * @throws IllegalArgumentException if a number is negative
   */
  public SectionEntry {
    if (offset < 0 || bytes < 0) {
      throw new IllegalArgumentException("entry of " + bytes + " bytes at " + offset);
    }
  }
}
