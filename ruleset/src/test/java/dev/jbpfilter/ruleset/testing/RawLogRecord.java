package dev.jbpfilter.ruleset.testing;

import dev.jbpfilter.ruleset.packet.LogLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The bytes of a log record, written field by field as a program does. */
public final class RawLogRecord {
  private final ByteBuffer bytes =
      ByteBuffer.allocate(LogLayout.SIZE).order(ByteOrder.LITTLE_ENDIAN);

  private RawLogRecord(int type, long time, int rule, int verdict) {
    bytes.putLong(LogLayout.TIME, time);
    bytes.putInt(LogLayout.RULE, rule);
    bytes.putInt(LogLayout.VERDICT, verdict);
    bytes.put(LogLayout.TYPE, (byte) type);
  }

  /** A record about a packet, without headers, of which none was asked for. */
  public static RawLogRecord packet(long time, int rule, int verdict, long size) {
    RawLogRecord raw = new RawLogRecord(LogLayout.PACKET, time, rule, verdict);
    raw.bytes.putLong(LogLayout.PACKET_SIZE, size);
    return raw;
  }

  /** A record about a socket call, without addresses. */
  public static RawLogRecord call(
      long time, int rule, int verdict, int process, String command, int port) {
    RawLogRecord raw = new RawLogRecord(LogLayout.SOCKET_CALL, time, rule, verdict);
    raw.bytes.putInt(LogLayout.PROCESS, process);
    raw.bytes.putShort(LogLayout.PORT, (short) port);
    raw.bytes.put(LogLayout.COMMAND, command.getBytes(StandardCharsets.UTF_8));
    return raw;
  }

  public RawLogRecord protocols(int etherType, int protocol) {
    bytes.putShort(LogLayout.ETHER_TYPE, (short) etherType);
    bytes.put(LogLayout.PROTOCOL, (byte) protocol);
    return this;
  }

  /** Asks for headers: 1 link, 2 Internet, 4 transport, 15 for a bare {@code log}. */
  public RawLogRecord requested(int headers) {
    return addHeaders(headers);
  }

  public RawLogRecord link(String hex) {
    return addHeaders(0x10).put(LogLayout.LINK, hex);
  }

  public RawLogRecord internet(String hex) {
    return addHeaders(0x20).put(LogLayout.INTERNET, hex);
  }

  public RawLogRecord transport(String hex) {
    return addHeaders(0x40).put(LogLayout.TRANSPORT, hex);
  }

  public RawLogRecord source(String hex) {
    bytes.put(LogLayout.CAPTURED, (byte) 1);
    return put(LogLayout.SOURCE, hex);
  }

  public RawLogRecord destination(String hex) {
    return put(LogLayout.DESTINATION, hex);
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.array().clone();
  }

  private RawLogRecord addHeaders(int bits) {
    bytes.put(LogLayout.HEADERS, (byte) (bytes.get(LogLayout.HEADERS) | bits));
    return this;
  }

  private RawLogRecord put(int offset, String hex) {
    bytes.put(offset, HexFormat.of().parseHex(hex.replace(" ", "")));
    return this;
  }
}
