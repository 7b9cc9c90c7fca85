package dev.jbpfilter.bytecode.btf;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Texts that others refer to by their offset, each once and ended by a NUL: the strings of type
 * information and of ELF. Grows as texts are asked for.
 */
public final class StringTable {
  private final @Nullable StringTable base;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Map<String, Integer> offsets = new HashMap<>();

  private StringTable(@Nullable StringTable base) {
    this.base = base;
  }

  /** A table with the empty text at offset 0. */
  public StringTable() {
    this(null);
    offset("");
  }

  /**
   * A table that continues another one: what the other has is not repeated, and offsets go on where
   * the other ends. The other must not grow any more.
   */
  public static StringTable after(StringTable base) {
    return new StringTable(base);
  }

  /** Offset of a text, which is appended if it is missing. */
  public int offset(String text) {
    Integer known = known(text);
    if (known != null) {
      return known;
    }
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("text with a NUL: " + text);
    }
    int offset = firstOffset() + bytes.size();
    offsets.put(text, offset);
    bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    bytes.write(0);
    return offset;
  }

  /** The texts with their NULs, without those of the base. */
  public byte[] toBytes() {
    return bytes.toByteArray();
  }

  /** Offset of the first text that is not the base's. */
  private int firstOffset() {
    return base == null ? 0 : base.firstOffset() + base.bytes.size();
  }

  private @Nullable Integer known(String text) {
    Integer offset = base == null ? null : base.known(text);
    return offset != null ? offset : offsets.get(text);
  }

  /** The table of bytes that are known to be whole texts. */
  static StringTable of(byte[] section, @Nullable StringTable base) {
    StringTable table = new StringTable(base);
    int start = 0;
    for (int i = 0; i < section.length; i++) {
      if (section[i] == 0) {
        String text = new String(section, start, i - start, StandardCharsets.UTF_8);
        table.offsets.putIfAbsent(text, table.firstOffset() + start);
        start = i + 1;
      }
    }
    table.bytes.writeBytes(section);
    return table;
  }
}
