package dev.jbpfilter.bytecode;

/**
 * An Ethernet frame that is given to an {@link Interpreter}: bytes, and where it came in.
 * Immutable.
 *
 * <p>Programs have direct access to the linear part only. All of a frame is linear unless said
 * otherwise; a frame in several buffers is one whose linear part is shorter.
 */
public final class Frame {
  private final byte[] bytes;
  private final int linear;
  private final int ingressIfindex;

  private Frame(byte[] bytes, int linear, int ingressIfindex) {
    this.bytes = bytes;
    this.linear = linear;
    this.ingressIfindex = ingressIfindex;
  }

  /** A linear frame, from interface 1. The bytes begin with the Ethernet header. */
  public static Frame of(byte[] bytes) {
    return new Frame(bytes.clone(), bytes.length, 1);
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
    return new Frame(bytes, length, ingressIfindex);
  }

  /** The same frame from another interface. */
  public Frame withIngressIfindex(int ifindex) {
    return new Frame(bytes, linear, ifindex);
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

  /** Copies all bytes to the start of an array. */
  void copyTo(byte[] target) {
    System.arraycopy(bytes, 0, target, 0, bytes.length);
  }
}
