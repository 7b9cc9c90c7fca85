package dev.jbpfilter.bytecode.interpreter;

import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.bytecode.Size;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Helpers that compute a result ({@code enum bpf_func_id} of linux/bpf.h). Those that transfer
 * control are the interpreter's.
 */
final class HelperCalls {
  static final int TAIL_CALL = 12;
  static final int LOOP = 181;

  private static final int MAP_LOOKUP_ELEM = 1;
  private static final int MAP_UPDATE_ELEM = 2;
  private static final int MAP_DELETE_ELEM = 3;
  private static final int KTIME_GET_NS = 5;
  private static final int TRACE_PRINTK = 6;
  private static final int GET_PRANDOM_U32 = 7;
  private static final int GET_SMP_PROCESSOR_ID = 8;
  private static final int GET_CURRENT_PID_TGID = 14;
  private static final int GET_CURRENT_COMM = 16;
  private static final int REDIRECT = 23;
  private static final int SKB_LOAD_BYTES = 26;
  private static final int GET_HASH_RECALC = 34;
  private static final int SKB_LOAD_BYTES_RELATIVE = 68;
  private static final int KTIME_GET_BOOT_NS = 125;
  private static final int RINGBUF_OUTPUT = 130;
  private static final int RINGBUF_RESERVE = 131;
  private static final int RINGBUF_SUBMIT = 132;
  private static final int RINGBUF_DISCARD = 133;
  private static final int RINGBUF_QUERY = 134;
  private static final int KTIME_GET_COARSE_NS = 160;
  private static final int XDP_GET_BUFF_LEN = 188;
  private static final int XDP_LOAD_BYTES = 189;
  private static final int XDP_STORE_BYTES = 190;
  private static final int DYNPTR_READ = 201;

  /** BPF_RB_NO_WAKEUP and BPF_RB_FORCE_WAKEUP. */
  private static final long WAKEUP_FLAGS = 3;

  private static final long INGRESS = 1;
  private static final int XDP_ABORTED = 0;
  private static final int XDP_REDIRECT = 4;
  private static final int TC_ACT_SHOT = 2;
  private static final int TC_ACT_REDIRECT = 7;

  private final Memory memory;
  private final Packet packet;
  private final KernelFunctions kernelFunctions;
  private final Environment environment;
  private final TracePrinter traces;
  private int redirectedTo;

  HelperCalls(
      Memory memory, Packet packet, KernelFunctions kernelFunctions, Environment environment) {
    this.memory = memory;
    this.packet = packet;
    this.kernelFunctions = kernelFunctions;
    this.environment = environment;
    traces = new TracePrinter(memory);
  }

  void reset() {
    redirectedTo = 0;
    traces.reset();
  }

  /** The lines that the program wrote into the kernel's trace. */
  List<String> traces() {
    return traces.lines();
  }

  /** The interface to which the packet goes, 0 if to none. */
  int redirectedTo() {
    return redirectedTo;
  }

  /** The helper's result. */
  long call(int helper, long[] r) {
    return switch (helper) {
      case MAP_LOOKUP_ELEM -> lookup(r[1], r[2]);
      case MAP_UPDATE_ELEM -> update(r[1], r[2], r[3], r[4]);
      case MAP_DELETE_ELEM -> writableMap(r[1]).delete(key(r[1], r[2]));
      case KTIME_GET_NS, KTIME_GET_COARSE_NS -> environment.monotonic().getAsLong();
      case KTIME_GET_BOOT_NS -> environment.boot().getAsLong();
      case TRACE_PRINTK -> traces.print(r[1], low(r[2]), r[3], r[4], r[5]);
      case GET_PRANDOM_U32 -> low(environment.random().getAsInt());
      case GET_SMP_PROCESSOR_ID -> environment.cpu();
      case GET_CURRENT_PID_TGID -> environment.pid().getAsLong();
      case GET_CURRENT_COMM -> command(r[1], low(r[2]));
      case REDIRECT -> redirect(low(r[1]), r[2]);
      case GET_HASH_RECALC -> {
        packet.requireContext(r[1], true, "get_hash_recalc");
        yield memory.context().hash(environment.flowHash());
      }
      case SKB_LOAD_BYTES -> {
        packet.requireContext(r[1], true, "skb_load_bytes");
        yield packet.loadSkb(low(r[2]), r[3], low(r[4]));
      }
      case SKB_LOAD_BYTES_RELATIVE -> {
        packet.requireContext(r[1], true, "skb_load_bytes_relative");
        yield packet.loadSkbFrom(low(r[5]), low(r[2]), r[3], low(r[4]));
      }
      case XDP_GET_BUFF_LEN -> {
        packet.requireContext(r[1], false, "xdp_get_buff_len");
        yield packet.length();
      }
      case XDP_LOAD_BYTES -> {
        packet.requireContext(r[1], false, "xdp_load_bytes");
        yield packet.loadXdp(low(r[2]), r[3], low(r[4]));
      }
      case XDP_STORE_BYTES -> {
        packet.requireContext(r[1], false, "xdp_store_bytes");
        yield packet.storeXdp(low(r[2]), r[3], low(r[4]));
      }
      case DYNPTR_READ -> kernelFunctions.read(r[1], low(r[2]), r[3], low(r[4]), r[5]);
      case RINGBUF_OUTPUT -> output(r[1], r[2], r[3], r[4]);
      case RINGBUF_RESERVE -> reserve(r[1], r[2], r[3]);
      case RINGBUF_SUBMIT -> finish(r[1], true);
      case RINGBUF_DISCARD -> finish(r[1], false);
      case RINGBUF_QUERY -> ring(r[1]).query(r[2]);
      default -> throw AccessException.call("helper " + helper + " is not interpreted");
    };
  }

