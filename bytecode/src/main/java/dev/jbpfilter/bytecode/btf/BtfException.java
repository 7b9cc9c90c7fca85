package dev.jbpfilter.bytecode.btf;

/**
 * Bytes are not type information, or types that lookup follows make no sense. The message names the
 * place.
 *
 * <p>It is the only exception that decoding and lookup throw because of the bytes, whatever they
 * are.
 */
public final class BtfException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BtfException(String place, String problem) {
    super(place + ": " + problem);
  }

  static BtfException at(int offset, String problem) {
    return new BtfException("BTF offset 0x" + Integer.toHexString(offset), problem);
  }

  static BtfException in(int type, String problem) {
    return new BtfException("BTF type " + type, problem);
  }
}
