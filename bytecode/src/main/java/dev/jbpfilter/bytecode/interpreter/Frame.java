package dev.jbpfilter.bytecode.interpreter;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An Ethernet frame that is given to an {@link Interpreter}: bytes, where it came in, and what else
 * the program's context says of it. Immutable.
 *
 * <p>Programs have direct access to the linear part only. All of a frame is linear unless said
 * otherwise; a frame in several buffers is one whose linear part is shorter. Programs of types that
 * see no link header get the frame without its first 14 bytes, and those that see socket calls get
 * none of it.
 */
public final class Frame {
  private static final int ETHERNET_BYTES = 14;
  private static final int PROTOCOL_OFFSET = 12;
  private static final int FIRST_ETHERTYPE = 0x600;
  private static final int NO_LENGTH = 0xffff;

  /** ETH_P_802_3 and ETH_P_802_2: what the kernel makes of a frame that has a length there. */
  private static final int RAW = 1;

  private static final int LLC = 4;

  private static final int IPV6 = 0x86dd;
  private static final int NFPROTO_IPV4 = 2;
  private static final int NFPROTO_IPV6 = 10;

  private final byte[] bytes;
  private final int linear;
  private final int ingressIfindex;
  private final Map<String, byte[]> fields;
  private final Map<String, KernelObject> objects;

  private Frame(
      byte[] bytes,
      int linear,
      int ingressIfindex,
      Map<String, byte[]> fields,
      Map<String, KernelObject> objects) {
    this.bytes = bytes;
    this.linear = linear;
    this.ingressIfindex = ingressIfindex;
    this.fields = fields;
    this.objects = objects;
  }

  /** A linear frame, from interface 1. The bytes begin with the Ethernet header. */
  public static Frame of(byte[] bytes) {
    return new Frame(bytes.clone(), bytes.length, 1, Map.of(), Map.of());
  }

  /** The same with other bytes, all of which are linear. */
  public Frame withBytes(byte[] others) {
    return new Frame(others.clone(), others.length, ingressIfindex, fields, objects);
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
    return new Frame(bytes, length, ingressIfindex, fields, objects);
  }

  /** The same frame from another interface. */
  public Frame withIngressIfindex(int ifindex) {
    return new Frame(bytes, linear, ifindex, fields, objects);
  }

  /**
   * The same frame with a value for a field of the context, which is 0 otherwise: {@code mark}, or
   * {@code rx_queue_index}.
   *
   * @param name as in the structure that programs of the type get
   */
  public Frame withField(String name, long value) {
    ByteBuffer little = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return withField(name, little.putLong(value).array());
  }

  /**
   * The same frame with the bytes of a field of the context, as they are in memory: {@code
   * user_ip6}. Further bytes of the field are 0.
   */
  public Frame withField(String name, byte[] value) {
    Map<String, byte[]> more = new TreeMap<>(fields);
    more.put(name, value.clone());
    return new Frame(bytes, linear, ingressIfindex, more, objects);
  }

  /**
   * The same frame with a structure for a Netfilter program: as {@code state} or {@code skb}.
   *
   * <p>Otherwise, the state says that the frame came in at the first hook, and from where; the
   * packet has a {@code len} and the {@code mark} 0.
   */
  public Frame withObject(String name, KernelObject object) {
    Map<String, KernelObject> more = new TreeMap<>(objects);
    more.put(name, object);
    return new Frame(bytes, linear, ingressIfindex, fields, more);
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

  Map<String, byte[]> fields() {
    return fields;
  }

  Map<String, KernelObject> objects() {
    return objects;
  }

  /** {@code struct nf_hook_state}. */
  KernelObject state() {
    @Nullable KernelObject given = objects.get("state");
    if (given != null) {
      return given;
    }
    KernelObject device = KernelObject.of("net_device").with("ifindex", 4, ingressIfindex);
    int family = protocol() == IPV6 ? NFPROTO_IPV6 : NFPROTO_IPV4;
    return KernelObject.hookState(0, family, device, null);
  }

  /**
   * {@code struct sk_buff} of a packet that begins so many bytes after the frame. What it has of
   * data is the read-only packet.
   */
  KernelObject skb(int skipped) {
    KernelObject given = objects.getOrDefault("skb", KernelObject.of("sk_buff"));
    KernelObject whole = given;
    if (!given.fields().containsKey("len")) {
      whole = whole.with("len", 4, Math.max(0, bytes.length - skipped));
    }
    if (!given.fields().containsKey("data")) {
      int beyond = bytes.length - Math.max(linear, skipped);
      whole = whole.with("data", 8, Memory.SLICE).with("data_len", 4, Math.max(0, beyond));
    }
    return given.fields().containsKey("mark") ? whole : whole.with("mark", 4, 0);
  }

  /** Copies bytes, all of which there are. */
  void copyTo(int from, byte[] target, int to, int length) {
    System.arraycopy(bytes, from, target, to, length);
  }

  /** The EtherType, or what the kernel takes for it ({@code eth_type_trans}). */
  int protocol() {
    int type = u16(PROTOCOL_OFFSET);
    if (type >= FIRST_ETHERTYPE || bytes.length < ETHERNET_BYTES) {
      return type;
    }
    return u16(ETHERNET_BYTES) == NO_LENGTH ? RAW : LLC;
  }

  /** The two bytes at an offset as a big-endian number; 0 if there are none. */
  private int u16(int offset) {
    return offset + 2 > bytes.length
        ? 0
        : (bytes[offset] & 0xff) << Byte.SIZE | (bytes[offset + 1] & 0xff);
  }
}