  private static long low(long value) {
    return value & 0xffff_ffffL;
  }

  private MapState map(long handle) {
    MapState map = memory.byHandle(handle);
    if (map == null) {
      throw AccessException.call(handle, "a map");
    }
    return map;
  }

  private MapState writableMap(long handle) {
    MapState map = map(handle);
    if (!map.writable) {
      throw AccessException.call("write into " + map.region() + ", which programs may not write");
    }
    return map;
  }

  private byte[] key(long handle, long key) {
    return memory.read(key, map(handle).spec.keySize());
  }

  private long lookup(long handle, long key) {
    MapState map = map(handle);
    int offset =
        map instanceof ArrayState array
            ? array.look(memory.load(key, Size.W))
            : map.find(key(handle, key));
    return offset == MapState.NONE ? 0 : Memory.addressInMap(handle, offset);
  }

  private long update(long handle, long key, long value, long flags) {
    MapState map = writableMap(handle);
    byte[] bytes = memory.read(value, map.spec.valueSize());
    return map.update(key(handle, key), bytes, flags);
  }

  /** The program array behind a handle. */
  ProgramState programs(long handle) {
    if (map(handle) instanceof ProgramState programs) {
      return programs;
    }
    throw AccessException.call(handle, "a map of type " + MapType.PROG_ARRAY);
  }

  private RingState ring(long handle) {
    if (map(handle) instanceof RingState ring) {
      return ring;
    }
    throw AccessException.call(handle, "a map of type " + MapType.RINGBUF);
  }

  private long output(long handle, long data, long length, long flags) {
    RingState ring = ring(handle);
    byte[] bytes = memory.read(data, length);
    if ((flags & ~WAKEUP_FLAGS) != 0) {
      return -Errno.EINVAL;
    }
    int offset = ring.reserve(length);
    if (offset == MapState.NONE) {
      return -Errno.EAGAIN;
    }
    System.arraycopy(bytes, 0, ring.bytes(), offset, bytes.length);
    ring.finish(offset, true);
    return 0;
  }

  private long reserve(long handle, long length, long flags) {
    RingState ring = ring(handle);
    int offset = flags == 0 ? ring.reserve(length) : MapState.NONE;
    return offset == MapState.NONE ? 0 : Memory.addressInMap(handle, offset);
  }

  private long finish(long record, boolean submit) {
    RingState ring = memory.ringOf(record);
    if (ring == null || !ring.finish((int) record, submit)) {
      throw AccessException.call(record, "a reserved record");
    }
    return 0;
  }

  private long command(long target, long length) {
    if (length == 0) {
      throw AccessException.call("no room for a name");
    }
    byte[] name = environment.command().get().getBytes(StandardCharsets.UTF_8);
    byte[] cut = Arrays.copyOf(name, (int) Math.min(name.length, length - 1));
    memory.requireWritable(target, length);
    memory.write(target, (int) length, cut, 0, cut.length);
    return 0;
  }

  private long redirect(long ifindex, long flags) {
    boolean socketBuffer = memory.context().layout.socketBuffer;
    if ((flags & ~(socketBuffer ? INGRESS : 0)) != 0) {
      return socketBuffer ? TC_ACT_SHOT : XDP_ABORTED;
    }
    redirectedTo = (int) ifindex;
    return socketBuffer ? TC_ACT_REDIRECT : XDP_REDIRECT;
  }
}
