package dev.jbpfilter.ruleset;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The bytes of a payload in a set element; see {@link SetElements}. */
final class PayloadBytes {
  private static final VarHandle WIRE_16 =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle WIRE_32 =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle WIRE_64 =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle HOST_32 =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private PayloadBytes() {}

  /** Writes {@code payload} at {@code offset}; {@code masked} clears the bits behind a prefix. */
  static void encode(PayloadKind kind, Payload payload, byte[] bytes, int offset, boolean masked) {
    switch (payload) {
      case Payload.Scalar(long value) -> encode(kind, value, 0, 0, bytes, offset, masked);
      case Payload.Ipv4Address(int value) -> encode(kind, value, 0, 0, bytes, offset, masked);
      case Payload.Ipv6Address(long high, long low) ->
          encode(kind, high, low, 0, bytes, offset, masked);
      case Payload.Ipv4Network(int address, int length) ->
          encode(kind, address, length, 0, bytes, offset, masked);
      case Payload.Ipv6Network(long high, long low, int length) ->
          encode(kind, high, low, length, bytes, offset, masked);
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
   * numbers; {@code masked} clears the bits behind a prefix.
   */
  static void encode(
      PayloadKind kind,
      long first,
      long second,
      long third,
      byte[] bytes,
      int offset,
      boolean masked) {
    switch (kind) {
      case PORT -> WIRE_16.set(bytes, offset, (short) first);
      case PROTOCOL, ICMP_TYPE, ICMPV6_TYPE, ICMP_CODE -> bytes[offset] = (byte) first;
      case IPV4_ADDRESS -> WIRE_32.set(bytes, offset, (int) first);
      case IPV6_ADDRESS -> {
        WIRE_64.set(bytes, offset, first);
        WIRE_64.set(bytes, offset + 8, second);
      }
      case IPV4_NETWORK -> {
        int length = (int) second;
        HOST_32.set(bytes, offset, length);
        int mask = masked ? Payload.Ipv4Network.mask(length) : -1;
        WIRE_32.set(bytes, offset + 4, (int) first & mask);
      }
      case IPV6_NETWORK -> {
        int length = (int) third;
        HOST_32.set(bytes, offset, length);
        WIRE_64.set(
            bytes, offset + 4, masked ? first & Payload.Ipv6Network.highMask(length) : first);
        WIRE_64.set(
            bytes, offset + 12, masked ? second & Payload.Ipv6Network.lowMask(length) : second);
      }
      case INTERFACE, ETHERTYPE, PERCENTAGE, MARK, FLOW_HASH, DSCP, TCP_FLAGS ->
          throw notAComponent(kind);
    }
  }

  static Payload decode(PayloadKind kind, byte[] bytes, int offset) {
    return switch (kind) {
      case IPV4_ADDRESS -> new Payload.Ipv4Address((int) WIRE_32.get(bytes, offset));
      case IPV6_ADDRESS ->
          new Payload.Ipv6Address(
              (long) WIRE_64.get(bytes, offset), (long) WIRE_64.get(bytes, offset + 8));
      case IPV4_NETWORK ->
          new Payload.Ipv4Network(
              (int) WIRE_32.get(bytes, offset + 4), (int) HOST_32.get(bytes, offset));
      case IPV6_NETWORK ->
          new Payload.Ipv6Network(
              (long) WIRE_64.get(bytes, offset + 4),
              (long) WIRE_64.get(bytes, offset + 12),
              (int) HOST_32.get(bytes, offset));
      case PORT -> new Payload.Scalar(Short.toUnsignedLong((short) WIRE_16.get(bytes, offset)));
      case PROTOCOL, ICMP_TYPE, ICMPV6_TYPE, ICMP_CODE ->
          new Payload.Scalar(Byte.toUnsignedLong(bytes[offset]));
      case INTERFACE, ETHERTYPE, PERCENTAGE, MARK, FLOW_HASH, DSCP, TCP_FLAGS ->
          throw notAComponent(kind);
    };
  }

  private static IllegalArgumentException notAComponent(Object payload) {
    return new IllegalArgumentException(payload + " can't be in a set");
  }
}
