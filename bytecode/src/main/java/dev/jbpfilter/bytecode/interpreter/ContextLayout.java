package dev.jbpfilter.bytecode.interpreter;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.ProgramType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The structure that a program gets in {@code r1}, and what it may do with its fields
 * (linux/bpf.h).
 */
final class ContextLayout {
  /** Where {@code struct bpf_nf_ctx} has the pointer to the packet. */
  static final int SKB_OFFSET = 8;

  private static final int ETHERNET_BYTES = 14;

  /** Masks of the sizes of accesses, in bytes; none is {@link #NEVER}. */
  private static final int NEVER = 0;

  private static final int NUMBER = 1 | 2 | 4;
  private static final int WHOLE = 4;
  private static final int LONG = 8;
  private static final int ANY = 1 | 2 | 4 | 8;

  /** What a field holds. */
  enum Kind {
    NUMBER,
    /** A pointer to or behind the packet, which a load of 4 bytes gives. */
    PACKET,
    /** A pointer to a structure of the kernel. */
    OBJECT
  }

  /**
   * @param bytes a multiple of 4
   * @param reads the sizes of loads that programs may make, each at a multiple of itself
   * @param writes the sizes of stores
   */
  record Field(String name, int offset, int bytes, Kind kind, int reads, int writes) {}

  /** {@code struct xdp_md}. */
  static final ContextLayout XDP =
      new ContextLayout(
          false,
          0,
          List.of(
              packet("data", 0),
              packet("data_end", 4),
              packet("data_meta", 8),
              number("ingress_ifindex", 12, WHOLE, NEVER),
              number("rx_queue_index", 16, WHOLE, NEVER)));

  /** {@code struct __sk_buff} of traffic control: the packet begins with the link header. */
  static final ContextLayout SCHED_CLS =
      new ContextLayout(
          true,
          0,
          socketBuffer(
              WHOLE,
              WHOLE,
              List.of(
                  number("tc_classid", 72, NUMBER, WHOLE),
                  packet("data", 76),
                  packet("data_end", 80),
                  packet("data_meta", 140),
                  new Field("tstamp", 152, 8, Kind.NUMBER, LONG, LONG),
                  number("wire_len", 160, NUMBER, NEVER))));

  /** {@code struct __sk_buff} of a socket filter: the packet begins with the network header. */
  static final ContextLayout SOCKET_FILTER =
      new ContextLayout(true, ETHERNET_BYTES, socketBuffer(NEVER, NEVER));

  /**
   * {@code struct __sk_buff} of a cgroup: the packet begins with the network header, and there is a
   * socket.
   */
  static final ContextLayout CGROUP_SKB =
      new ContextLayout(
          true,
          ETHERNET_BYTES,
          socketBuffer(
              WHOLE,
              NEVER,
              List.of(
                  packet("data", 76),
                  packet("data_end", 80),
                  new Field("tstamp", 152, 8, Kind.NUMBER, LONG, LONG)),
              addresses()));

  /**
   * {@code struct bpf_nf_ctx}: the packet, to be reached through {@code skb}, has no link header.
   */
  static final ContextLayout NETFILTER =
      new ContextLayout(
          false, ETHERNET_BYTES, List.of(object("state", 0), object("skb", SKB_OFFSET)));

  private static final ContextLayout CONNECT4 = socketAddress(number("user_ip4", 4, NUMBER, WHOLE));

  private static final ContextLayout CONNECT6 = socketAddress(address("user_ip6", 8, WHOLE | LONG));

  private static final ContextLayout SENDMSG4 =
      socketAddress(number("user_ip4", 4, NUMBER, WHOLE), number("msg_src_ip4", 40, NUMBER, WHOLE));

  private static final ContextLayout SENDMSG6 =
      socketAddress(address("user_ip6", 8, WHOLE | LONG), address("msg_src_ip6", 44, WHOLE | LONG));

  /** Whether it is a {@code struct __sk_buff}. */
  final boolean socketBuffer;

  /** How many bytes of a frame are before what programs take for the packet. */
  final int skipped;

  private final @Nullable Field[] fieldOfWord;
  private final Map<String, Field> byName = new HashMap<>();

  private ContextLayout(boolean socketBuffer, int skipped, List<Field> fields) {
    this.socketBuffer = socketBuffer;
    this.skipped = skipped;
    int end = 0;
    for (Field field : fields) {
      end = Math.max(end, field.offset + field.bytes);
    }
    fieldOfWord = new @Nullable Field[end / Integer.BYTES];
    for (Field field : fields) {
      for (int i = 0; i < field.bytes; i += Integer.BYTES) {
        fieldOfWord[(field.offset + i) / Integer.BYTES] = field;
      }
      byName.put(field.name, field);
    }
  }

