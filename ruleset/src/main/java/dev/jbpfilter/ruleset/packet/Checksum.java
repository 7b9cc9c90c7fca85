package dev.jbpfilter.ruleset.packet;

/** The Internet checksum (RFC 1071). */
final class Checksum {
  private Checksum() {}

  /** The sum of 16-bit words from {@code start} to {@code end} and {@code initial}, not folded. */
  static int sum(byte[] bytes, int start, int end, int initial) {
    int sum = initial;
    for (int i = start; i < end; i++) {
      int value = Byte.toUnsignedInt(bytes[i]);
      sum += (i - start) % 2 == 0 ? value << 8 : value;
    }
    return sum;
  }

  /** The checksum of the bytes from {@code start} to {@code end} and a sum. */
  static int of(byte[] bytes, int start, int end, int initial) {
    int sum = sum(bytes, start, end, initial);
    while (sum >>> 16 != 0) {
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    return ~sum & 0xffff;
  }
}
