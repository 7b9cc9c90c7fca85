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
      case Payload.Scalar(long value) -> {
        if (kind.size() == 1) {
          bytes[offset] = (byte) value;
        } else {
          WIRE_16.set(bytes, offset, (short) value);
        }
      }
      case Payload.Ipv4Address(int value) -> WIRE_32.set(bytes, offset, value);
      case Payload.Ipv6Address(long high, long low) -> {
        WIRE_64.set(bytes, offset, high);
        WIRE_64.set(bytes, offset + 8, low);
      }
      case Payload.Ipv4Network net -> {
        HOST_32.set(bytes, offset, net.prefixLength());
        WIRE_32.set(bytes, offset + 4, masked ? net.address() & net.mask() : net.address());
      }
      case Payload.Ipv6Network net -> {
        HOST_32.set(bytes, offset, net.prefixLength());
        WIRE_64.set(bytes, offset + 4, masked ? net.high() & net.highMask() : net.high());
        WIRE_64.set(bytes, offset + 12, masked ? net.low() & net.lowMask() : net.low());
      }
      case Payload.Range _r -> throw notAComponent(payload);
      case Payload.Flags _f -> throw notAComponent(payload);
      case Payload.Percentage _p -> throw notAComponent(payload);
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
          throw new IllegalArgumentException(kind + " is not a set component");
    };
  }

  private static IllegalArgumentException notAComponent(Payload payload) {
    return new IllegalArgumentException(payload + " can't be in a set");
  }
}
