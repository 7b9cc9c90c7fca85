package dev.jbpfilter.bytecode.elf;

import org.jspecify.annotations.Nullable;

/**
 * Bytes are not an object file that this library can read. The message says what is wrong and
 * where.
 *
 * <p>It is the only exception that reading throws, whatever the bytes are.
 */
public final class ObjectFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String section;
  private final long offset;

  /**
   * @param section at fault; empty for the file itself
   * @param offset in the section
   */
  ObjectFileException(String section, long offset, String problem) {
    this(section, offset, problem, null);
  }

  ObjectFileException(String section, long offset, String problem, @Nullable Throwable cause) {
    super(
        (section.isEmpty() ? "offset 0x" : "section " + section + ", offset 0x")
            + Long.toHexString(offset)
            + ": "
            + problem,
        cause);
    this.section = section;
    this.offset = offset;
  }

  /** The section at fault; empty for the file itself. */
  public String section() {
    return section;
  }

  /** Where in the section, or in the file. */
  public long offset() {
    return offset;
  }
}
