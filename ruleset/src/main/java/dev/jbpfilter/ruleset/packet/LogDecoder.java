package dev.jbpfilter.ruleset.packet;

import dev.jbpfilter.ruleset.Layer;
import dev.jbpfilter.ruleset.Protocol;
import dev.jbpfilter.ruleset.Verdict;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the bytes of one log record; see {@link LogLayout}. */
final class LogDecoder {
  private static final int ADDRESS_SIZE = 16;

  private final byte[] bytes;
  private final ByteBuffer numbers;

  LogDecoder(byte[] bytes) {
    this.bytes = bytes;
    this.numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The record.
   *
   * @throws IllegalArgumentException if the bytes are none
   */
  LogRecord record() {
    if (bytes.length != LogLayout.SIZE) {
      throw new IllegalArgumentException(
          "a log record has " + LogLayout.SIZE + " bytes, not " + bytes.length);
    }
    int type = u8(LogLayout.TYPE);
    return switch (type) {
      case LogLayout.PACKET -> packet();
      case LogLayout.SOCKET_CALL -> socketCall();
      default -> throw new IllegalArgumentException("log record of unknown type " + type);
    };
  }

  private LogRecord.Packet packet() {
    int etherType = u16(LogLayout.ETHER_TYPE);
    int protocol = u8(LogLayout.PROTOCOL);
    int internetSize = etherType == Protocol.IPV4.number() ? Headers.IPV4_SIZE : Headers.IPV6_SIZE;
    int transportSize =
        protocol == Protocol.TCP.number() ? Headers.TCP_SIZE : Headers.OTHER_TRANSPORT_SIZE;
    return new LogRecord.Packet(
        numbers.getLong(LogLayout.TIME),
        u32(LogLayout.RULE),
        verdict(),
        etherType,
        protocol,
        numbers.getLong(LogLayout.PACKET_SIZE),
        u8(LogLayout.HEADERS) & 0xf,
        header(Layer.LINK, LogLayout.LINK, Headers.ETHERNET_SIZE),
        header(Layer.INTERNET, LogLayout.INTERNET, internetSize),
        header(Layer.TRANSPORT, LogLayout.TRANSPORT, transportSize));
  }

  private @Nullable WireBytes header(Layer layer, int offset, int size) {
    int present = u8(LogLayout.HEADERS) >> 4;
    return (present & layer.logBit()) == 0 ? null : WireBytes.copyOf(bytes, offset, size);
  }

  private LogRecord.SocketCall socketCall() {
    boolean hasSource = (u8(LogLayout.CAPTURED) & 1) != 0;
    return new LogRecord.SocketCall(
        numbers.getLong(LogLayout.TIME),
        u32(LogLayout.RULE),
        verdict(),
        u16(LogLayout.ETHER_TYPE),
        u8(LogLayout.PROTOCOL),
        u32(LogLayout.PROCESS),
        command(),
        u16(LogLayout.PORT),
        hasSource ? WireBytes.copyOf(bytes, LogLayout.SOURCE, ADDRESS_SIZE) : null,
        WireBytes.copyOf(bytes, LogLayout.DESTINATION, ADDRESS_SIZE));
  }

  private String command() {
    int end = LogLayout.COMMAND;
    while (end < LogLayout.SOURCE && bytes[end] != 0) {
      end++;
    }
    int length = end - LogLayout.COMMAND;
    return new String(bytes, LogLayout.COMMAND, length, StandardCharsets.UTF_8);
  }

  private String verdict() {
    int code = numbers.getInt(LogLayout.VERDICT);
    return Verdict.word(code)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "log record with unknown verdict " + Integer.toUnsignedString(code)));
  }

  private int u8(int offset) {
    return Byte.toUnsignedInt(bytes[offset]);
  }

  private int u16(int offset) {
    return Short.toUnsignedInt(numbers.getShort(offset));
  }

  private long u32(int offset) {
    return Integer.toUnsignedLong(numbers.getInt(offset));
  }
}
