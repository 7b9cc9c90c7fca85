package dev.jbpfilter.fuzz;

/**
 * Values that random rules and random packets share, so that they meet, and at their boundaries.
 */
final class Corners {
  static final int[] IPV4_ADDRESSES = {
    0,
    0x0a000001,
    0x0a000002,
    0x0a0000ff,
    0x0a000100,
    0x0affffff,
    0x0b000000,
    0x7fffffff,
    0x80000000,
    0xc0000201,
    0xfffffffe,
    -1
  };
  static final int[] PREFIX_LENGTHS = {0, 1, 8, 9, 23, 24, 31, 32};
  static final int[] PORTS = {0, 1, 22, 80, 443, 1023, 1024, 32767, 32768, 65534, 65535};
  static final int[] PROTOCOLS = {0, 1, 2, 6, 17, 43, 44, 47, 50, 51, 58, 59, 60, 132, 135, 255};
  static final int[] TRANSPORTS = {6, 6, 6, 17, 17, 1, 58};
  static final int[] EXTENSION_HEADERS = {0, 43, 44, 51, 60, 135};
  static final int[] ETHERTYPES = {0, 0x0600, 0x0800, 0x0806, 0x8100, 0x86dd, 0xffff};
  static final int[] TCP_FLAGS = {0x00, 0x01, 0x02, 0x03, 0x10, 0x12, 0x18, 0x29, 0x80, 0xff};
  static final int[] ICMP_BYTES = {0, 1, 3, 5, 8, 11, 127, 128, 129, 255};

  private Corners() {}
}
