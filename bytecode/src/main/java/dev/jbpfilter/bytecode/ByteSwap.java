package dev.jbpfilter.bytecode;

/** Byte order conversions (RFC 9669, section 4.2). */
public enum ByteSwap {
  /** Between host and little-endian order. */
  TO_LE,
  /** Between host and big-endian order. */
  TO_BE,
  /** Always swaps; instruction set v4. */
  SWAP
}
