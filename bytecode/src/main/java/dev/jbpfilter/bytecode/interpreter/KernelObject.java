package dev.jbpfilter.bytecode.interpreter;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A structure of the kernel that a program reads, field by field, through a pointer from its
 * context: as much of it as the program needs. Immutable.
 *
 * <pre>{@code
 * KernelObject device = KernelObject.of("net_device").with("ifindex", 4, 7);
 * KernelObject packet = KernelObject.of("sk_buff").with("mark", 4, 5).with("dev", device);
 * }</pre>
 *
 * <p>Programs load a field by name ({@link dev.jbpfilter.bytecode.Element.LoadField}), since where
 * it is depends on the kernel, and by offset only in {@link #hookState}.
 */
public final class KernelObject {
  private static final int POINTER_BYTES = 8;
  private static final int ANYWHERE = -1;

  private final String type;
  private final Map<String, Field> fields;

  /**
   * @param offset where it is, {@link #ANYWHERE} if that is not known
   * @param pointee what it points to; null if it is a number or a null pointer
   */
  record Field(int offset, int bytes, long number, @Nullable KernelObject pointee) {}

  private KernelObject(String type, Map<String, Field> fields) {
    this.type = type;
    this.fields = fields;
  }

  /** A structure without fields, by its name in C. */
  public static KernelObject of(String type) {
    return new KernelObject(type, Map.of());
  }

  /**
   * {@code struct nf_hook_state}, whose offsets programs may rely on.
   *
   * @param hook {@code enum nf_inet_hooks}
   * @param family {@code NFPROTO_IPV4} (2) or {@code NFPROTO_IPV6} (10)
   * @param in where the packet came from, null if from here
   * @param out where it goes, null if that is not known yet
   */
  public static KernelObject hookState(
      int hook, int family, @Nullable KernelObject in, @Nullable KernelObject out) {
    return of("nf_hook_state")
        .put("hook", new Field(0, 1, hook, null))
        .put("pf", new Field(1, 1, family, null))
        .put("in", new Field(8, POINTER_BYTES, 0, in))
        .put("out", new Field(16, POINTER_BYTES, 0, out));
  }

  /**
   * The same with a number in a field.
   *
   * @param bytes 1, 2, 4 or 8
   */
  public KernelObject with(String field, int bytes, long value) {
    if (bytes < 1 || bytes > POINTER_BYTES || Integer.bitCount(bytes) != 1) {
      throw new IllegalArgumentException("a number of " + bytes + " bytes");
    }
    return put(field, new Field(offset(field), bytes, value, null));
  }

  /** The same with a pointer in a field. */
  public KernelObject with(String field, KernelObject pointee) {
    return put(field, new Field(offset(field), POINTER_BYTES, 0, pointee));
  }

  private int offset(String name) {
    Field field = fields.get(name);
    return field == null ? ANYWHERE : field.offset;
  }

  private KernelObject put(String name, Field field) {
    Map<String, Field> more = new TreeMap<>(fields);
    more.put(name, field);
    return new KernelObject(type, more);
  }

  /** The name of the structure. */
  public String type() {
    return type;
  }

  Map<String, Field> fields() {
    return fields;
  }
}
