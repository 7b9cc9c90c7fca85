package dev.jbpfilter.bytecode;

import dev.jbpfilter.bytecode.ExecutionFault.Kind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * What an interpreted program can address.
 *
 * <p>Pointers are plain numbers: the upper half is the number of a region, the lower half an offset
 * into it. So pointer arithmetic and comparison need nothing special, and whatever leaves a region
 * is noticed, since regions are never neighbours: an offset that wraps lands far beyond the end of
 * the region before. Region 0 does not exist, nor do those of small and of poisoned numbers.
 *
 * <p>The values of a map are one region, in which each value starts at a multiple of 8; an access
 * may not leave the value that it starts in.
 */
final class Memory {
  static final long CONTEXT = 1L << 32;
  static final long STACK = 2L << 32;
  static final long PACKET = 3L << 32;

  /** What registers hold that were never written: the number of no region. */
  static final long POISON = 0xdead_beef_dead_beefL;

  private static final int FIRST_MAP = 4;
  private static final int FIRST_HANDLE = 1 << 24;
  private static final int MAX_MAP_BYTES = 1 << 30;

  /** BPF_F_RDONLY_PROG. */
  private static final int READ_ONLY_FOR_PROGRAMS = 1 << 7;

  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);

  private final List<MapSpec> maps;
  private final byte[][] regions;
  private final int[] lengths;
  private final long[] context = new long[6];

  /** An access that is not possible; without a stack trace, as the interpreter translates it. */
  static final class AccessException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final Kind kind;
    final long address;
    final String problem;

    AccessException(Kind kind, long address, String problem) {
      super(problem, null, false, false);
      this.problem = problem;
      this.kind = kind;
      this.address = address;
    }
  }

  Memory(List<MapSpec> maps) {
    this.maps = maps;
    regions = new byte[FIRST_MAP + maps.size()][0];
    lengths = new int[regions.length];
    region(STACK, new byte[Code.MAX_FRAME_BYTES], Code.MAX_FRAME_BYTES);
    for (int i = 0; i < maps.size(); i++) {
      MapSpec map = maps.get(i);
      if (index(map.name()) != i) {
        throw new IllegalArgumentException("two maps " + map.name());
      }
      int length = length(map);
      region((long) (FIRST_MAP + i) << 32, new byte[length], length);
    }
  }

  private static int length(MapSpec map) {
    long length = (long) stride(map) * map.maxEntries();
    boolean valid = map.keySize() == Integer.BYTES && map.valueSize() > 0 && map.maxEntries() > 0;
    if (!valid || length > MAX_MAP_BYTES) {
      throw new IllegalArgumentException("no array can be created for " + map);
    }
    return (int) length;
  }

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }

  private static int stride(MapSpec map) {
    return (map.valueSize() + 7) & ~7;
  }

  private void region(long base, byte[] bytes, int length) {
    regions[(int) (base >>> 32)] = bytes;
    lengths[(int) (base >>> 32)] = length;
  }

  /** Brings in a frame, and poisons the stack. */
  void enter(Frame frame) {
    byte[] packet = regions[(int) (PACKET >>> 32)];
    if (packet.length < frame.length()) {
      packet = new byte[frame.length()];
    }
    frame.copyTo(packet);
    region(PACKET, packet, frame.linear());
    Arrays.fill(regions[(int) (STACK >>> 32)], (byte) 0xa5);
    // struct xdp_md: data, data_end, data_meta, ingress_ifindex, rx_queue_index, egress_ifindex.
    context[0] = PACKET;
    context[1] = PACKET + frame.linear();
    context[2] = PACKET;
    context[3] = frame.ingressIfindex() & 0xffff_ffffL;
  }

  long load(long address, Size size) {
    if (address >>> 32 == CONTEXT >>> 32) {
      return loadContext(address, size);
    }
    byte[] bytes = region(address, size.bytes(), Kind.READ);
    int offset = (int) address;
    return switch (size) {
      case B -> bytes[offset] & 0xffL;
      case H -> (short) SHORT.get(bytes, offset) & 0xffffL;
      case W -> (int) INT.get(bytes, offset) & 0xffff_ffffL;
      case DW -> (long) LONG.get(bytes, offset);
    };
  }

  /** A field of 4 bytes may hold a pointer of 8, as it does in the kernel. */
  private long loadContext(long address, Size size) {
    int offset = (int) address;
    if (size != Size.W || (offset & 3) != 0 || offset < 0 || offset >= 4 * context.length) {
      throw fault(Kind.READ, address, size.bytes());
    }
    return context[offset >> 2];
  }

  void store(long address, Size size, long value) {
    byte[] bytes = region(address, size.bytes(), Kind.WRITE);
    int offset = (int) address;
    switch (size) {
      case B -> bytes[offset] = (byte) value;
      case H -> SHORT.set(bytes, offset, (short) value);
      case W -> INT.set(bytes, offset, (int) value);
      case DW -> LONG.set(bytes, offset, value);
    }
  }

  /** Copies from the whole frame, linear or not; the caller has checked both places. */
  void copyFromFrame(int from, long to, int length) {
    byte[] target = regions[(int) (to >>> 32)];
    System.arraycopy(regions[(int) (PACKET >>> 32)], from, target, (int) to, length);
  }

  /** Checks that a helper may write somewhere. */
  void requireWritable(long address, long length) {
    region(address, length, Kind.WRITE);
  }

  /** The bytes of the region that an access is in. */
  private byte[] region(long address, long size, Kind kind) {
    long region = address >>> 32;
    if (region >= regions.length) {
      throw fault(kind, address, size);
    }
    int id = (int) region;
    long offset = address & 0xffff_ffffL;
    long end = lengths[id];
    if (id >= FIRST_MAP) {
      MapSpec map = maps.get(id - FIRST_MAP);
      int stride = stride(map);
      end = Math.min(end, offset / stride * stride + map.valueSize());
      if (kind == Kind.WRITE && (map.flags() & READ_ONLY_FOR_PROGRAMS) != 0) {
        throw fault(kind, address, size);
      }
    }
    if (offset + size > end) {
      throw fault(kind, address, size);
    }
    return regions[id];
  }

  private AccessException fault(Kind kind, long address, long size) {
    String verb = kind == Kind.READ ? "read" : "write";
    String text = verb + " of " + size + " bytes at ";
    return new AccessException(kind, address, text + describe(address));
  }

  private String describe(long address) {
    String hex = "0x" + Long.toHexString(address);
    long region = address >>> 32;
    if (region == 0 || region >= regions.length) {
      return hex + ", no region";
    }
    String name =
        switch ((int) region) {
          case 1 -> "context";
          case 2 -> "stack";
          case 3 -> "packet";
          default -> "map " + maps.get((int) region - FIRST_MAP).name();
        };
    String length = region == 1 ? "" : " of " + lengths[(int) region] + " bytes";
    return hex + ", byte " + (int) address + " of " + name + length;
  }

  /** What a program has in a register to mean a map. */
  long handle(String map) {
    return (long) (FIRST_HANDLE + index(map)) << 32;
  }

  /** The address of a byte of a map's only value. */
  long valueAddress(String name, int offset) {
    int index = index(name);
    MapSpec map = maps.get(index);
    boolean single = map.type() == MapType.ARRAY && map.maxEntries() == 1;
    if (!single || offset < 0 || offset >= map.valueSize()) {
      throw new IllegalArgumentException("no address of byte " + offset + " in " + map);
    }
    return ((long) (FIRST_MAP + index) << 32) + offset;
  }

  /** The address of a map's value, or 0: array maps look up any index. */
  long lookup(long handle, long key) {
    long index = (handle >>> 32) - FIRST_HANDLE;
    if (index < 0 || index >= maps.size() || (int) handle != 0) {
      throw new AccessException(Kind.CALL, handle, "0x" + Long.toHexString(handle) + " is no map");
    }
    MapSpec map = maps.get((int) index);
    long element = load(key, Size.W);
    return element < map.maxEntries() ? ((FIRST_MAP + index) << 32) + element * stride(map) : 0;
  }

  /** A value of a map: a view, not a copy. */
  ByteBuffer value(String map, int index) {
    int number = index(map);
    MapSpec spec = maps.get(number);
    if (index < 0 || index >= spec.maxEntries()) {
      throw new IllegalArgumentException(
          "index " + index + " of map " + map + " with " + spec.maxEntries() + " entries");
    }
    return ByteBuffer.wrap(regions[FIRST_MAP + number], index * stride(spec), spec.valueSize())
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private int index(String name) {
    for (int i = 0; i < maps.size(); i++) {
      if (maps.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no map " + name);
  }
}
