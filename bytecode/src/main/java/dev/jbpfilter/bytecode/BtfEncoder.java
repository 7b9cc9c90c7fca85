package dev.jbpfilter.bytecode;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes type information as the kernel takes it (BPF_BTF_LOAD; Documentation/bpf/btf.rst): a
 * header, the types in order, and the names, each once, in order of first use. Little-endian.
 */
public final class BtfEncoder {
  private static final short MAGIC = (short) 0xeb9f;
  private static final byte VERSION = 1;
  private static final int HEADER_BYTES = 24;
  private static final int KIND_INT = 1;
  private static final int KIND_STRUCT = 4;
  private static final int TYPE_BYTES = 12;
  private static final int MAX_MEMBERS = 0xffff;

  private final ByteArrayOutputStream strings = new ByteArrayOutputStream();
  private final Map<String, Integer> offsets = new HashMap<>();

  private BtfEncoder() {
    offset("");
  }

  /**
   * The bytes of some type information.
   *
   * @throws IllegalArgumentException if the kernel has no such type: an integer of other than 1, 2,
   *     4, 8 or 16 bytes, too many members, or a member of a type that does not exist
   */
  public static byte[] encode(Btf btf) {
    int typeBytes = 0;
    for (Btf.Type type : btf.types()) {
      typeBytes += bytes(type, btf.types().size());
    }
    BtfEncoder encoder = new BtfEncoder();
    ByteBuffer types = littleEndian(new byte[typeBytes]);
    for (Btf.Type type : btf.types()) {
      encoder.put(types, type);
    }
    byte[] bytes = new byte[HEADER_BYTES + typeBytes + encoder.strings.size()];
    ByteBuffer out = littleEndian(bytes);
    out.putShort(MAGIC).put(VERSION).put((byte) 0).putInt(HEADER_BYTES);
    out.putInt(0).putInt(typeBytes).putInt(typeBytes).putInt(encoder.strings.size());
    out.put(types.flip()).put(encoder.strings.toByteArray());
    return bytes;
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int bytes(Btf.Type type, int types) {
    return switch (type) {
      case Btf.Int(String name, int bytes) -> {
        if (bytes < 1 || bytes > 16 || Integer.bitCount(bytes) != 1) {
          throw new IllegalArgumentException("integer " + name + " of " + bytes + " bytes");
        }
        yield TYPE_BYTES + 4;
      }
      case Btf.Struct struct -> {
        if (struct.members().size() > MAX_MEMBERS) {
          throw new IllegalArgumentException("too many members in " + struct.name());
        }
        for (Btf.Member member : struct.members()) {
          if (member.type() < 1 || member.type() > types) {
            throw new IllegalArgumentException(
                "member " + member.name() + " has unknown type " + member.type());
          }
        }
        yield TYPE_BYTES * (1 + struct.members().size());
      }
    };
  }

  private void put(ByteBuffer out, Btf.Type type) {
    switch (type) {
      case Btf.Int(String name, int bytes) -> {
        out.putInt(offset(name)).putInt(KIND_INT << 24).putInt(bytes);
        // Encoding 0 (unsigned) and bit offset 0, over the number of bits.
        out.putInt(bytes * 8);
      }
      case Btf.Struct struct -> {
        out.putInt(offset(struct.name()));
        out.putInt((KIND_STRUCT << 24) | struct.members().size()).putInt(struct.bytes());
        for (Btf.Member member : struct.members()) {
          out.putInt(offset(member.name())).putInt(member.type()).putInt(member.bitOffset());
        }
      }
    }
  }

  private int offset(String name) {
    Integer known = offsets.get(name);
    if (known != null) {
      return known;
    }
    int offset = strings.size();
    offsets.put(name, offset);
    strings.writeBytes(name.getBytes(StandardCharsets.UTF_8));
    strings.write(0);
    return offset;
  }
}
