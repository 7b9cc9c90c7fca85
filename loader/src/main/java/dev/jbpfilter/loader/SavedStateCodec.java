package dev.jbpfilter.loader;

import dev.jbpfilter.loader.SavedState.Attached;
import dev.jbpfilter.loader.UnreadableStateException.Reason;
import dev.jbpfilter.loader.kernel.FileIdentity;
import dev.jbpfilter.ruleset.HookOptions;
import dev.jbpfilter.ruleset.HookOptions.Priorities;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Saved state as bytes, little-endian: the magic, the format version and the body's length and
 * CRC-32; then the body. In it the sequence number; whether the chain is attached, and if so the
 * interface index, the cgroup's path, the two priorities, the network name space and the cgroup;
 * the number of maps and their names; the chain. What may be absent has a byte 0 or 1 before it, a
 * name space or cgroup is device and inode, a text is its length in bytes and UTF-8. Bytes behind
 * the body are refused like any others that nobody wrote.
 */
final class SavedStateCodec {
  private static final long MAGIC = 0x3130_544c_4650_424aL; // "JBPFLT01"
  private static final int VERSION = 2;
  private static final int CHECKSUM = 16;
  private static final int HEADER_SIZE = 20;

  /** What the library puts in the place of bytes that are not UTF-8. */
  private static final char REPLACEMENT = '\ufffd';

  private SavedStateCodec() {}

  static byte[] encode(SavedState state) {
    byte[] facts = encodeFacts(state);
    // Chains may be long: their text is copied once.
    byte[] chain = state.chain().getBytes(StandardCharsets.UTF_8);
    int length = facts.length + Integer.BYTES + chain.length;
    ByteBuffer bytes =
        ByteBuffer.allocate(HEADER_SIZE + length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(MAGIC)
            .putInt(VERSION)
            .putInt(length)
            .putInt(0)
            .put(facts)
            .putInt(chain.length)
            .put(chain);
    return bytes.putInt(CHECKSUM, checksum(bytes.array())).array();
  }

  /**
   * The state that bytes stand for.
   *
   * @throws UnreadableStateException if they stand for none
   */
  static SavedState decode(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < Long.BYTES || buffer.getLong() != MAGIC) {
      throw new UnreadableStateException(new Reason.Foreign());
    }
    if (bytes.length < HEADER_SIZE) {
      throw damaged("header is cut short");
    }
    int version = buffer.getInt();
    if (version != VERSION) {
      throw new UnreadableStateException(new Reason.UnknownVersion(version));
    }
    int length = buffer.getInt();
    int expected = buffer.getInt();
    if (length != buffer.remaining()) {
      throw damaged(length + " bytes announced, " + buffer.remaining() + " there");
    }
    if (checksum(bytes) != expected) {
      throw damaged("wrong checksum");
    }
    return decodeBody(buffer);
  }

  /** All of the body but the chain. */
  private static byte[] encodeFacts(SavedState state) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    putLong(body, state.sequence());
    putOptional(body, state.attached(), SavedStateCodec::putAttached);
    putInt(body, state.maps().size());
    for (String map : state.maps()) {
      putText(body, map);
    }
    return body.toByteArray();
  }

  private static SavedState decodeBody(ByteBuffer body) {
    try {
      long sequence = body.getLong();
      Attached attached = getOptional(body, SavedStateCodec::getAttached);
      int count = body.getInt();
      List<String> maps = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        maps.add(getText(body));
      }
      String chain = getText(body);
      if (body.hasRemaining() || count < 0) {
        throw damaged("body has another length than its parts");
      }
      return new SavedState(chain, sequence, attached, maps);
    } catch (BufferUnderflowException e) {
      throw damaged("body is cut short", e);
    }
  }

  private static void putAttached(ByteArrayOutputStream body, Attached attached) {
    HookOptions options = attached.options();
    putOptional(body, options.ifindex(), SavedStateCodec::putInt);
    putOptional(body, options.cgpath(), SavedStateCodec::putText);
    putOptional(
        body,
        options.priorities(),
        (out, priorities) -> {
          putInt(out, priorities.active());
          putInt(out, priorities.spare());
        });
    putIdentity(body, attached.namespace());
    putOptional(body, attached.cgroup(), SavedStateCodec::putIdentity);
  }

  private static Attached getAttached(ByteBuffer body) {
    try {
      HookOptions options =
          new HookOptions(
              getOptional(body, ByteBuffer::getInt),
              getOptional(body, SavedStateCodec::getText),
              getOptional(body, in -> new Priorities(in.getInt(), in.getInt())));
      return new Attached(
          options, getIdentity(body), getOptional(body, SavedStateCodec::getIdentity));
    } catch (IllegalArgumentException e) {
      throw damaged("hook options that there cannot be", e);
    }
  }

  private static void putIdentity(ByteArrayOutputStream body, FileIdentity identity) {
    putLong(body, identity.device());
    putLong(body, identity.inode());
  }

  private static FileIdentity getIdentity(ByteBuffer body) {
    return new FileIdentity(body.getLong(), body.getLong());
  }

  private static <T> void putOptional(
      ByteArrayOutputStream body, @Nullable T value, BiConsumer<ByteArrayOutputStream, T> put) {
    body.write(value == null ? 0 : 1);
    if (value != null) {
      put.accept(body, value);
    }
  }

  private static <T> @Nullable T getOptional(ByteBuffer body, Function<ByteBuffer, T> get) {
    byte present = body.get();
    return switch (present) {
      case 0 -> null;
      case 1 -> get.apply(body);
      default -> throw damaged("presence " + present);
    };
  }

  private static String getText(ByteBuffer body) {
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

  private static void requireUtf8(ByteBuffer bytes) {
    try {
      var unused = StandardCharsets.UTF_8.newDecoder().decode(bytes);
    } catch (CharacterCodingException e) {
      throw damaged("text is not UTF-8", e);
    }
  }

  private static void putText(ByteArrayOutputStream body, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    putInt(body, bytes.length);
    body.writeBytes(bytes);
  }

  private static void putInt(ByteArrayOutputStream body, int value) {
    body.writeBytes(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  private static void putLong(ByteArrayOutputStream body, long value) {
    body.writeBytes(
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
  }

  /** Of all behind the header. */
  private static int checksum(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes, HEADER_SIZE, bytes.length - HEADER_SIZE);
    return (int) crc.getValue();
  }

  private static UnreadableStateException damaged(String what) {
    return new UnreadableStateException(new Reason.Damaged(what));
  }

  private static UnreadableStateException damaged(String what, Exception cause) {
    UnreadableStateException failure = damaged(what);
    failure.initCause(cause);
    return failure;
  }
}
