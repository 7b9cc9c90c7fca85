package dev.jbpfilter.ruleset.packet.capture;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes packets as pcapng (IETF draft-ietf-opsawg-pcapng): one section, little-endian, an
 * interface for each link type, and an enhanced packet block for each packet, with nanoseconds.
 *
 * <pre>{@code
 * try (CaptureWriter writer = CaptureWriter.of(out, LinkType.ETHERNET)) {
 *   writer.write(LinkType.ETHERNET, nanos, frame, frame.length, "");
 * }
 * }</pre>
 *
 * <p>Another interface is written when the first packet of another link type comes. Some readers
 * take one link type per file only.
 */
public final class CaptureWriter implements Closeable, Flushable {
  private static final int OPTION_COMMENT = 1;
  private static final int OPTION_RESOLUTION = 9;
  private static final byte NANOSECONDS = 9;
  private static final int MAX_COMMENT_BYTES = 0xffff;
  private static final int PACKET_HEADER_BYTES = 28;
  private static final int TRAILER_BYTES = 4;

  private final OutputStream out;

  /** Link types by interface. */
  private final List<Integer> interfaces = new ArrayList<>();

  /** The block that is being written. */
  private byte[] buffer = new byte[1 << 12];

  private ByteBuffer block = littleEndian(buffer);

  private CaptureWriter(OutputStream out) {
    this.out = new BufferedOutputStream(out, 1 << 16);
  }

  /**
   * A writer that has begun a file, whose first interface is of a link type.
   *
   * @throws IllegalArgumentException if that is {@link LinkType#OTHER}
   * @throws IOException if the stream cannot be written to
   */
  public static CaptureWriter of(OutputStream out, LinkType first) throws IOException {
    CaptureWriter writer = new CaptureWriter(out);
    writer.writeSection();
    writer.interfaceOf(numberOf(first));
    return writer;
  }

  /**
   * Writes a packet.
   *
   * @param nanos since the beginning of 1970, UTC; not negative
   * @param bytes what was captured of it
   * @param originalLength how many bytes it had
   * @param comment a text about it, of at most 65535 bytes in UTF-8; none if empty
   * @throws IllegalArgumentException if the time is negative, the length is less than there are
   *     bytes or has more than 32 bits, the comment is too long, or the link type is {@link
   *     LinkType#OTHER}
   * @throws IOException if the stream cannot be written to
   */
  public void write(LinkType type, long nanos, byte[] bytes, long originalLength, String comment)
      throws IOException {
    if (nanos < 0) {
      throw new IllegalArgumentException("time " + nanos);
    }
    write(numberOf(type), nanos, bytes, originalLength, comment);
  }

  /**
   * Writes a packet as it was captured, with the same link type. A time before 1970 becomes the
   * beginning of 1970.
   *
   * @param comment as in {@link #write(LinkType, long, byte[], long, String)}
   * @throws IOException if the stream cannot be written to
   */
  public void write(CapturedPacket packet, String comment) throws IOException {
    long nanos = Math.max(0, packet.nanos());
    write(packet.linkNumber(), nanos, packet.bytes(), packet.originalLength(), comment);
  }

  private void write(int link, long nanos, byte[] bytes, long originalLength, String comment)
      throws IOException {
    if (originalLength < bytes.length || originalLength > 0xffff_ffffL) {
      throw new IllegalArgumentException(originalLength + " bytes, of which " + bytes.length);
    }
    byte[] text = comment.getBytes(StandardCharsets.UTF_8);
    if (text.length > MAX_COMMENT_BYTES) {
      throw new IllegalArgumentException("a comment of " + text.length + " bytes");
    }
    int number = interfaceOf(link);
    int options = text.length == 0 ? 0 : 4 + padded(text.length) + 4;
    begin(Pcapng.ENHANCED_PACKET, PACKET_HEADER_BYTES + padded(bytes.length) + options);
    block.putInt(number).putInt((int) (nanos >>> 32)).putInt((int) nanos);
    block.putInt(bytes.length).putInt((int) originalLength);
    put(bytes);
    if (text.length > 0) {
      block.putShort((short) OPTION_COMMENT).putShort((short) text.length);
      put(text);
      block.putInt(0);
    }
    end();
  }

  private static int numberOf(LinkType type) {
    if (type == LinkType.OTHER) {
      throw new IllegalArgumentException("link type " + type);
    }
    return type.number();
  }

  private void writeSection() throws IOException {
    begin(Pcapng.SECTION_HEADER, 24);
    block.putInt(Pcapng.BYTE_ORDER).putShort((short) 1).putShort((short) 0).putLong(-1);
    end();
  }

  /** The number of the interface of a link type, which is written unless there is one. */
  private int interfaceOf(int link) throws IOException {
    int known = interfaces.indexOf(link);
    if (known >= 0) {
      return known;
    }
    begin(Pcapng.INTERFACE_DESCRIPTION, 28);
    block.putShort((short) link).putShort((short) 0).putInt(0);
    block.putShort((short) OPTION_RESOLUTION).putShort((short) 1);
    put(new byte[] {NANOSECONDS});
    block.putInt(0);
    end();
    interfaces.add(link);
    return interfaces.size() - 1;
  }

  /**
   * Begins a block.
   *
   * @param length its length up to the length at its end
   */
  private void begin(int type, int length) {
    int whole = length + TRAILER_BYTES;
    if (block.capacity() < whole) {
      buffer = new byte[Math.max(whole, 2 * buffer.length)];
      block = littleEndian(buffer);
    }
    block.clear().limit(whole);
    block.putInt(type).putInt(whole);
  }

  private void put(byte[] content) {
    block.put(content);
    for (int i = content.length; i < padded(content.length); i++) {
      block.put((byte) 0);
    }
  }

  private void end() throws IOException {
    block.putInt(block.limit());
    if (block.hasRemaining()) {
      throw new AssertionError(block);
    }
    out.write(buffer, 0, block.limit());
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int padded(int bytes) {
    return (bytes + 3) & ~3;
  }

  /** Writes what was held back. */
  @Override
  public void flush() throws IOException {
    out.flush();
  }

  /** Writes what was held back and closes the stream. */
  @Override
  public void close() throws IOException {
    out.close();
  }
}
