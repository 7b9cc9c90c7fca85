package dev.jbpfilter.bytecode.interpreter;

import dev.jbpfilter.bytecode.Size;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a program's context holds: a number of 4 bytes, or a pointer of 8, for each word. */
final class Context {
  private static final int PROTOCOL_OFFSET = 12;

  final ContextLayout layout;
  private final long[] words;

  Context(ContextLayout layout) {
    this.layout = layout;
    words = new long[layout.words()];
  }

  /**
   * What the kernel fills in for a frame.
   *
   * @throws IllegalArgumentException if the frame has a value for a field that there is not
   */
  void enter(Frame frame, long data, int linear) {
    Arrays.fill(words, 0);
    set("data", data);
    set("data_end", data + linear);
    set("data_meta", data);
    set("ingress_ifindex", frame.ingressIfindex());
    if (layout.socketBuffer) {
      set("len", frame.length() - layout.skipped);
      set("wire_len", frame.length() - layout.skipped);
      set("ifindex", frame.ingressIfindex());
      set("protocol", frame.little16(PROTOCOL_OFFSET));
    }
    for (Map.Entry<String, Long> entry : frame.fields().entrySet()) {
      ContextLayout.Field field = number(entry.getKey());
      int word = field.offset() / Integer.BYTES;
      words[word] = entry.getValue() & 0xffff_ffffL;
      if (field.bytes() == Long.BYTES) {
        words[word + 1] = entry.getValue() >>> 32;
      }
    }
  }

  private void set(String name, long value) {
    ContextLayout.Field field = layout.field(name);
    if (field != null) {
      boolean pointer = field.kind() == ContextLayout.Kind.POINTER;
      words[field.offset() / Integer.BYTES] = pointer ? value : value & 0xffff_ffffL;
    }
  }

  /**
   * The value of a field of 4 or 8 bytes, the first 8 of a longer one.
   *
   * @throws IllegalArgumentException if there is no such field, or it is a pointer
   */
  long value(String name) {
    ContextLayout.Field field = number(name);
    int word = field.offset() / Integer.BYTES;
    return field.bytes() == Integer.BYTES ? words[word] : words[word] | words[word + 1] << 32;
  }

  private ContextLayout.Field number(String name) {
    ContextLayout.Field field = layout.field(name);
    if (field == null || field.kind() == ContextLayout.Kind.POINTER) {
      throw new IllegalArgumentException("the context has no number " + name);
    }
    return field;
  }

  /** Whether a program may access some bytes. */
  boolean allows(int offset, Size size, boolean write) {
    int bytes = size.bytes();
    ContextLayout.@Nullable Field field =
        offset < 0 || offset % bytes != 0 ? null : layout.field(offset / Integer.BYTES);
    if (field == null || offset + bytes > field.offset() + field.bytes()) {
      return false;
    }
    if (write) {
      boolean whole = bytes == Integer.BYTES || field.bytes() > Integer.BYTES;
      return whole && field.kind() == ContextLayout.Kind.WRITABLE;
    }
    boolean exact = !layout.socketBuffer || field.kind() == ContextLayout.Kind.POINTER;
    return !exact || bytes == Integer.BYTES;
  }

  /** Loads what {@link #allows} says can be loaded. */
  long load(int offset, Size size) {
    long word = words[offset / Integer.BYTES];
    int shift = offset % Integer.BYTES * Byte.SIZE;
    return switch (size) {
      case B -> word >>> shift & 0xff;
      case H -> word >>> shift & 0xffff;
      case W -> word;
      case DW -> word | words[offset / Integer.BYTES + 1] << 32;
    };
  }

  /** Stores what {@link #allows} says can be stored. */
  void store(int offset, Size size, long value) {
    int word = offset / Integer.BYTES;
    int shift = offset % Integer.BYTES * Byte.SIZE;
    switch (size) {
      case B -> words[word] = (words[word] & ~(0xffL << shift)) | (value & 0xff) << shift;
      case H -> words[word] = (words[word] & ~(0xffffL << shift)) | (value & 0xffff) << shift;
      case W -> words[word] = value & 0xffff_ffffL;
      case DW -> {
        words[word] = value & 0xffff_ffffL;
        words[word + 1] = value >>> 32;
      }
    }
  }
}
