package dev.jbpfilter.ruleset.packet.capture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Writes files of either format number by number, right or wrong, and reads what is in them. */
final class CaptureBytes {
  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 20);
  private int begin;

  CaptureBytes(ByteOrder order) {
    bytes.order(order);
  }

  /** Numbers from here on are in another order. */
  CaptureBytes order(ByteOrder order) {
    bytes.order(order);
    return this;
  }

  CaptureBytes u8(int... values) {
    for (int value : values) {
      bytes.put((byte) value);
    }
    return this;
  }

  CaptureBytes u16(int... values) {
    for (int value : values) {
      bytes.putShort((short) value);
    }
    return this;
  }

  CaptureBytes u32(long... values) {
    for (long value : values) {
      bytes.putInt((int) value);
    }
    return this;
  }

  CaptureBytes u64(long value) {
    bytes.putLong(value);
    return this;
  }

  /** Bytes in hexadecimal. */
  CaptureBytes hex(String hex) {
    bytes.put(HexFormat.of().parseHex(hex));
    return this;
  }

  /** The header of a pcap file. */
  CaptureBytes pcap(long magic, int link) {
    return u32(magic).u16(2, 4).u32(0, 0, 65535, link);
  }

  /** A record of a pcap file. */
  CaptureBytes packet(long seconds, long fraction, long original, String hex) {
    return u32(seconds, fraction, hex.length() / 2, original).hex(hex);
  }

  /** Begins a block. */
  CaptureBytes block(long type) {
    begin = bytes.position();
    return u32(type, 0);
  }

  /** Ends a block, with padding and its length. */
  CaptureBytes end() {
    while (bytes.position() % 4 != 0) {
      u8(0);
    }
    int length = bytes.position() + 4 - begin;
    bytes.putInt(begin + 4, length);
    return u32(length);
  }

  /** A section header. */
  CaptureBytes section() {
    return block(0x0a0d0d0a).u32(0x1a2b3c4d).u16(1, 0).u64(-1).end();
  }

  /** An interface with microseconds. */
  CaptureBytes device(int link) {
    return block(1).u16(link, 0).u32(0).end();
  }

  /** An enhanced packet block. */
  CaptureBytes enhanced(int device, long time, long original, String hex) {
    return block(6).u32(device, time >>> 32, time, hex.length() / 2, original).hex(hex).end();
  }

  byte[] toByteArray() {
    byte[] all = new byte[bytes.position()];
    bytes.get(0, all);
    return all;
  }

  /** All packets of a file. */
  static List<CapturedPacket> read(byte[] file) throws IOException {
    List<CapturedPacket> packets = new ArrayList<>();
    readInto(packets, file);
    return packets;
  }

  /** The same, where the last read may fail. */
  static void readInto(List<CapturedPacket> packets, byte[] file) throws IOException {
    try (CaptureReader reader = CaptureReader.of(new ByteArrayInputStream(file))) {
      Optional<CapturedPacket> next = reader.next();
      while (next.isPresent()) {
        packets.add(next.get());
        next = reader.next();
      }
    }
  }

  /** A packet in words. */
  static String describe(CapturedPacket packet) {
    String bytes = HexFormat.of().formatHex(packet.toByteArray());
    return packet.number()
        + " @"
        + packet.position()
        + " "
        + packet.nanos()
        + " "
        + packet.linkType()
        + " "
        + packet.originalLength()
        + " "
        + bytes;
  }
}
