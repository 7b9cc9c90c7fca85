package dev.jbpfilter.ruleset;

/** The bytes of a payload in a set element; see {@link SetElements}. */
final class PayloadBytes {
  private PayloadBytes() {}

  /** Writes {@code payload}, which {@code kind} accepts, at {@code offset}. */
  static void encode(PayloadKind kind, Payload payload, byte[] bytes, int offset) {
    switch (payload) {
      case Payload.Scalar(long value) -> encode(kind, value, 0, 0, bytes, offset);
      case Payload.Ipv4Address(int value) -> encode(kind, value, 0, 0, bytes, offset);
      case Payload.Ipv6Address(long high, long low) -> encode(kind, high, low, 0, bytes, offset);
      case Payload.Ipv4Network(int address, int length) ->
          encode(kind, address, length, 0, bytes, offset);
      case Payload.Ipv6Network(long high, long low, int length) ->
          encode(kind, high, low, length, bytes, offset);
      case Payload.Range _r -> throw notAComponent(payload);
      case Payload.Flags _f -> throw notAComponent(payload);
      case Payload.Percentage _p -> throw notAComponent(payload);
    }
  }

  /** How many numbers the payload of a set component is made of. */
  static int numbers(PayloadKind kind) {
    return switch (kind) {
      case IPV6_NETWORK -> 3;
      case IPV6_ADDRESS, IPV4_NETWORK -> 2;
      case PORT, PROTOCOL, ICMP_TYPE, ICMPV6_TYPE, ICMP_CODE, IPV4_ADDRESS -> 1;
      case INTERFACE, ETHERTYPE, PERCENTAGE, MARK, FLOW_HASH, DSCP, TCP_FLAGS ->
          throw notAComponent(kind);
    };
  }

  /**
   * Writes at {@code offset} the payload that is made of the first {@link #numbers} of three
   * numbers.
   */
  static void encode(
      PayloadKind kind, long first, long second, long third, byte[] bytes, int offset) {
    switch (kind) {
      case PORT -> putShort((int) first, bytes, offset);
      case PROTOCOL, ICMP_TYPE, ICMPV6_TYPE, ICMP_CODE -> bytes[offset] = (byte) first;
      case IPV4_ADDRESS -> putInt((int) first, bytes, offset);
      case IPV6_ADDRESS -> {
        putLong(first, bytes, offset);
        putLong(second, bytes, offset + 8);
      }
      case IPV4_NETWORK -> {
        putPrefixLength((int) second, bytes, offset);
        putInt((int) first, bytes, offset + 4);
      }
      case IPV6_NETWORK -> {
        putPrefixLength((int) third, bytes, offset);
        putLong(first, bytes, offset + 4);
        putLong(second, bytes, offset + 12);
      }
      case INTERFACE, ETHERTYPE, PERCENTAGE, MARK, FLOW_HASH, DSCP, TCP_FLAGS ->
          throw notAComponent(kind);
    }
  }

  static Payload decode(PayloadKind kind, byte[] bytes, int offset) {
    return switch (kind) {
      case IPV4_ADDRESS -> new Payload.Ipv4Address(getInt(bytes, offset));
      case IPV6_ADDRESS -> ipv6(bytes, offset);
      case IPV4_NETWORK ->
          new Payload.Ipv4Network(getInt(bytes, offset + 4), prefixLength(bytes, offset));
      case IPV6_NETWORK -> {
        Payload.Ipv6Address address = ipv6(bytes, offset + 4);
        yield new Payload.Ipv6Network(address.high(), address.low(), prefixLength(bytes, offset));
      }
      case PORT ->
          new Payload.Scalar(
              Byte.toUnsignedLong(bytes[offset]) << 8 | Byte.toUnsignedLong(bytes[offset + 1]));
      case PROTOCOL, ICMP_TYPE, ICMPV6_TYPE, ICMP_CODE ->
          new Payload.Scalar(Byte.toUnsignedLong(bytes[offset]));
      case INTERFACE, ETHERTYPE, PERCENTAGE, MARK, FLOW_HASH, DSCP, TCP_FLAGS ->
          throw notAComponent(kind);
    };
  }

  static Payload.Ipv6Address ipv6(byte[] bytes, int offset) {
    return new Payload.Ipv6Address(getLong(bytes, offset), getLong(bytes, offset + 8));
  }

  /** The prefix length of the network at {@code offset}. */
  static int prefixLength(byte[] bytes, int offset) {
    return Byte.toUnsignedInt(bytes[offset]);
  }

  /** A prefix length is 32 bits in little-endian order, all but the first eight of them zero. */
  static void putPrefixLength(int length, byte[] bytes, int offset) {
    putInt(length << 24, bytes, offset);
  }

  // Shifts, because variable handles cost more to set up than a small set takes to read.

  static void putShort(int value, byte[] bytes, int offset) {
    bytes[offset] = (byte) (value >> 8);
    bytes[offset + 1] = (byte) value;
  }

  static void putInt(int value, byte[] bytes, int offset) {
    putShort(value >> 16, bytes, offset);
    putShort(value, bytes, offset + 2);
  }

  private static void putLong(long value, byte[] bytes, int offset) {
    putInt((int) (value >> 32), bytes, offset);
    putInt((int) value, bytes, offset + 4);
  }

  static int getInt(byte[] bytes, int offset) {
    return (bytes[offset] << 24)
        | ((bytes[offset + 1] & 0xff) << 16)
        | ((bytes[offset + 2] & 0xff) << 8)
        | (bytes[offset + 3] & 0xff);
  }

  private static long getLong(byte[] bytes, int offset) {
    return ((long) getInt(bytes, offset) << 32) | (getInt(bytes, offset + 4) & 0xffff_ffffL);
  }

  private static IllegalArgumentException notAComponent(Object payload) {
    return new IllegalArgumentException(payload + " can't be in a set");
  }
}
