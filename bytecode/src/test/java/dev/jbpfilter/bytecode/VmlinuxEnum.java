package dev.jbpfilter.bytecode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads one enumeration out of a kernel's BTF, without the code under test (Documentation/bpf/btf).
 */
final class VmlinuxEnum {
  private static final int ENUM = 6;
  private static final int HEADER_LENGTH = 4;

  private final ByteBuffer btf;
  private final int strings;

  private VmlinuxEnum(byte[] bytes) {
    btf = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    strings = btf.getInt(HEADER_LENGTH) + btf.getInt(HEADER_LENGTH + 12);
  }

  /** The enumerators of the enumeration with a name; empty if there is none. */
  static Map<Integer, String> read(byte[] bytes, String name) {
    return new VmlinuxEnum(bytes).read(name);
  }

  private Map<Integer, String> read(String name) {
    int position = btf.getInt(HEADER_LENGTH) + btf.getInt(HEADER_LENGTH + 4);
    Map<Integer, String> values = new HashMap<>();
    while (position < strings) {
      int info = btf.getInt(position + 4);
      int kind = info >>> 24 & 0x1f;
      int length = info & 0xffff;
      if (kind == ENUM && string(btf.getInt(position)).equals(name)) {
        for (int i = 0; i < length; i++) {
          int enumerator = position + 12 + 8 * i;
          values.put(btf.getInt(enumerator + 4), string(btf.getInt(enumerator)));
        }
      }
      position += 12 + trailingBytes(kind, length);
    }
    return values;
  }

  private static int trailingBytes(int kind, int length) {
    return switch (kind) {
      case 1, 14, 17 -> 4; // INT, VAR, DECL_TAG
      case 3 -> 12; // ARRAY
      case 4, 5, 15, 19 -> 12 * length; // STRUCT, UNION, DATASEC, ENUM64
      case ENUM, 13 -> 8 * length; // FUNC_PROTO
      case 2, 7, 8, 9, 10, 11, 12, 16, 18 -> 0;
      default -> throw new IllegalArgumentException("BTF kind " + kind);
    };
  }

  private String string(int offset) {
    int start = strings + offset;
    int end = start;
    while (btf.get(end) != 0) {
      end++;
    }
    byte[] text = new byte[end - start];
    btf.get(start, text);
    return new String(text, StandardCharsets.UTF_8);
  }
}
