package dev.jbpfilter.bytecode.interpreter;

import dev.jbpfilter.bytecode.Size;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** What a program's context holds: a number of 4 bytes, or a pointer of 8, for each word. */
final class Context {
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
  void enter(Frame frame, long data, int linear, KernelObjects objects) {
    Arrays.fill(words, 0);
    set("data", data);
    set("data_end", data + linear);
    set("data_meta", data);
    set("ingress_ifindex", frame.ingressIfindex());
    if (layout.socketBuffer) {
      set("len", frame.length() - layout.skipped);
      set("wire_len", frame.length() - layout.skipped);
      set("ifindex", frame.ingressIfindex());
      set("protocol", Short.toUnsignedInt(Short.reverseBytes((short) frame.protocol())));
    }
    for (Map.Entry<String, byte[]> entry : frame.fields().entrySet()) {
      ContextLayout.Field field = number(entry.getKey());
      byte[] bytes = Arrays.copyOf(entry.getValue(), field.bytes());
      for (int i = 0; i < bytes.length; i++) {
        store(field.offset() + i, Size.B, bytes[i]);
      }
    }
    if (layout.hasObjects()) {
      set("state", objects.address(frame.state()));
      set("skb", objects.address(frame.skb(layout.skipped)));
    } else if (!frame.objects().isEmpty()) {
      throw new IllegalArgumentException("the context has no " + frame.objects().keySet());
    }
  }

  /** What stands for the packet in calls: the context, or what it points to. */
  long packetArgument() {
    return layout.hasObjects() ? load(ContextLayout.SKB_OFFSET, Size.DW) : Memory.CONTEXT;
  }

  private void set(String name, long value) {
    ContextLayout.Field field = layout.field(name);
    if (field != null) {
      boolean number = field.kind() == ContextLayout.Kind.NUMBER;
      words[field.offset() / Integer.BYTES] = number ? value & 0xffff_ffffL : value;
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

  /**
   * The flow hash: what the field says or, if nothing did so far, what is computed now.
   *
   * @param source never gives 0 in the kernel
   */
  long hash(IntSupplier source) {
    if (value("hash") == 0) {
      set("hash", source.getAsInt());
    }
    return value("hash");
  }

  private ContextLayout.Field number(String name) {
    ContextLayout.Field field = layout.field(name);
    if (field == null || field.kind() != ContextLayout.Kind.NUMBER) {
      throw new IllegalArgumentException("the context has no number " + name);
    }
    return field;
  }

  /** Whether a program may access some bytes. */
  boolean allows(int offset, Size size, boolean write) {
    int bytes = size.bytes();
    ContextLayout.@Nullable Field field =
        offset < 0 || offset % bytes != 0 ? null : layout.field(offset / Integer.BYTES);
    return field != null
        && offset + bytes <= field.offset() + field.bytes()
        && ((write ? field.writes() : field.reads()) & bytes) != 0;
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
