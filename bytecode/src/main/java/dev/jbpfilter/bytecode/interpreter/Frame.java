package dev.jbpfilter.bytecode.interpreter;

import java.util.Map;
import java.util.TreeMap;

/**
 * An Ethernet frame that is given to an {@link Interpreter}: bytes, where it came in, and what else
 * the program's context says of it. Immutable.
 *
 * <p>Programs have direct access to the linear part only. All of a frame is linear unless said
 * otherwise; a frame in several buffers is one whose linear part is shorter.
 */
public final class Frame {
  private final byte[] bytes;
  private final int linear;
  private final int ingressIfindex;
  private final Map<String, Long> fields;

  private Frame(byte[] bytes, int linear, int ingressIfindex, Map<String, Long> fields) {
    this.bytes = bytes;
    this.linear = linear;
    this.ingressIfindex = ingressIfindex;
    this.fields = fields;
  }

  /** A linear frame, from interface 1. The bytes begin with the Ethernet header. */
  public static Frame of(byte[] bytes) {
    return new Frame(bytes.clone(), bytes.length, 1, Map.of());
  }

  /**
   * The same frame with only its first bytes linear.
   *
   * @throws IllegalArgumentException if the frame is shorter
   */
  public Frame withLinear(int length) {
    if (length < 0 || length > bytes.length) {
      throw new IllegalArgumentException(length + " linear bytes of " + bytes.length);
    }
    return new Frame(bytes, length, ingressIfindex, fields);
  }

  /** The same frame from another interface. */
  public Frame withIngressIfindex(int ifindex) {
    return new Frame(bytes, linear, ifindex, fields);
  }

  /**
   * The same frame with a value for a field of the context, which is 0 otherwise: {@code mark}, or
   * {@code rx_queue_index}.
   *
   * @param name as in the structure that programs of the type get
   */
  public Frame withField(String name, long value) {
    Map<String, Long> more = new TreeMap<>(fields);
    more.put(name, value);
    return new Frame(bytes, linear, ingressIfindex, more);
  }

  /** Number of bytes. */
  public int length() {
    return bytes.length;
  }

  /** Number of bytes in the linear part. */
  public int linear() {
    return linear;
  }

  /** Number of the interface that received the frame. */
  public int ingressIfindex() {
    return ingressIfindex;
  }

  Map<String, Long> fields() {
    return fields;
  }

  /** Copies bytes, all of which there are. */
  void copyTo(int from, byte[] target, int to, int length) {
    System.arraycopy(bytes, from, target, to, length);
  }

  /** The two bytes at an offset as a little-endian number; 0 if there are none. */
  int little16(int offset) {
    return offset + 2 > bytes.length
        ? 0
        : (bytes[offset] & 0xff) | (bytes[offset + 1] & 0xff) << Byte.SIZE;
  }
}