  /**
   * The context of programs of a type and attach type.
   *
   * @throws IllegalArgumentException if there is none yet
   */
  static ContextLayout of(ProgramType type, AttachType attachType) {
    return switch (type) {
      case XDP -> XDP;
      case SCHED_CLS -> SCHED_CLS;
      case SOCKET_FILTER -> SOCKET_FILTER;
      case CGROUP_SKB -> CGROUP_SKB;
      case NETFILTER -> NETFILTER;
      case CGROUP_SOCK_ADDR -> socketAddress(attachType);
      default -> throw unknown(type);
    };
  }

  private static IllegalArgumentException unknown(Object what) {
    return new IllegalArgumentException("programs of type " + what + " do not run here");
  }

  /**
   * {@code struct bpf_sock_addr}, of which a program sees the addresses of its attach type's family
   * only.
   */
  private static ContextLayout socketAddress(AttachType attachType) {
    return switch (attachType) {
      case CGROUP_INET4_CONNECT -> CONNECT4;
      case CGROUP_INET6_CONNECT -> CONNECT6;
      case CGROUP_UDP4_SENDMSG -> SENDMSG4;
      case CGROUP_UDP6_SENDMSG -> SENDMSG6;
      default -> throw unknown(attachType);
    };
  }

  private static ContextLayout socketAddress(Field... addresses) {
    List<Field> fields =
        new ArrayList<>(
            List.of(
                number("user_family", 0, WHOLE, NEVER),
                number("user_port", 24, NUMBER, WHOLE),
                number("family", 28, WHOLE, NEVER),
                number("type", 32, WHOLE, NEVER),
                number("protocol", 36, WHOLE, NEVER)));
    fields.addAll(List.of(addresses));
    return new ContextLayout(false, 0, fields);
  }

  private static Field number(String name, int offset, int reads, int writes) {
    return new Field(name, offset, 4, Kind.NUMBER, reads, writes);
  }

  /** An IPv6 address in network order. */
  private static Field address(String name, int offset, int writes) {
    return new Field(name, offset, 16, Kind.NUMBER, ANY, writes);
  }

  private static Field packet(String name, int offset) {
    return new Field(name, offset, 4, Kind.PACKET, WHOLE, NEVER);
  }

  private static Field object(String name, int offset) {
    return new Field(name, offset, 8, Kind.OBJECT, LONG, NEVER);
  }

  /** What the socket of a packet says, for programs that have one. */
  private static List<Field> addresses() {
    return List.of(
        number("family", 88, NUMBER, NEVER),
        number("remote_ip4", 92, WHOLE, NEVER),
        number("local_ip4", 96, WHOLE, NEVER),
        new Field("remote_ip6", 100, 16, Kind.NUMBER, WHOLE, NEVER),
        new Field("local_ip6", 116, 16, Kind.NUMBER, WHOLE, NEVER),
        number("remote_port", 132, NUMBER, NEVER),
        number("local_port", 136, NUMBER, NEVER));
  }

  /**
   * @param marks what may be written of mark and priority
   * @param queues what may be written of queue_mapping and tc_index
   * @param more what only some programs see
   */
  @SafeVarargs
  private static List<Field> socketBuffer(int marks, int queues, List<Field>... more) {
    List<Field> fields =
        new ArrayList<>(
            List.of(
                number("len", 0, NUMBER, NEVER),
                number("pkt_type", 4, NUMBER, NEVER),
                number("mark", 8, NUMBER, marks),
                number("queue_mapping", 12, NUMBER, queues),
                number("protocol", 16, NUMBER, NEVER),
                number("vlan_present", 20, NUMBER, NEVER),
                number("vlan_tci", 24, NUMBER, NEVER),
                number("vlan_proto", 28, NUMBER, NEVER),
                number("priority", 32, NUMBER, marks),
                number("ingress_ifindex", 36, NUMBER, NEVER),
                number("ifindex", 40, NUMBER, NEVER),
                number("tc_index", 44, NUMBER, queues),
                new Field("cb", 48, 20, Kind.NUMBER, ANY, ANY),
                number("hash", 68, NUMBER, NEVER),
                number("napi_id", 84, NUMBER, NEVER),
                number("gso_segs", 164, NUMBER, NEVER),
                number("gso_size", 176, NUMBER, NEVER)));
    for (List<Field> some : more) {
      fields.addAll(some);
    }
    return fields;
  }

  int words() {
    return fieldOfWord.length;
  }

  /** The field of a word, null if a program has nothing to look for there. */
  @Nullable Field field(int word) {
    return word < fieldOfWord.length ? fieldOfWord[word] : null;
  }

  /** The field with a name, null if there is none. */
  @Nullable Field field(String name) {
    return byName.get(name);
  }

  /** Whether it points to structures of the kernel, which have the rest. */
  boolean hasObjects() {
    return this == NETFILTER;
  }
}
