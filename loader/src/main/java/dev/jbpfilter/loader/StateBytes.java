package dev.jbpfilter.loader;

import dev.jbpfilter.loader.UnreadableStateException.Reason;
import dev.jbpfilter.loader.kernel.FileIdentity;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * How everything is written that later processes read, little-endian: a magic number, the format
 * version, the body's length and its CRC-32, then the body. In bodies, what may be absent has a
 * byte 0 or 1 before it, a text is its length in bytes and UTF-8, an identity is device and inode.
 * Bytes behind the body are refused like any others that nobody wrote.
 *
 * @param magic of the kind of state
 * @param version of its format
 */
record StateBytes(long magic, int version) {
  private static final int CHECKSUM = 16;
  private static final int HEADER_SIZE = 20;

  /** What the library puts in the place of bytes that are not UTF-8. */
  private static final char REPLACEMENT = '\ufffd';

  /** Puts the header before a body, given in parts. */
  byte[] seal(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(HEADER_SIZE + length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(magic)
            .putInt(version)
            .putInt(length)
            .putInt(0);
    for (byte[] part : parts) {
      bytes.put(part);
    }
    return bytes.putInt(CHECKSUM, checksum(bytes.array())).array();
  }

  /**
   * What a body stands for.
   *
   * @param decoder reads all of the body
   * @throws UnreadableStateException if the bytes are not ours, of another version, or damaged
   */
  <T> T open(byte[] bytes, Function<ByteBuffer, T> decoder) {
    ByteBuffer body = body(bytes);
    try {
      T state = decoder.apply(body);
      if (body.hasRemaining()) {
        throw damaged("body has another length than its parts");
      }
      return state;
    } catch (BufferUnderflowException e) {
      throw damaged("body is cut short", e);
    }
  }

  private ByteBuffer body(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < Long.BYTES || buffer.getLong() != magic) {
      throw new UnreadableStateException(new Reason.Foreign());
    }
    if (bytes.length < HEADER_SIZE) {
      throw damaged("header is cut short");
    }
    int found = buffer.getInt();
    if (found != version) {
      throw new UnreadableStateException(new Reason.UnknownVersion(found));
    }
    int length = buffer.getInt();
    int expected = buffer.getInt();
    if (length != buffer.remaining()) {
      throw damaged(length + " bytes announced, " + buffer.remaining() + " there");
    }
    if (checksum(bytes) != expected) {
      throw damaged("wrong checksum");
    }
    return buffer;
  }

  static void putIdentity(ByteArrayOutputStream body, FileIdentity identity) {
    putLong(body, identity.device());
    putLong(body, identity.inode());
  }

  static FileIdentity getIdentity(ByteBuffer body) {
    return new FileIdentity(body.getLong(), body.getLong());
  }

  static <T> void putOptional(
      ByteArrayOutputStream body, @Nullable T value, BiConsumer<ByteArrayOutputStream, T> put) {
    body.write(value == null ? 0 : 1);
    if (value != null) {
      put.accept(body, value);
    }
  }

  static <T> @Nullable T getOptional(ByteBuffer body, Function<ByteBuffer, T> get) {
    byte present = body.get();
    return switch (present) {
      case 0 -> null;
      case 1 -> get.apply(body);
      default -> throw damaged("presence " + present);
    };
  }

  /** The number of what follows. */
  static int getCount(ByteBuffer body) {
    int count = body.getInt();
    if (count < 0) {
      throw damaged("count " + count);
    }
    return count;
  }

  static void putText(ByteArrayOutputStream body, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    putInt(body, bytes.length);
    body.writeBytes(bytes);
  }

  static String getText(ByteBuffer body) {
    int length = body.getInt();
    if (length < 0 || length > body.remaining()) {
      throw damaged("text of " + Integer.toUnsignedString(length) + " bytes");
    }
    ByteBuffer bytes = body.slice(body.position(), length);
    body.position(body.position() + length);
    String text = new String(bytes.array(), bytes.arrayOffset(), length, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0) {
      requireUtf8(bytes);
    }
    return text;
  }

  static void putInt(ByteArrayOutputStream body, int value) {
    body.writeBytes(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  static void putLong(ByteArrayOutputStream body, long value) {
    body.writeBytes(
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
  }

  static UnreadableStateException damaged(String what) {
    return new UnreadableStateException(new Reason.Damaged(what));
  }

  static UnreadableStateException damaged(String what, Exception cause) {
    UnreadableStateException failure = damaged(what);
    failure.initCause(cause);
    return failure;
  }

  private static void requireUtf8(ByteBuffer bytes) {
    try {
      var unused = StandardCharsets.UTF_8.newDecoder().decode(bytes);
    } catch (CharacterCodingException e) {
      throw damaged("text is not UTF-8", e);
    }
  }

  /** Of all behind the header. */
  private static int checksum(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes, HEADER_SIZE, bytes.length - HEADER_SIZE);
    return (int) crc.getValue();
  }
}
