package dev.jbpfilter.fuzz;

import dev.jbpfilter.ruleset.Payload;

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
  static final int[] IPV4_PREFIXES = {0, 1, 8, 9, 23, 24, 31, 32};
  static final Payload.Ipv6Address[] IPV6_ADDRESSES = {
    ipv6(0, 0),
    ipv6(0, 1),
    ipv6(0, 0xffff_0a00_0001L),
    ipv6(0x20010db8_00000000L, 0),
    ipv6(0x20010db8_00000000L, 1),
    ipv6(0x20010db8_00000000L, -1),
    ipv6(0x20010db8_00000001L, 0),
    ipv6(0x20010db8_ffffffffL, 1),
    ipv6(0x7fffffff_ffffffffL, -1),
    ipv6(Long.MIN_VALUE, 1),
    ipv6(0xfe800000_00000000L, 2),
    ipv6(-1, -1)
  };
  static final int[] IPV6_PREFIXES = {0, 1, 7, 31, 32, 33, 63, 64, 65, 127, 128};
  static final int[] PORTS = {0, 1, 22, 80, 443, 1023, 1024, 32767, 32768, 65534, 65535};
  static final int[] PROTOCOLS = {0, 1, 2, 6, 17, 43, 44, 47, 50, 51, 58, 59, 60, 132, 135, 255};
  static final int[] TRANSPORTS = {6, 6, 6, 17, 17, 1, 58};
  static final int[] EXTENSION_HEADERS = {0, 43, 44, 51, 60, 135};
  static final int[] ETHERTYPES = {0, 0x0600, 0x0800, 0x0806, 0x8100, 0x86dd, 0xffff};
  static final int[] TCP_FLAGS = {0x00, 0x01, 0x02, 0x03, 0x10, 0x12, 0x18, 0x29, 0x80, 0xff};
  static final int[] ICMP_BYTES = {0, 1, 3, 5, 8, 11, 127, 128, 129, 255};
  static final int[] CODE_POINTS = {0, 1, 8, 10, 46, 62, 63};
  static final long[] INTERFACES = {1, 1, 1, 2, 65537, 0x8000_0001L, 0xffff_ffffL};
  static final long[] MARKS = {0, 0, 1, 5, 0x7fff_ffff, 0x8000_0000L, 0xffff_fffeL, 0xffff_ffffL};
  static final float[] PERCENTAGES = {0, 0.001f, 25, 49.99f, 50, 50.01f, 75, 99.999f, 100};
  static final int[] RANDOM_NUMBERS = {
    0, 1, 0x3fff_ffff, 0x7fff_ffff, 0x8000_0000, 0xbfff_ffff, -1
  };

  private Corners() {}

  private static Payload.Ipv6Address ipv6(long high, long low) {
    return new Payload.Ipv6Address(high, low);
  }
}
