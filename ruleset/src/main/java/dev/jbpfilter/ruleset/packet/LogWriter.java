package dev.jbpfilter.ruleset.packet;

import dev.jbpfilter.ruleset.Layer;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.Protocol;
import dev.jbpfilter.ruleset.Rule;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes the bytes of one log record, with time 0; see {@link LogLayout}. */
final class LogWriter {
  private final ByteBuffer record =
      ByteBuffer.allocate(LogLayout.SIZE).order(ByteOrder.LITTLE_ENDIAN);

  LogWriter(Rule rule) {
    record.putInt(LogLayout.RULE, rule.index());
    record.putInt(LogLayout.VERDICT, rule.verdict().code());
  }

  /**
   * What a rule tells of a packet. Headers are looked for anew, all of them, whatever the chain
   * needs: what is cut off is not there, and then nothing behind it is.
   *
   * @param requested an or of {@link Layer#logBit()}, or all four bits
   */
  WireBytes packet(PacketInput packet, long size, int requested) {
    Headers headers = Headers.find(packet);
    protocols(LogLayout.PACKET, headers.etherType(), headers.transportNumber().orElse(0));
    record.putLong(LogLayout.PACKET_SIZE, size);
    int present = 0;
    for (Layer layer : Layer.values()) {
      int length = headers.length(layer);
      if ((requested & layer.logBit()) != 0 && length > 0) {
        present |= layer.logBit();
        record.put(place(layer), packet.toByteArray(), headers.offset(layer), length);
      }
    }
    record.put(LogLayout.HEADERS, (byte) (requested | present << 4));
    return bytes();
  }

  private static int place(Layer layer) {
    return switch (layer) {
      case LINK -> LogLayout.LINK;
      case INTERNET -> LogLayout.INTERNET;
      case TRANSPORT -> LogLayout.TRANSPORT;
    };
  }

  /** What a rule tells of a socket call. */
  WireBytes call(SocketCall call, Protocol family) {
    protocols(LogLayout.SOCKET_CALL, family.number(), call.protocol());
    record.putInt(LogLayout.PROCESS, (int) call.process());
    record.putShort(LogLayout.PORT, (short) call.port());
    record.put(LogLayout.COMMAND, call.command().getBytes(StandardCharsets.UTF_8));
    call.source()
        .ifPresent(source -> {
          record.put(LogLayout.CAPTURED, (byte) 1);
          address(LogLayout.SOURCE, source);
        });
    address(LogLayout.DESTINATION, call.destination());
    return bytes();
  }

  private void protocols(int type, int etherType, int protocol) {
    record.putShort(LogLayout.ETHER_TYPE, (short) etherType);
    record.put(LogLayout.PROTOCOL, (byte) protocol);
    record.put(LogLayout.TYPE, (byte) type);
  }

  private void address(int offset, Payload address) {
    ByteBuffer wire = ByteBuffer.allocate(16);
    if (address instanceof Payload.Ipv4Address(int value)) {
      wire.putInt(value);
    } else if (address instanceof Payload.Ipv6Address(long high, long low)) {
      wire.putLong(high).putLong(low);
    }
    record.put(offset, wire.array());
  }

  private WireBytes bytes() {
    return WireBytes.of(record.array());
  }
}
