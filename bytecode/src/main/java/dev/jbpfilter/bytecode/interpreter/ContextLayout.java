package dev.jbpfilter.bytecode.interpreter;

import dev.jbpfilter.bytecode.ProgramType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The structure that a program gets in {@code r1}, and what it may do with its fields
 * (linux/bpf.h).
 */
final class ContextLayout {
  private static final int ETHERNET_BYTES = 14;

  /** What a field holds. */
  enum Kind {
    NUMBER,
    /** A number that programs may also write. */
    WRITABLE,
    /** A pointer of 8 bytes, which a load of 4 bytes gives. */
    POINTER
  }

  /**
   * @param bytes a multiple of 4
   */
  record Field(String name, int offset, int bytes, Kind kind) {}

  /** {@code struct xdp_md}. */
  static final ContextLayout XDP =
      new ContextLayout(
          false,
          0,
          List.of(
              new Field("data", 0, 4, Kind.POINTER),
              new Field("data_end", 4, 4, Kind.POINTER),
              new Field("data_meta", 8, 4, Kind.POINTER),
              new Field("ingress_ifindex", 12, 4, Kind.NUMBER),
              new Field("rx_queue_index", 16, 4, Kind.NUMBER),
              new Field("egress_ifindex", 20, 4, Kind.NUMBER)));

  /** {@code struct __sk_buff} of traffic control: the packet begins with the link header. */
  static final ContextLayout SCHED_CLS = new ContextLayout(true, 0, socketBuffer(true));

  /** {@code struct __sk_buff} of a socket filter: the packet begins with the network header. */
  static final ContextLayout SOCKET_FILTER =
      new ContextLayout(true, ETHERNET_BYTES, socketBuffer(false));

  /** Whether it is a {@code struct __sk_buff}. */
  final boolean socketBuffer;

  /** How many bytes of a frame are before what programs take for the packet. */
  final int skipped;

  private final @Nullable Field[] fieldOfWord;
  private final Map<String, Field> byName = new HashMap<>();

  private ContextLayout(boolean socketBuffer, int skipped, List<Field> fields) {
    this.socketBuffer = socketBuffer;
    this.skipped = skipped;
    Field last = fields.getLast();
    fieldOfWord = new @Nullable Field[(last.offset + last.bytes) / Integer.BYTES];
    for (Field field : fields) {
      for (int i = 0; i < field.bytes; i += Integer.BYTES) {
        fieldOfWord[(field.offset + i) / Integer.BYTES] = field;
      }
      byName.put(field.name, field);
    }
  }

  /**
   * The context of programs of a type.
   *
   * @throws IllegalArgumentException if there is none yet
   */
  static ContextLayout of(ProgramType type) {
    return switch (type) {
      case XDP -> XDP;
      case SCHED_CLS -> SCHED_CLS;
      case SOCKET_FILTER -> SOCKET_FILTER;
      default ->
          throw new IllegalArgumentException("programs of type " + type + " do not run here");
    };
  }

  private static List<Field> socketBuffer(boolean trafficControl) {
    Kind written = trafficControl ? Kind.WRITABLE : Kind.NUMBER;
    return List.of(
        new Field("len", 0, 4, Kind.NUMBER),
        new Field("pkt_type", 4, 4, Kind.NUMBER),
        new Field("mark", 8, 4, written),
        new Field("queue_mapping", 12, 4, written),
        new Field("protocol", 16, 4, Kind.NUMBER),
        new Field("vlan_present", 20, 4, Kind.NUMBER),
        new Field("vlan_tci", 24, 4, Kind.NUMBER),
        new Field("vlan_proto", 28, 4, Kind.NUMBER),
        new Field("priority", 32, 4, written),
        new Field("ingress_ifindex", 36, 4, Kind.NUMBER),
        new Field("ifindex", 40, 4, Kind.NUMBER),
        new Field("tc_index", 44, 4, written),
        new Field("cb", 48, 20, Kind.WRITABLE),
        new Field("hash", 68, 4, Kind.NUMBER),
        new Field("tc_classid", 72, 4, written),
        new Field("data", 76, 4, Kind.POINTER),
        new Field("data_end", 80, 4, Kind.POINTER),
        new Field("napi_id", 84, 4, Kind.NUMBER),
        new Field("data_meta", 140, 4, Kind.POINTER),
        new Field("tstamp", 152, 8, written),
        new Field("wire_len", 160, 4, Kind.NUMBER),
        new Field("gso_segs", 164, 4, Kind.NUMBER),
        new Field("gso_size", 176, 4, Kind.NUMBER));
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
}
