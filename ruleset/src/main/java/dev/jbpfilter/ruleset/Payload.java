package dev.jbpfilter.ruleset;

import java.util.Optional;

/** The value that a matcher compares a packet with. Numbers are unsigned, in host value. */
public sealed interface Payload {

  /** A port, a protocol number, a mark, an interface index …: 0 to 2^32-1. */
  record Scalar(long value) implements Payload {
    public Scalar {
      Check.unsigned32("number", value);
    }
  }

  /** The numbers from {@code low} to {@code high}, both included. */
  record Range(long low, long high) implements Payload {
    public Range {
      Check.unsigned32("lower end", low);
      Check.unsigned32("upper end", high);
      if (low > high) {
        throw new IllegalArgumentException("not a range: " + low + "-" + high);
      }
    }
  }

  /** An IPv4 address; the first byte on the wire is the most significant one. */
  record Ipv4Address(int value) implements Payload {

    /** Reads four decimal parts without leading zeros, as strictly as {@code inet_pton}. */
    public static Optional<Ipv4Address> parse(String text) {
      return AddressText.ipv4(text);
    }
  }

  /**
   * An IPv4 network as written: bits behind the prefix may be set and mean nothing.
   *
   * @param prefixLength 0 to 32
   */
  record Ipv4Network(int address, int prefixLength) implements Payload {
    public Ipv4Network {
      Check.range("prefix length", prefixLength, 0, 32);
    }

    /** The bits that count. */
    public int mask() {
      return mask(prefixLength);
    }

    static int mask(int prefixLength) {
      return prefixLength == 0 ? 0 : -1 << (32 - prefixLength);
    }

    public boolean contains(int other) {
      return ((address ^ other) & mask()) == 0;
    }
  }

  /** An IPv6 address; the first byte on the wire is the most significant one of {@code high}. */
  record Ipv6Address(long high, long low) implements Payload {

    /** Reads RFC 4291 text, as strictly as {@code inet_pton}. */
    public static Optional<Ipv6Address> parse(String text) {
      return AddressText.ipv6(text);
    }
  }

  /**
   * An IPv6 network as written: bits behind the prefix may be set and mean nothing.
   *
   * @param prefixLength 0 to 128
   */
  record Ipv6Network(long high, long low, int prefixLength) implements Payload {
    public Ipv6Network {
      Check.range("prefix length", prefixLength, 0, 128);
    }

    /** The bits that count in the first half of the address. */
    public long highMask() {
      return highMask(prefixLength);
    }

    /** The bits that count in the second half of the address. */
    public long lowMask() {
      return lowMask(prefixLength);
    }

    static long highMask(int prefixLength) {
      return prefixLength == 0 ? 0 : -1L << (64 - Math.min(prefixLength, 64));
    }

    static long lowMask(int prefixLength) {
      return prefixLength <= 64 ? 0 : -1L << (128 - prefixLength);
    }

    public boolean contains(long otherHigh, long otherLow) {
      return ((high ^ otherHigh) & highMask()) == 0 && ((low ^ otherLow) & lowMask()) == 0;
    }
  }

  /** A non-empty set of TCP flags, bits as in the header: FIN 1, SYN 2 … CWR 128 (RFC 9293). */
  record Flags(int bits) implements Payload {
    public Flags {
      Check.range("TCP flags", bits, 1, 0xff);
    }
  }

  /** A percentage, 0 to 100. */
  record Percentage(float value) implements Payload {
    public Percentage {
      if (!(value >= 0 && value <= 100)) {
        throw new IllegalArgumentException("not a percentage: " + value);
      }
    }

    /**
     * The greatest 32-bit random number that matches: floor(4294967295 × percent / 100), computed
     * in double precision.
     */
    public long threshold() {
      return (long) Math.floor(4294967295.0 * value / 100);
    }
  }
}
