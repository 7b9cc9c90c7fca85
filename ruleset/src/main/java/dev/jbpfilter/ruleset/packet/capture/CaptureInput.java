package dev.jbpfilter.ruleset.packet.capture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The bytes of a capture, read once from the beginning to the end. It knows where it is, and takes
 * memory only for bytes that have come.
 */
final class CaptureInput {
  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream stream;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final ByteBuffer numbers = ByteBuffer.wrap(buffer);
  private int from;
  private int to;

  /** The offset in the file of the beginning of the buffer. */
  private long start;

  private long packets;

  CaptureInput(InputStream stream) {
    this.stream = stream;
  }

  /** The byte order of numbers from here on. */
  CaptureInput order(ByteOrder order) {
    numbers.order(order);
    return this;
  }

  /** The offset in the file of the next byte. */
  long position() {
    return start + from;
  }

  /** A packet was read, all of it. */
  void packetRead() {
    packets++;
  }

  /** The number of the packet that is being read. */
  long packetNumber() {
    return packets + 1;
  }

  /** What is wrong at some place. */
  CaptureException damaged(long position, String problem) {
    return new CaptureException(position, packets, problem);
  }

  /** Whether there are no more bytes. */
  boolean isAtEnd() throws IOException {
    return available(1) == 0;
  }

  /**
   * Skips nothing, but makes sure that so many bytes are there.
   *
   * @param count at most some hundred
   * @param what they are, for the message
   * @throws CaptureException if the file ends before
   */
  void require(int count, String what) throws IOException {
    int there = available(count);
    if (there < count) {
      throw cutOff(there, count, what);
    }
  }

  private CaptureException cutOff(long there, long count, String what) {
    String problem = "the file ends within " + what + ": " + there + " of " + count + " bytes";
    return damaged(position(), problem + " are there");
  }

  /** How many of so many bytes are there, now that they were waited for. */
  private int available(int count) throws IOException {
    if (to - from < count) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      start += from;
      to -= from;
      from = 0;
      while (to < count) {
        int read = stream.read(buffer, to, buffer.length - to);
        if (read < 0) {
          break;
        }
        to += read;
      }
    }
    return Math.min(to - from, count);
  }

  /** The next two bytes, which are there. */
  int u16() {
    int value = Short.toUnsignedInt(numbers.getShort(from));
    from += 2;
    return value;
  }

  /** The next four bytes, which are there. */
  long u32() {
    return Integer.toUnsignedLong(i32());
  }

  /** The same as a signed number. */
  int i32() {
    int value = numbers.getInt(from);
    from += 4;
    return value;
  }

  /** The next eight bytes, which are there. */
  long i64() {
    long value = numbers.getLong(from);
    from += 8;
    return value;
  }

  /** The next byte, which is there. */
  int u8() {
    return buffer[from++] & 0xff;
  }

  /**
   * The next bytes.
   *
   * @throws CaptureException if the file ends before
   */
  byte[] bytes(int count, String what) throws IOException {
    if (to - from >= count) {
      byte[] all = Arrays.copyOfRange(buffer, from, from + count);
      from += count;
      return all;
    }
    int got = 0;
    byte[] all = new byte[Math.min(count, BUFFER_BYTES)];
    while (got < count) {
      int more = available(Math.min(count - got, BUFFER_BYTES));
      if (more == 0) {
        throw cutOff(got, count, what);
      }
      if (all.length < got + more) {
        all = Arrays.copyOf(all, Math.min(count, Math.max(2 * all.length, got + more)));
      }
      System.arraycopy(buffer, from, all, got, more);
      from += more;
      got += more;
    }
    return all;
  }

  /**
   * Passes over bytes.
   *
   * @throws CaptureException if the file ends before
   */
  void skip(long count, String what) throws IOException {
    long left = count;
    while (left > 0) {
      int step = available((int) Math.min(left, BUFFER_BYTES));
      if (step == 0) {
        throw cutOff(count - left, count, what);
      }
      from += step;
      left -= step;
    }
  }
}
