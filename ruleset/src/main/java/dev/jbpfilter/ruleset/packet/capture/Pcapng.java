package dev.jbpfilter.ruleset.packet.capture;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pcapng file: blocks, each of which says at its beginning and at its end how long it is. A
 * section header block begins a section, which has a byte order and interfaces of its own.
 */
final class Pcapng implements CaptureFormat {
  /** The same in both byte orders. */
  static final int SECTION_HEADER = 0x0a0d_0d0a;

  static final int INTERFACE_DESCRIPTION = 1;
  static final int ENHANCED_PACKET = 6;

  /** What says the byte order of a section. */
  static final int BYTE_ORDER = 0x1a2b_3c4d;

  private static final int PACKET = 2;
  private static final int SIMPLE_PACKET = 3;

  /** Type and length at the beginning of a block. */
  private static final int BEGIN_BYTES = 8;

  private static final int TRAILER_BYTES = 4;
  private static final int LEAST_BYTES = BEGIN_BYTES + TRAILER_BYTES;

  private static final int SECTION_BYTES = 16;
  private static final int INTERFACE_BYTES = 8;
  private static final int PACKET_BYTES = 20;
  private static final int SIMPLE_PACKET_BYTES = 4;

  private final List<Source> interfaces = new ArrayList<>();

  /** The time of the last packet. */
  private long nanos;

  /** Where the block that is read begins, and how long it is. */
  private long begin;

  private long length;

  private Pcapng() {}

  /** Reads the first section header behind its type. */
  static Pcapng begin(CaptureInput input) throws IOException {
    Pcapng format = new Pcapng();
    format.readSection(input);
    return format;
  }

  @Override
  public @Nullable CapturedPacket next(CaptureInput input) throws IOException {
    while (!input.isAtEnd()) {
      begin = input.position();
      input.require(BEGIN_BYTES, "the beginning of a block");
      int type = input.i32();
      if (type == SECTION_HEADER) {
        readSection(input);
        continue;
      }
      readLength(input);
      CapturedPacket packet = null;
      switch (type) {
        case INTERFACE_DESCRIPTION -> readInterface(input);
        case ENHANCED_PACKET, PACKET -> packet = readPacket(input, type == ENHANCED_PACKET);
        case SIMPLE_PACKET -> packet = readSimplePacket(input);
        default -> {
          // Blocks of other types may be anything, and are passed over.
        }
      }
      readTrailer(input);
      if (packet != null) {
        return packet;
      }
    }
    return null;
  }

  private void readLength(CaptureInput input) throws CaptureException {
    length = input.u32();
    if (length < LEAST_BYTES || length % 4 != 0) {
      throw input.damaged(begin, "a block of " + length + " bytes");
    }
  }

  /** How many bytes of the block are left but for the length at its end. */
  private long left(CaptureInput input) {
    return begin + length - TRAILER_BYTES - input.position();
  }

  /** Makes sure that the block has so many bytes more, and that they are there. */
  private void require(CaptureInput input, int count, String what) throws IOException {
    if (left(input) < count) {
      throw input.damaged(begin, "a block of " + length + " bytes, too short for " + what);
    }
    input.require(count, what);
  }

  private void readTrailer(CaptureInput input) throws IOException {
    input.skip(left(input), "a block");
    input.require(TRAILER_BYTES, "a block");
    long position = input.position();
    long again = input.u32();
    if (again != length) {
      String problem = "a block of " + length + " bytes says at its end that it has " + again;
      throw input.damaged(position, problem);
    }
  }

  /** Reads a section header behind its type. */
  private void readSection(CaptureInput input) throws IOException {
    String what = "a section header";
    input.require(8, what);
    long lengthAt = input.position();
    int written = input.order(ByteOrder.BIG_ENDIAN).i32();
    long magicAt = input.position();
    int magic = input.i32();
    if (magic != BYTE_ORDER && magic != Integer.reverseBytes(BYTE_ORDER)) {
      throw input.damaged(magicAt, "a section header without byte order");
    }
    boolean big = magic == BYTE_ORDER;
    input.order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    begin = lengthAt - 4;
    length = Integer.toUnsignedLong(big ? written : Integer.reverseBytes(written));
    if (length < LEAST_BYTES + SECTION_BYTES || length % 4 != 0) {
      throw input.damaged(begin, "a section header of " + length + " bytes");
    }
    require(input, SECTION_BYTES - 4, what);
    int major = input.u16();
    int minor = input.u16();
    if (major != 1) {
      throw input.damaged(begin, "pcapng version " + major + "." + minor + ", not 1");
    }
    interfaces.clear();
    readTrailer(input);
  }

  private void readInterface(CaptureInput input) throws IOException {
    String what = "an interface";
    require(input, INTERFACE_BYTES, what);
    if (interfaces.size() == CaptureReader.MAX_INTERFACES) {
      String limit = "more than " + CaptureReader.MAX_INTERFACES + " interfaces";
      throw input.damaged(begin, limit);
    }
    int link = input.u16();
    input.skip(2, what);
    long snapLength = input.u32();
    interfaces.add(InterfaceOptions.read(input, begin + length - TRAILER_BYTES, link, snapLength));
  }

  private CapturedPacket readPacket(CaptureInput input, boolean enhanced) throws IOException {
    require(input, PACKET_BYTES, "a packet");
    long number = enhanced ? input.u32() : input.u16();
    if (!enhanced) {
      // How many packets were lost before.
      input.skip(2, "a packet");
    }
    long units = input.u32() << Integer.SIZE | input.u32();
    int captured = CaptureFormat.packetLength(input, begin, input.u32());
    long original = input.u32();
    Source source = source(input, number);
    nanos = source.time().nanos(units);
    return packet(input, source, captured, original);
  }

  private CapturedPacket readSimplePacket(CaptureInput input) throws IOException {
    require(input, SIMPLE_PACKET_BYTES, "a packet");
    long original = input.u32();
    Source source = source(input, 0);
    long kept = source.snapLength() == 0 ? original : Math.min(original, source.snapLength());
    return packet(input, source, CaptureFormat.packetLength(input, begin, kept), original);
  }

  private CapturedPacket packet(CaptureInput input, Source source, int captured, long original)
      throws IOException {
    if (captured > left(input)) {
      String problem = "a packet of " + captured + " bytes in a block that has " + left(input);
      throw input.damaged(begin, problem + " left");
    }
    byte[] bytes = input.bytes(captured, "a packet");
    return CaptureFormat.packet(input, source, begin, nanos, original, bytes);
  }

  private Source source(CaptureInput input, long number) throws CaptureException {
    if (number >= interfaces.size()) {
      String known = ", of " + interfaces.size() + " in the section";
      throw input.damaged(begin, "a packet of interface " + number + known);
    }
    return interfaces.get((int) number);
  }
}
